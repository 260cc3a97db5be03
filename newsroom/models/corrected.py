"""The articles that have been corrected, as visitors read of them."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import get_language, override, pgettext

from iom.listing.models import Entry, EntryQuerySet
from iom.listing.reading import shown
from newsroom.models.parts import Correction


def route(language: str | None = None) -> str:
    """What the page of corrections has as its address below the newsroom, in this language, else in the active one."""
    with override(language or get_language()):
        return pgettext("address", "corrections/")


def corrected(locale: int) -> EntryQuerySet:
    """The entries of a language whose article has been corrected, the last corrected first."""
    return shown(locale).filter(corrected_on__isnull=False).order_by("-corrected_on", "-pk")


def corrections_of(articles: Iterable[int]) -> dict[int, list[Correction]]:
    """The corrections of the articles with these keys, the latest first. One query."""
    rows = defaultdict(list)
    for row in Correction.objects.filter(article__in=articles).order_by("-date", "-pk"):
        rows[row.article_id].append(row)
    return rows


def with_corrections(entries: Iterable[Entry]) -> list[tuple[Entry, list[Correction]]]:
    """Each with its corrections. One query."""
    entries = list(entries)
    rows = corrections_of([entry.pk for entry in entries])
    return [(entry, rows[entry.pk]) for entry in entries]
