"""Writes the listing, in the transaction of what changes it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
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
EARLIEST = datetime.fromtimestamp(0, UTC)  # a page that a script has made live has no date
_COLUMNS = [field.name for field in Entry._meta.concrete_fields if not field.primary_key]
_FACET_COLUMNS = ("pk", "date", "locale", "facet", "value")
_FACETS_AT_ONCE = 1000  # in a statement
Value = tuple[int, str, str]  # locale, facet, value: what a bitmap is of
PageValue = tuple[int, int, str, str]  # the page, and the same
# After each change of the listing, in its transaction. pages: those written, with their texts, as they are now; rows:
# the entry and the facets of each; removed: the keys of pages that are no longer listed.
written = Signal()


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
# The rows of each page, the values that they have now, and those that they have no longer
Written = tuple[list[Row], list[PageValue], list[PageValue]]


def listable() -> QuerySet[Page]:
    """The pages that have an entry. An expired one has it until it is unpublished: `shown` leaves it out."""
    return visible(Page.objects.filter(depth__gte=HOME_DEPTH), with_expired=True)


@transaction.atomic(savepoint=False)
def refresh(keys: Iterable[int], loaded: Iterable[Page] = (), *, in_rebuild: bool = False) -> None:
    """Writes and removes entries, so that the listing agrees with `listable()` for the pages with these keys.

    `loaded`: pages among them as they have just been saved, which are not read again. `in_rebuild`: the bitmaps are
    left as they are, and `written` names the pages that were not listed before, not the others.
    """
    at_hand = {page.pk: page for page in loaded if not page.get_deferred_fields()}
    counted = _Counted()
    for batch in batched(dict.fromkeys(keys), BATCH):
        # Whether they are listable, and the facets that they have, in one query
        columns = (f"listing_entry__facets__{name}" for name in _FACET_COLUMNS)
        found = list(listable().filter(pk__in=batch).values_list("pk", "content_type", *columns))
        types = {pk: type_id for pk, type_id, *_facet in found}
        removed = _remove(set(batch) - set(types))
        there = {(pk, *value): (key, date) for pk, _type, key, date, *value in found if key is not None}
        listed = {pk for pk, *_value in there} if in_rebuild else set()
        new = [page for pk, page in at_hand.items() if pk in types and pk not in listed]
        unread = {pk: type_id for pk, type_id in types.items() if pk not in at_hand and pk not in listed}
        new += load(unread, with_texts=True)
        rest = load({pk: types[pk] for pk in listed})
        rows, added, gone = _write([*new, *rest], there)
        counted.note(added, [*removed, *gone])
        if new:
            written.send(Entry, pages=new, removed=set(), rows=rows)
    if not in_rebuild:
        counted.write()


@transaction.atomic(savepoint=False)
def remove(keys: Iterable[int]) -> None:
    """Removes the entries of pages that are no longer shown."""
    counted = _Counted()
    for batch in batched(keys, BATCH):
        counted.note(removed=_remove(set(batch)))
    counted.write()


def write_addresses(keys: Collection[int]) -> None:
    """Of listed pages that stand elsewhere now."""
    page = Page.objects.filter(pk=OuterRef("pk"))
    place = {name: Subquery(page.values(name)) for name in ("url_path", "depth")}
    Entry.objects.filter(pk__in=keys).update(**place)


def remove_value(facet: str, value: str) -> None:
    """Removes a value of a facet from all pages, in every language."""
    for model in (EntryFacet, FacetBitmap):
        model._default_manager.filter(facet=facet, value=value).delete()


def rebuild() -> None:
    """Makes the listing again. Readers see each page all the time; those who publish wait for a batch at most.

    Search has documents of its own (`manage.py search --rebuild`): those of pages that were listed are left alone.
    """
    keys = {*listable().values_list("pk", flat=True), *Entry.objects.values_list("pk", flat=True)}
    rewrite(partial(refresh, in_rebuild=True), sorted(keys), BATCH)
    with transaction.atomic():
        values = EntryFacet.objects.order_by().values_list("locale", "facet", "value").distinct()
        _add_bitmaps(values)
        stored = {_value(row): row for row in _in_order(FacetBitmap.objects.all())}
        bitmaps: dict[Value, BitMap] = defaultdict(BitMap)
        facets = EntryFacet.objects.values_list("locale", "facet", "value", "entry")
        for locale, facet, name, key in facets.iterator(10_000):
            bitmaps[locale, facet, name].add(key)
        for value, row in stored.items():
            row.pages = bitmaps[value]
        FacetBitmap.objects.bulk_update(stored.values(), ["data", "count"], batch_size=BATCH)
        FacetBitmap.objects.filter(count=0).delete()


def load(types: Mapping[int, int], *, with_texts: bool = False) -> list[Any]:
    """The specific pages with the child rows of lists. `types`: the content type by key."""
    by_type = defaultdict(list)
    for pk, type_id in types.items():
        by_type[type_id].append(pk)
    pages: list[Any] = []
    for type_id, keys in by_type.items():
        model: Any = ContentType.objects.get_for_id(type_id).model_class()
        found = model.objects.filter(pk__in=keys).prefetch_related(*model.listed_relations)
        pages += found if with_texts else found.defer_streamfields()
    return pages


def row_of(page: Any) -> Row:
    """What the listing has of a page, an `iom.core.models.BasePage`."""
    contents: Contents = page.listed()
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
        date=contents.date or page.first_published_at or EARLIEST,
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
    """Returns the values that the pages had."""
    if not keys:
        return []
    facets = EntryFacet.objects.filter(entry__in=keys)
    gone = list(facets.values_list("entry", "locale", "facet", "value"))
    facets.delete()
    Entry.objects.filter(pk__in=keys).delete()
    written.send(Entry, pages=[], removed=keys, rows=[])
    return gone


def _write(pages: list[Any], there: dict[PageValue, tuple[int, datetime]]) -> Written:
    """`there`: the key and the date of the facets that these pages have."""
    rows = [row_of(page) for page in pages]
    if not rows:
        return rows, [], []
    Entry.objects.bulk_create(
        [entry for entry, _facets in rows], update_conflicts=True, unique_fields=["page"], update_fields=_COLUMNS
    )
    wanted = {facet.page_value: facet for _entry, facets in rows for facet in facets}
    gone = [value for value in there if value not in wanted]
    if gone:
        EntryFacet.objects.filter(pk__in=[there[value][0] for value in gone]).delete()
    _save(facet for value, facet in wanted.items() if value not in there or there[value][1] != facet.date)
    return rows, [value for value in wanted if value not in there], gone


def _save(facets: Iterable[Facet]) -> None:
    """In plain SQL: Django takes longer to write the statement than the database to carry it out."""
    for batch in batched(facets, _FACETS_AT_ONCE):
        rows = ", ".join(["(%s, %s, %s, %s, %s)"] * len(batch))
        values = [(*facet[:4], connection.ops.adapt_datetimefield_value(facet.date)) for facet in batch]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {EntryFacet._meta.db_table} (entry_id, locale_id, facet, value, date) VALUES {rows} "  # noqa: S608
                "ON CONFLICT (entry_id, facet, value) "
                "DO UPDATE SET locale_id = excluded.locale_id, date = excluded.date",
                list(chain.from_iterable(values)),
            )


class _Counted:
    """The pages that are to be added to the bitmaps of their values, and removed from them: written once for all."""

    def __init__(self) -> None:
        self.changes: dict[Value, tuple[BitMap, BitMap]] = defaultdict(lambda: (BitMap(), BitMap()))

    def note(self, added: Iterable[PageValue] = (), removed: Iterable[PageValue] = ()) -> None:
        for number, keys in enumerate((added, removed)):
            for pk, locale, facet, value in keys:
                self.changes[locale, facet, value][number].add(pk)

    def write(self) -> None:
        if not self.changes:
            return
        stored = _locked_bitmaps(self.changes)
        if missing := [key for key in self.changes if key not in stored]:
            _add_bitmaps(missing)
            stored = _locked_bitmaps(self.changes)
        for key, (more, fewer) in self.changes.items():
            stored[key].pages = (stored[key].pages | more) - fewer
        FacetBitmap.objects.bulk_update([stored[key] for key in self.changes], ["data", "count"], batch_size=BATCH)


def _add_bitmaps(values: Iterable[Value]) -> None:
    """Adds those that are not there, of no page yet."""
    new = [FacetBitmap(locale_id=locale, facet=facet, value=value) for locale, facet, value in values]
    FacetBitmap.objects.bulk_create(new, ignore_conflicts=True)  # another transaction may add the same


def _locked_bitmaps(values: Iterable[Value]) -> dict[Value, FacetBitmap]:
    locales, facets, names = map(set, zip(*values, strict=True))
    rows = FacetBitmap.objects.filter(locale__in=locales, facet__in=facets, value__in=names)
    return {_value(row): row for row in _in_order(rows)}


def _in_order(rows: QuerySet[FacetBitmap]) -> QuerySet[FacetBitmap]:
    """Locked in one order, so that two who publish do not wait for each other. Languages are not locked with them:
    whoever writes a page refers to its language."""
    return rows.select_for_update(of=("self",), no_key=True).order_by("locale_id", "facet", "value")


def _value(row: EntryFacet | FacetBitmap) -> Value:
    return row.locale_id, row.facet, row.value
