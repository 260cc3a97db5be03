"""The corrections of a newsroom as a feed: an item for each."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid5

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.html import linebreaks
from django.utils.translation import gettext

from iom.characters import remove_control_characters
from newsroom import feed_links
from newsroom.dates import within
from newsroom.feeds.items import Item
from newsroom.feeds.text import Text
from newsroom.feeds.views import LENGTH, about, answer
from newsroom.models import Correction, NewsIndex, corrected


@dataclass(kw_only=True)
class CorrectionItem(Item):
    """A correction of the article of `entry`."""

    correction: Correction

    @property
    def id(self) -> str:
        return uuid5(self.correction.translation_key, self.language).urn

    @property
    def title(self) -> str:
        return gettext("Correction: %(title)s") % {"title": super().title}

    @property
    def summary(self) -> str:
        return remove_control_characters(self.correction.says)

    @property
    def published_at(self) -> datetime:
        return within(self.correction.date, self.entry.published_at)

    @property
    def updated_at(self) -> datetime:
        return self.published_at


def respond(index: NewsIndex, request: HttpRequest, feed: str) -> HttpResponseBase:
    """The latest corrections; `feed` is one of FORMATS."""
    language = index.locale.language_code
    items = [
        CorrectionItem(entry=entry, language=language, categories=[], correction=row)
        for entry, rows in corrected.with_corrections(corrected.corrected(index.locale_id)[:LENGTH])
        for row in rows
    ]
    items = sorted(items, key=lambda item: item.published_at, reverse=True)[:LENGTH]
    told = about(index, request, feed_links.feed_title(index.title, [gettext("Corrections")]), corrected.route())
    return answer(request, feed, told, items, lambda: [Text(linebreaks(item.summary, True)) for item in items])
