"""The checks that refuse publication: past embargo, missing alternative text, expired rights, missing speaker."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy
from wagtail.models import Page

from iom.checks.places import blocks_of, pictures_of
from iom.core.blocks.picture import PictureBlock
from iom.core.blocks.quote import QuoteBlock
from iom.findings import Finding, error, lazy_message

PAST = gettext_lazy("This moment has passed. Choose a later one, or remove it to publish at once.")
UNDESCRIBED = gettext_lazy("Write an alternative text or mark the picture as decorative.")
ANONYMOUS = gettext_lazy("Write who speaks: the name, or the title and office if the person is not to be named.")


@error
def embargo(page: Any, moment: datetime) -> Iterator[Finding]:
    """Reports an embargo in the past, unless the page was published at that time and has kept it."""
    at = page.go_live_at
    if at and at <= timezone.now() and not Page.objects.filter(pk=page.pk, last_published_at__gte=at).exists():
        yield Finding("embargo", ("go_live_at",), PAST)


@error
def alternative_texts(page: Any, moment: datetime) -> Iterator[Finding]:
    for picture, (text, *_others) in page.described_pictures.items():
        is_decorative = getattr(page, text.replace("_alt", "_decorative"), False)
        if getattr(page, f"{picture}_id") and not getattr(page, text) and not is_decorative:
            yield Finding("alternative text", (text,), UNDESCRIBED)
    for where, block, value in blocks_of(page):
        if isinstance(block, PictureBlock) and value["image"] and not (value["alt"] or value["decorative"]):
            yield Finding("alternative text", (*where, "alt"), UNDESCRIBED)


@error
def rights(page: Any, moment: datetime) -> Iterator[Finding]:
    day = timezone.localtime(moment, timezone.get_default_timezone()).date()
    for where, picture in pictures_of(page):
        if picture.rights_until and picture.rights_until < day:
            yield Finding("rights", where, _ended(picture.title, picture.rights_until))


@lazy_message
def _ended(title: str, day: date) -> str:
    text = gettext("“%(title)s” may be shown until %(day)s only. Choose another picture, or renew its rights.")
    return text % {"title": title, "day": date_format(day)}


@error
def speakers(page: Any, moment: datetime) -> Iterator[Finding]:
    """Reports quotations without the name or the title of the speaker."""
    for where, block, value in blocks_of(page):
        if isinstance(block, QuoteBlock) and not (value["speaker"].strip() or value["role"].strip()):
            yield Finding("speaker", (*where, "speaker"), ANONYMOUS)
