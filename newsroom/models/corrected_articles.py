"""Queries for the corrected articles and their corrections, for the public page and feeds of corrections."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import get_language, override, pgettext

from iom.listing.models import Entry, EntryQuerySet
from iom.listing.reading import shown
from newsroom.models.child_models import Correction


def corrections_route(language: str | None = None) -> str:
    """Returns the address of the page of corrections below the newsroom, in this language, else in the active one."""
    with override(language or get_language()):
        return pgettext("address", "corrections/")


def get_corrected(locale: int) -> EntryQuerySet:
    """Returns the public entries of a locale whose article has been corrected, the last corrected first."""
    return shown(locale).filter(corrected_on__isnull=False).order_by("-corrected_on", "-pk")


def corrections_of(articles: Iterable[int]) -> dict[int, list[Correction]]:
    """Returns the corrections of the articles with these keys, the latest first. One query."""
    rows = defaultdict(list)
    for row in Correction.objects.filter(article__in=articles).order_by("-date", "-pk"):
        rows[row.article_id].append(row)
    return rows


def with_corrections(entries: Iterable[Entry]) -> list[tuple[Entry, list[Correction]]]:
    """Returns each entry with its corrections. One query."""
    entries = list(entries)
    rows = corrections_of([entry.pk for entry in entries])
    return [(entry, rows[entry.pk]) for entry in entries]
