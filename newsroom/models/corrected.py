"""The articles that have been corrected, as visitors read of them."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import pgettext

from iom.listing.models import Entry, EntryQuerySet
from iom.listing.reading import shown
from newsroom.models.parts import Correction


def route() -> str:
    """What the page of corrections has as its address below the newsroom, in the active language."""
    return pgettext("address", "corrections/")


def corrected(locale: int) -> EntryQuerySet:
    """The entries of a language whose article has been corrected, the last corrected first."""
    return shown(locale).filter(corrected_on__isnull=False).order_by("-corrected_on", "-pk")


def with_corrections(entries: Iterable[Entry]) -> list[tuple[Entry, list[Correction]]]:
    """Each with its corrections, the latest first. One query."""
    entries = list(entries)
    rows = defaultdict(list)
    for row in Correction.objects.filter(article__in=[entry.pk for entry in entries]).order_by("-date", "-pk"):
        rows[row.article_id].append(row)
    return [(entry, rows[entry.pk]) for entry in entries]
