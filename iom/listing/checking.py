"""Compares the listing with the pages (`manage.py listing --check`)."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import batched

from pyroaring import BitMap

from iom.listing.models import Entry, EntryFacet, FacetBitmap
from iom.listing.writing import BATCH, Facet, Value, build_row, listable, load_pages

_COLUMNS = [field.attname for field in Entry._meta.concrete_fields]


def differences() -> Iterator[str]:
    """Yields a sentence for each difference between the listing and `visible()`."""
    types = dict(listable().order_by("content_type", "pk").values_list("pk", "content_type"))
    listed = set(Entry.objects.values_list("pk", flat=True))
    yield from (f"Page {pk} is not listed." for pk in sorted(set(types) - listed))
    yield from (f"Page {pk} is listed." for pk in sorted(listed - set(types)))
    bitmaps: dict[Value, BitMap] = defaultdict(BitMap)
    for batch in batched(types.items(), BATCH):
        stored = Entry.objects.in_bulk(list(dict(batch)))
        facets = defaultdict(set)
        for stored_row in EntryFacet.objects.filter(entry__in=dict(batch)).values_list(*Facet._fields):
            facets[stored_row[0]].add(stored_row)
        for page in load_pages(dict(batch)):
            entry, rows = build_row(page)
            if (found := stored.get(page.pk)) is not None:
                yield from _differences(found, entry)
            if facets[page.pk] != set(rows):
                yield f"Page {page.pk} is listed with other facets."
            for row in rows:
                bitmaps[row.locale_id, row.facet, row.value].add(page.pk)
    counted = {(row.locale_id, row.facet, row.value): row for row in FacetBitmap.objects.all()}
    for value in sorted({*bitmaps, *counted}):
        bitmap = counted.get(value, FacetBitmap())
        if bitmaps[value] != bitmap.pages or len(bitmaps[value]) != bitmap.count:
            yield f"{value[1]}={value[2]} counts other pages."


def _differences(found: Entry, entry: Entry) -> Iterator[str]:
    for name in _COLUMNS:
        if getattr(found, name) != getattr(entry, name):
            yield f"Page {entry.pk}: {name} is {getattr(found, name)!r} instead of {getattr(entry, name)!r}."
