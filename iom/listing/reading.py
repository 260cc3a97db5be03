"""Reads the listing: children, latest and related entries, counts, and faceted selections."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from operator import attrgetter
from typing import Any, overload

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Substr
from django.utils import timezone
from pyroaring import BitMap
from wagtail.models import Locale, Page

from iom.caching.version import cached_per_version
from iom.listing.contents import Facet
from iom.listing.hidden import hidden_entries, private_entries
from iom.listing.models import Entry, EntryFacet, EntryQuerySet, FacetBitmap, is_shown
from iom.navigation.locales import former_locales
from iom.statements import InBulk, Parameter, Statement, rows

RECENT = 20  # entries of each facet that `related` compares
EXTRA_ENTRIES = 3  # more than requested, since some may have expired
MAX_LISTED_KEYS = 1000  # keys that a query may list
MAX_READ = 10  # rows of an index that are read for each entry, instead of listing the keys
_ENTRIES, _FACETS = Entry._meta.db_table, EntryFacet._meta.db_table
# Parts of the query for related entries. The ORM would have to compile a query for each facet of each article.
_FACET_QUERY = (
    f"SELECT * FROM (SELECT entry_id, date, {{weight}} AS weight FROM {_FACETS} "  # noqa: S608
    "WHERE locale_id = %s AND facet = %s AND value = %s "
    f"ORDER BY date DESC, entry_id DESC LIMIT {RECENT}) AS part{{part}}"
)
# The weight is greater than the sum of all facets' weights
_CHOSEN_QUERY = (
    f"SELECT page_id AS entry_id, date, 1000 AS weight FROM {_ENTRIES} "  # noqa: S608
    "WHERE locale_id = %s AND translation_key IN "
    f"(SELECT translation_key FROM {Page._meta.db_table} WHERE id IN ({{keys}}))"
)
_BEST_QUERY = (
    "WITH best AS (SELECT entry_id, sum(weight) AS weight FROM ({parts}) AS part WHERE entry_id <> %s "
    "GROUP BY entry_id ORDER BY sum(weight) DESC, max(date) DESC, entry_id DESC LIMIT %s) "
)


def shown(locale: Locale | int | None = None) -> EntryQuerySet:
    """Returns the entries that a visitor may see now, in one language or in all of the site; unordered.

    Checks privacy again, because a view restriction may be written without a signal.
    """
    entries = Entry.objects.shown()
    if hidden := private_entries():
        entries = entries.exclude(pk__in=list(hidden))
    if locale is not None:
        return entries.filter(locale=locale)
    return entries.exclude(locale__in=former_locales())


def is_listed() -> Exists:
    """Returns a condition: whether a visitor may see the page now. For few pages, such as those of one type.

    For many pages, or with a condition on the language, SQLite reads all pages first.
    """
    return Exists(shown().filter(pk=OuterRef("pk")))


def children(page: Page, **conditions: Any) -> list[Entry]:
    """Returns the entries of the child pages of `page` that match the conditions, in tree order."""
    return _children(page.locale_id, page.path, **conditions)


@cached_per_version
def _children(locale: int, path: str, **conditions: Any) -> list[Entry]:
    # Avoids the index of paths, with which SQLite would read all pages.
    above = Substr("page__path", 1, len(path))
    depth = len(path) // Page.steplen + 1
    below = shown(locale).alias(above=above).filter(above=path, depth=depth, **conditions)
    return sorted(below.annotate(path=F("page__path")), key=attrgetter("path"))


def latest(locale: Locale | int, facet: str, values: Iterable[str], limit: int) -> list[Entry]:
    """Returns the latest entries with one of the values of the facet, `limit` at most."""
    return _latest(locale.pk if isinstance(locale, Locale) else locale, facet, frozenset(values), limit)


@cached_per_version
def _latest(locale: int, facet: str, values: frozenset[str], limit: int) -> list[Entry]:
    entries = shown(locale).select_related("picture")
    if len(values) == 1:
        matching = entries.filter(facets__locale=locale, facets__facet=facet, facets__value__in=values)
        return list(matching.order_by("-facets__date", "-facets__entry")[:limit])
    facets = EntryFacet.objects.filter(is_shown("entry__page__"), locale=locale, facet=facet)
    facets = facets.exclude(entry__in=list(private_entries()))
    queries = [facets.filter(value=value).order_by("-date", "-entry") for value in values]
    found = _union(query.values_list("date", "entry")[:limit] for query in queries)
    keys = [key for _date, key in sorted(set(found), reverse=True)[:limit]]
    by_key = entries.in_bulk(keys)
    return [by_key[key] for key in keys if key in by_key]


def counts(locale: Locale | int, facet: str) -> QuerySet[Any, Any]:
    """Returns rows of `value` and `number`, to be summed by value: entries, minus those that are not shown."""
    stored = FacetBitmap.objects.filter(locale=locale, facet=facet).values("value", number=F("count"))
    # Uses the index of expiry dates. Starting from the facets, SQLite would read all entries.
    is_hidden = Q(expire_at__lte=timezone.now()) | Q(pk__in=list(private_entries()))
    hidden = Entry.objects.filter(is_hidden, locale=locale, facets__facet=facet)
    return stored.union(hidden.values(value=F("facets__value"), number=Value(-1)), all=True)


def related(page: Page, chosen: Collection[int], weights: Mapping[Facet, int], limit: int) -> list[Entry]:
    """Returns at most `limit` entries related to a page: the `chosen` pages in its language, then by greatest weight.

    `weights`: the weight of each facet that an entry shares. Compares only the RECENT latest entries of each facet.
    The latest entry comes first among equals. One query.
    """
    parts = [_FACET_QUERY.format(weight=weight, part=number) for number, weight in enumerate(weights.values())]
    params = [param for facet in weights for param in (page.locale_id, *facet)]
    if chosen:
        parts.append(_CHOSEN_QUERY.format(keys=", ".join(["%s"] * len(chosen))))
        params += [page.locale_id, *chosen]
    if not parts:
        return []
    best = _BEST_QUERY.format(parts=" UNION ALL ".join(parts))
    entries = _related(best, [*params, page.pk or 0, limit + EXTRA_ENTRIES], now=timezone.now())
    hidden = private_entries()
    return [entry for entry in entries if entry.pk not in hidden][:limit]


_related = Statement(
    lambda: (
        Entry.objects.filter(is_shown("page__", Parameter("now", DateTimeField())))
        .filter(RawSQL("listing_entry.page_id IN (SELECT entry_id FROM best)", (), BooleanField()))
        .select_related("picture")
        .order_by(
            RawSQL("(SELECT weight FROM best WHERE entry_id = listing_entry.page_id)", ()).desc(),
            "-date",
            "-pk",
        )
    )
)


def get_entries(keys: Sequence[int]) -> list[Entry]:
    """Returns the public entries with these keys, with their pictures, in this order."""
    hidden = private_entries()
    entries = _entries.fetch(keys, now=timezone.now())
    return [entries[key] for key in keys if key in entries and key not in hidden]


# By the primary key of the page, since Django accepts no expressions in a list of keys of a relation.
_entries = InBulk(
    lambda: Entry.objects.filter(is_shown("page__", Parameter("now", DateTimeField()))).select_related("picture"),
    "page__pk",
)


def _union(queries: Iterable[QuerySet[Any, Any]]) -> list[Any]:
    """Returns the rows of all queries, in one query. On SQLite, Django's union does not allow limits in its parts."""
    parts: list[str] = []
    params: list[Any] = []
    for number, query in enumerate(queries):
        with suppress(EmptyResultSet):  # a query that cannot have results
            part, its_params = query.query.sql_with_params()
            parts.append(f"SELECT * FROM ({part}) AS part{number}")  # noqa: S608
            params += its_params
    return rows(" UNION ALL ".join(parts), params) if parts else []


@cached_per_version
def _bitmaps(locale: int) -> dict[str, dict[str, BitMap]]:
    """Returns the bitmaps by facet and value, without hidden entries."""
    hidden = hidden_entries(locale)
    found: dict[str, dict[str, BitMap]] = defaultdict(dict)
    for row in FacetBitmap.objects.filter(locale=locale):
        found[row.facet][row.value] = row.pages - hidden
    return dict(found)


class Selection:
    """The entries of a language with one of the chosen values of each facet, latest first. A list for the Paginator.

    `chosen`: values by facet; a facet without values is ignored. Many entries are read fast only if a facet, such as
    the type, has a single value. `within`: only these pages.
    """

    ordered = True  # for the paginator

    def __init__(
        self, locale: Locale | int, chosen: Mapping[str, Collection[str]], within: BitMap | None = None
    ) -> None:
        self.locale_id = locale.pk if isinstance(locale, Locale) else locale
        self.within = within
        self.chosen = {facet: set(values) for facet, values in chosen.items() if values}

    @cached_property
    def _bitmaps(self) -> dict[str, dict[str, BitMap]]:
        return _bitmaps(self.locale_id)

    @cached_property
    def pages(self) -> BitMap:
        """The keys of the selected pages."""
        return self._pages_with(self.chosen)

    def _pages_with(self, chosen: Mapping[str, Collection[str]]) -> BitMap:
        parts = [] if self.within is None else [self.within]
        for facet, values in chosen.items():
            pages = self._bitmaps.get(facet, {})
            bitmaps = [pages[value] for value in values if value in pages]
            parts.append(bitmaps[0] if len(bitmaps) == 1 else BitMap.union(BitMap(), *bitmaps))
        return BitMap.intersection(*(parts or [BitMap.union(BitMap(), *self._bitmaps.get("type", {}).values())]))

    def narrow(self, chosen: Mapping[str, Collection[str]], within: BitMap | None = None) -> "Selection":
        """Returns the selection that also matches `chosen`. The bitmaps are not read again."""
        narrowed = Selection(self.locale_id, {**self.chosen, **chosen}, within)
        narrowed._bitmaps = self._bitmaps
        return narrowed

    def counts(self, facet: str) -> dict[str, int]:
        """Returns the number of entries by value, given the choices in the other facets; without zeros."""
        others = self.pages
        if facet in self.chosen:
            others = self._pages_with({name: values for name, values in self.chosen.items() if name != facet})
        pages = self._bitmaps.get(facet, {})
        numbers = {value: bitmap.intersection_cardinality(others) for value, bitmap in pages.items()}
        return {value: number for value, number in numbers.items() if number}

    def count(self) -> int:
        return len(self.pages)

    def __len__(self) -> int:
        return self.count()

    @overload
    def __getitem__(self, place: slice) -> list[Entry]: ...
    @overload
    def __getitem__(self, place: int) -> Entry: ...
    def __getitem__(self, place: slice | int) -> list[Entry] | Entry:
        """Reads the keys from an index in this order, from its nearer end."""
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _step = place.indices(self.count())
        if start >= stop:
            return []
        return get_entries(self._keys(start, stop))

    def _keys(self, start: int, stop: int) -> list[int]:
        count = self.count()
        if start > count - stop:
            return self._read("", count - stop, count - start)[::-1]
        return self._read(" DESC", start, stop)

    def _read(self, order: str, start: int, stop: int) -> list[int]:
        """Reads the keys at the positions from `start` to before `stop`, by date."""
        key, statement, params = self._statement()
        ordered = f"{statement} ORDER BY date{order}, {key}{order} LIMIT %s OFFSET %s"
        return [pk for (pk,) in rows(ordered, [*params, stop - start, start])]

    def _statement(self) -> tuple[str, str, list[Any]]:
        """Returns the column of the keys, the statement that reads all of them, and its parameters.

        It is raw SQL, because the ORM compiles it longer than the database runs it.
        """
        driving = self._driving_facet()
        if driving is None:
            named = ", ".join(map(str, self.pages))
            return "page_id", f"SELECT page_id FROM {_ENTRIES} WHERE page_id IN ({named})", []  # noqa: S608
        statement = f"SELECT entry_id FROM {_FACETS} AS listed WHERE locale_id = %s AND facet = %s AND value = %s"  # noqa: S608
        params = [self.locale_id, driving, min(self.chosen[driving])]
        for year in map(int, self._single.get("year", ())):
            statement += " AND date > %s AND date < %s"  # a day more at each end, for any time zone
            params += [f"{year - 1}-12-31", f"{year + 1}-01-02"]
        for facet, values in self.chosen.items():
            if facet != driving:
                statement += (
                    f" AND EXISTS (SELECT 1 FROM {_FACETS} AS other WHERE other.entry_id = listed.entry_id "  # noqa: S608
                    f"AND other.facet = %s AND other.value IN ({', '.join(['%s'] * len(values))}))"
                )
                params += [facet, *sorted(values)]
        if hidden := hidden_entries(self.locale_id):
            statement += f" AND entry_id NOT IN ({', '.join(map(str, hidden))})"
        return "entry_id", statement, params

    @property
    def _single(self) -> dict[str, set[str]]:
        """The facets with one chosen value."""
        return {facet: values for facet, values in self.chosen.items() if len(values) == 1}

    def _driving_facet(self) -> str | None:
        """Returns the facet whose index is read in order, the one with the fewest rows in the chosen year.

        None: the keys are listed, since they are few, or no facet has a single value.
        """
        in_year = {facet: values for facet, values in self._single.items() if facet == "year"}
        read = {facet: len(self._pages_with({facet: values} | in_year)) for facet, values in self._single.items()}
        driving = min(read, key=read.__getitem__, default=None)
        many = driving and (self.count() > MAX_LISTED_KEYS or read[driving] <= MAX_READ * self.count())
        return driving if many and self.within is None else None
