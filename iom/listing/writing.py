"""Writes the listing, in the transaction of the change of the pages."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from itertools import batched, chain
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.dispatch import Signal
from pyroaring import BitMap
from wagtail.models import Page

from iom.listing.contents import Contents
from iom.listing.models import Entry, EntryFacet, FacetBitmap
from iom.navigation.translation_tree import HOME_DEPTH
from iom.navigation.visibility import visible
from iom.publishing.batches import rewrite

BATCH = 500
NO_DATE = datetime.fromtimestamp(0, UTC)  # a page that a script has made live has no date
_COLUMNS = [field.name for field in Entry._meta.concrete_fields if not field.primary_key]
_FACET_COLUMNS = ("pk", "date", "locale", "facet", "value")
_FACET_BATCH = 1000  # in a statement
Value = tuple[int, str, str]  # locale, facet, value: the key of a bitmap
PageValue = tuple[int, int, str, str]  # page, locale, facet, value
Stored = dict[PageValue, tuple[int, datetime]]  # the key and the date of each stored facet
# Sent after each change of the listing, in its transaction. pages: the written pages, loaded with their texts; rows:
# the entry and the facets of each; removed: the keys of pages that are no longer listed.
listing_written = Signal()


class Facet(NamedTuple):
    """A row of `EntryFacet`, not saved."""

    entry_id: int
    locale_id: int
    facet: str
    value: str
    date: datetime

    @property
    def page_value(self) -> PageValue:
        return self[:4]


Row = tuple[Entry, list[Facet]]  # an entry and its facets, not saved
# The rows of each page, the values that were added, and those that were removed
Written = tuple[list[Row], list[PageValue], list[PageValue]]


def listable() -> QuerySet[Page]:
    """Returns the pages that have an entry. An expired page has one until it is unpublished; `shown` omits it."""
    return visible(Page.objects.filter(depth__gte=HOME_DEPTH), with_expired=True)


@transaction.atomic(savepoint=False)
def refresh(keys: Iterable[int], loaded: Iterable[Page] = ()) -> None:
    """Writes and removes the entries of the pages with these keys, according to `listable()`.

    `loaded`: some of these pages as they have just been saved, which are not read again.
    """
    given = {page.pk: page for page in loaded if not page.get_deferred_fields()}
    changes = _BitmapChanges()
    for batch in batched(dict.fromkeys(keys), BATCH):
        types, stored = _read_stored(batch)
        removed = _remove(set(batch) - set(types))
        pages = [page for pk, page in given.items() if pk in types]
        pages += load_pages({pk: type_id for pk, type_id in types.items() if pk not in given}, with_texts=True)
        rows, added, gone = _write(pages, stored)
        changes.add(added, [*removed, *gone])
        if pages:
            listing_written.send(Entry, pages=pages, removed=set(), rows=rows)
    changes.write()


def _read_stored(keys: Collection[int]) -> tuple[dict[int, int], Stored]:
    """Returns the content types of those pages that are listable, and their stored facets. One query."""
    columns = (f"listing_entry__facets__{name}" for name in _FACET_COLUMNS)
    found = list(listable().filter(pk__in=keys).values_list("pk", "content_type", *columns))
    types = {pk: type_id for pk, type_id, *_facet in found}
    return types, {(pk, *value): (key, date) for pk, _type, key, date, *value in found if key is not None}


@transaction.atomic(savepoint=False)
def remove(keys: Iterable[int]) -> None:
    """Removes the entries of pages that are no longer public."""
    changes = _BitmapChanges()
    for batch in batched(keys, BATCH):
        changes.add(removed=_remove(set(batch)))
    changes.write()


def update_urls(keys: Collection[int] | QuerySet[Any, Any]) -> None:
    """Updates the addresses of listed pages that have been moved. `keys`: the keys of pages, or a query for them."""
    page = Page.objects.filter(pk=OuterRef("pk"))
    place = {name: Subquery(page.values(name)) for name in ("url_path", "depth")}
    Entry.objects.filter(pk__in=keys).update(**place)


def remove_value(facet: str, value: str) -> None:
    """Removes a value of a facet from all pages, in every language."""
    for model in (EntryFacet, FacetBitmap):
        model._default_manager.filter(facet=facet, value=value).delete()


def rebuild() -> None:
    """Rebuilds the listing. Each page stays visible meanwhile, and a publication waits for one batch at most.

    Does not rebuild the search documents of pages that are already listed (`manage.py search --rebuild` does).
    """
    keys = {*listable().values_list("pk", flat=True), *Entry.objects.values_list("pk", flat=True)}
    rewrite(_rebuild_entries, sorted(keys), BATCH)
    with transaction.atomic():
        values = EntryFacet.objects.order_by().values_list("locale", "facet", "value").distinct()
        _add_bitmaps(values)
        stored = {_value(row): row for row in _lock_in_order(FacetBitmap.objects.all())}
        bitmaps: dict[Value, BitMap] = defaultdict(BitMap)
        facets = EntryFacet.objects.values_list("locale", "facet", "value", "entry")
        for locale, facet, name, key in facets.iterator(10_000):
            bitmaps[locale, facet, name].add(key)
        for value, row in stored.items():
            row.pages = bitmaps[value]
        FacetBitmap.objects.bulk_update(stored.values(), ["data", "count"], batch_size=BATCH)
        FacetBitmap.objects.filter(count=0).delete()


def _rebuild_entries(keys: Collection[int]) -> None:
    """Writes and removes entries like `refresh`, without bitmaps. Sends `listing_written` only for new entries."""
    types, stored = _read_stored(keys)
    _remove(set(keys) - set(types))
    listed = {pk for pk, *_value in stored}
    new = load_pages({pk: type_id for pk, type_id in types.items() if pk not in listed}, with_texts=True)
    rest = load_pages({pk: types[pk] for pk in listed})
    rows, _added, _gone = _write([*new, *rest], stored)
    if new:
        listing_written.send(Entry, pages=new, removed=set(), rows=rows)


def load_pages(types: Mapping[int, int], *, with_texts: bool = False) -> list[Any]:
    """Loads the specific pages with the child rows that lists need. `types`: the content type by page key."""
    by_type = defaultdict(list)
    for pk, type_id in types.items():
        by_type[type_id].append(pk)
    pages: list[Any] = []
    for type_id, keys in by_type.items():
        model: Any = ContentType.objects.get_for_id(type_id).model_class()
        found = model.objects.filter(pk__in=keys).prefetch_related(*model.listed_relations)
        pages += found if with_texts else found.defer_streamfields()
    return pages


def build_row(page: Any) -> Row:
    """Builds the entry and the facets of a page, an `iom.core.models.BasePage`."""
    contents: Contents = page.get_listing_contents()
    entry = Entry(
        page_id=page.pk,
        locale_id=page.locale_id,
        translation_key=page.translation_key,
        content_type_id=page.content_type_id,
        url_path=page.url_path,
        depth=page.depth,
        title=page.title,
        description=page.search_description,
        summary=contents.summary,
        kind=contents.kind,
        scope=contents.scope,
        place=contents.place,
        office_id=contents.office,
        picture_id=contents.picture,
        countries=" ".join(contents.countries),
        date=contents.date or page.first_published_at or NO_DATE,
        shown_date=contents.shown_date,
        updated_at=contents.updated_at,
        corrected_on=contents.corrected_on,
        published_at=page.last_published_at,
        expire_at=page.expire_at,
        in_menus=page.show_in_menus,
        in_footer=contents.in_footer,
    )
    facets = [
        Facet(page.pk, page.locale_id, facet, value, entry.date)
        for facet, value in [("type", page._meta.model_name), *sorted(contents.facets)]
    ]
    return entry, facets


def _remove(keys: set[int]) -> list[PageValue]:
    """Removes the entries, and returns the values that the pages had."""
    if not keys:
        return []
    facets = EntryFacet.objects.filter(entry__in=keys)
    gone = list(facets.values_list("entry", "locale", "facet", "value"))
    facets.delete()
    Entry.objects.filter(pk__in=keys).delete()
    listing_written.send(Entry, pages=[], removed=keys, rows=[])
    return gone


def _write(pages: list[Any], stored: Stored) -> Written:
    """Writes the entries and facets of the pages, of which `stored` are the facets so far."""
    rows = [build_row(page) for page in pages]
    if not rows:
        return rows, [], []
    Entry.objects.bulk_create(
        [entry for entry, _facets in rows], update_conflicts=True, unique_fields=["page"], update_fields=_COLUMNS
    )
    wanted = {facet.page_value: facet for _entry, facets in rows for facet in facets}
    gone = [value for value in stored if value not in wanted]
    if gone:
        EntryFacet.objects.filter(pk__in=[stored[value][0] for value in gone]).delete()
    _save_facets(facet for value, facet in wanted.items() if value not in stored or stored[value][1] != facet.date)
    return rows, [value for value in wanted if value not in stored], gone


def _save_facets(facets: Iterable[Facet]) -> None:
    """Saves facets with raw SQL: the ORM compiles the statement longer than the database runs it."""
    for batch in batched(facets, _FACET_BATCH):
        rows = ", ".join(["(%s, %s, %s, %s, %s)"] * len(batch))
        values = [(*facet[:4], connection.ops.adapt_datetimefield_value(facet.date)) for facet in batch]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {EntryFacet._meta.db_table} (entry_id, locale_id, facet, value, date) VALUES {rows} "  # noqa: S608
                "ON CONFLICT (entry_id, facet, value) "
                "DO UPDATE SET locale_id = excluded.locale_id, date = excluded.date",
                list(chain.from_iterable(values)),
            )


class _BitmapChanges:
    """Collects the pages to add to and to remove from each bitmap, so that each bitmap is written once."""

    def __init__(self) -> None:
        self.changes: dict[Value, tuple[BitMap, BitMap]] = defaultdict(lambda: (BitMap(), BitMap()))

    def add(self, added: Iterable[PageValue] = (), removed: Iterable[PageValue] = ()) -> None:
        for number, keys in enumerate((added, removed)):
            for pk, locale, facet, value in keys:
                self.changes[locale, facet, value][number].add(pk)

    def write(self) -> None:
        if not self.changes:
            return
        stored = _lock_bitmaps(self.changes)
        if missing := [key for key in self.changes if key not in stored]:
            _add_bitmaps(missing)
            stored = _lock_bitmaps(self.changes)
        for key, (more, fewer) in self.changes.items():
            stored[key].pages = (stored[key].pages | more) - fewer
        FacetBitmap.objects.bulk_update([stored[key] for key in self.changes], ["data", "count"], batch_size=BATCH)


def _add_bitmaps(values: Iterable[Value]) -> None:
    """Creates the missing bitmaps, without pages."""
    new = [FacetBitmap(locale_id=locale, facet=facet, value=value) for locale, facet, value in values]
    FacetBitmap.objects.bulk_create(new, ignore_conflicts=True)  # another transaction may add the same


def _lock_bitmaps(values: Iterable[Value]) -> dict[Value, FacetBitmap]:
    locales, facets, names = map(set, zip(*values, strict=True))
    rows = FacetBitmap.objects.filter(locale__in=locales, facet__in=facets, value__in=names)
    return {_value(row): row for row in _lock_in_order(rows)}


def _lock_in_order(rows: QuerySet[FacetBitmap]) -> QuerySet[FacetBitmap]:
    """Locks the bitmaps in one order, to prevent deadlocks between publications.

    The rows of locales are not locked, because every write of a page refers to its locale.
    """
    return rows.select_for_update(of=("self",), no_key=True).order_by("locale_id", "facet", "value")


def _value(row: EntryFacet | FacetBitmap) -> Value:
    return row.locale_id, row.facet, row.value
