"""The feed of the corrections of a newsroom, with an item for each correction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid5

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.html import linebreaks
from django.utils.translation import gettext

from iom.characters import remove_control_characters
from newsroom import feed_links
from newsroom.dates import clamp_to_day
from newsroom.feeds.content import ItemContent
from newsroom.feeds.items import Item
from newsroom.feeds.views import MAX_ITEMS, feed_metadata, feed_response
from newsroom.models import Correction, NewsIndex, corrected_articles


@dataclass(kw_only=True)
class CorrectionItem(Item):
    """A feed item for a correction of the article of `entry`."""

    correction: Correction

    @property
    def id(self) -> str:
        return uuid5(self.correction.translation_key, self.language).urn

    @property
    def title(self) -> str:
        return gettext("Correction: %(title)s") % {"title": super().title}

    @property
    def summary(self) -> str:
        return remove_control_characters(self.correction.public_text)

    @property
    def published_at(self) -> datetime:
        return clamp_to_day(self.correction.date, self.entry.published_at)

    @property
    def updated_at(self) -> datetime:
        return self.published_at


def respond(index: NewsIndex, request: HttpRequest, feed: str) -> HttpResponseBase:
    """Returns the feed of the latest corrections. `feed` is a key of FORMATS."""
    language = index.locale.language_code
    items = [
        CorrectionItem(entry=entry, language=language, categories=[], correction=row)
        for entry, rows in corrected_articles.with_corrections(
            corrected_articles.get_corrected(index.locale_id)[:MAX_ITEMS]
        )
        for row in rows
    ]
    items = sorted(items, key=lambda item: item.published_at, reverse=True)[:MAX_ITEMS]
    metadata = feed_metadata(
        index,
        request,
        feed_links.feed_title(index.title, [gettext("Corrections")]),
        corrected_articles.corrections_route(),
    )
    return feed_response(
        request, feed, metadata, items, lambda: [ItemContent(linebreaks(item.summary, True)) for item in items]
    )
