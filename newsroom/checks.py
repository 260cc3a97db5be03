"""Checks of an article before its publication, registered with `iom.findings`."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy

from iom.checks.places import blocks_of
from iom.core.blocks.contact_box import ContactBoxBlock
from iom.findings import Finding, error, warning
from newsroom.dates import day_of
from newsroom.kinds import Kind
from newsroom.models import NewsArticle

CONTACT_NEEDED_FOR = timedelta(days=365)  # journalists ask about a release for about a year
NO_SUMMARY = gettext_lazy("Write a summary: lists, feeds and search engines show it.")
NO_CONTACT = gettext_lazy("Choose a media contact: a press release says whom to ask.")
NO_DATE = gettext_lazy("Enter the date of the imported text. Readers would take it for a text of today.")
AHEAD = gettext_lazy("This day comes after the publication. Until then, the text is the first in all lists.")


@error
def summary(page: Any, moment: datetime) -> Iterator[Finding]:
    if isinstance(page, NewsArticle) and not page.summary.strip():
        yield Finding("summary", ("summary",), NO_SUMMARY)


@error
def date(page: Any, moment: datetime) -> Iterator[Finding]:
    """Requires a date of imported texts alone. Other articles and scheduled ones get it at their publication."""
    has_none = isinstance(page, NewsArticle) and page.pk and page.date is None and page.go_live_at is None
    if has_none and hasattr(page, "imported_text"):
        yield Finding("date", ("date",), NO_DATE)


@warning
def day_ahead(page: Any, moment: datetime) -> Iterator[Finding]:
    if isinstance(page, NewsArticle) and page.date and day_of(page.date) > day_of(moment):
        yield Finding("day ahead", ("date",), AHEAD)


@error
def contact(page: Any, moment: datetime) -> Iterator[Finding]:
    if not isinstance(page, NewsArticle) or page.kind != Kind.PRESS_RELEASE:
        return
    is_old = page.date is not None and page.date < moment - CONTACT_NEEDED_FOR
    in_text = any(
        isinstance(block, ContactBoxBlock) and len(value["contacts"]) for _w, block, value in blocks_of(page)
    )
    if not is_old and not in_text and not page.contacts.all():
        yield Finding("contact", ("contacts",), NO_CONTACT)
