"""Reads the full-text index: the latest documents that match, never more than a fixed number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.utils import timezone

from search.expressions import Expression, for_postgresql, for_sqlite
from search.models import Document, Draft, Tokens

# Documents of pages that may be shown, at this moment and on this day
_SHOWN = """
JOIN listing_entry ON listing_entry.page_id = document.page_id
JOIN wagtailcore_page page ON page.id = document.page_id
WHERE {matches} AND page.live AND (page.expire_at IS NULL OR page.expire_at > %s)
AND (document.until IS NULL OR document.until >= %s)"""
_SQL = {
    "sqlite": (
        "FROM search_fulltext JOIN search_document document ON document.id = search_fulltext.rowid"
        + _SHOWN.format(matches="search_fulltext MATCH %s")
    ),
    "postgresql": "FROM search_document document" + _SHOWN.format(matches="document.fulltext @@ %s::tsquery"),
}
_FIELDS = "document.id, document.page_id, document.country, document.is_article"
_INDEXES: dict[type[Tokens], str] = {Document: "search_fulltext", Draft: "search_draft_fulltext"}  # on SQLite
_ORDER = {"sqlite": "search_fulltext.rowid", "postgresql": "document.id"}


SECTIONS = NEWS, COUNTRY, PAGE = "news", "country", "page"


@dataclass(frozen=True)
class Hit:
    """A document that matches, its page, and the country whose page it is."""

    document: int
    page: int
    country: str
    is_article: bool

    @property
    def section(self) -> str:
        """What kind of page it is to readers, one of `SECTIONS`."""
        return NEWS if self.is_article else COUNTRY if self.country else PAGE


def latest(asked: Sequence[tuple[Expression, int]]) -> list[list[Hit]]:
    """For each expression its latest matches, at most as many as its number says. One query."""
    vendor = connection.vendor
    now, today = timezone.now(), timezone.localdate()
    parts, params = [], []
    for number, (expression, most) in enumerate(asked):
        select = f"SELECT {number} AS asked, {_FIELDS} {_SQL[vendor]}"
        parts.append(f"SELECT * FROM ({select} ORDER BY {_ORDER[vendor]} DESC LIMIT {most:d}) AS part{number}")  # noqa: S608
        params += [_written(expression), _moment(now), today.isoformat()]
    found: list[list[Hit]] = [[] for _part in asked]
    for number, *hit in _rows(" UNION ALL ".join(parts), params):
        found[number].append(Hit(*hit))
    return found


def matching(model: type[Tokens], expression: Expression) -> RawSQL:
    """The condition of a query for rows of `model` whose texts match."""
    table, key, index = model._meta.db_table, model._meta.pk.column, _INDEXES[model]
    sql = {
        "sqlite": f"{table}.{key} IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)",  # noqa: S608
        "postgresql": f"{table}.fulltext @@ %s::tsquery",
    }[connection.vendor]
    return RawSQL(sql, [_written(expression)], output_field=BooleanField())  # noqa: S611


def _rows(sql: str, params: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _written(expression: Expression) -> str:
    return for_sqlite(expression) if connection.vendor == "sqlite" else for_postgresql(expression)


def _moment(now: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(now)
