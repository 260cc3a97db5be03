"""Reads the full-text index: the latest documents that match, always with a limit."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from iom.listing.hidden import private_entries
from iom.statements import rows
from search.expressions import Expression, columns, for_lexeme_index, for_postgresql, for_sqlite, has_phrase

# SQLite's indexes: of all columns, and of all but the text
_WHOLE, _HEADS = "search_fulltext", "search_fulltext_heads"
# Documents of pages that may be shown at this moment and on this day. The tables are read by covering indexes only
_SQLITE = """
SELECT document.id, document.page_id, document.country, document.is_article
FROM {index} JOIN search_document document INDEXED BY search_found ON document.id = {index}.rowid
JOIN listing_entry ON listing_entry.page_id = document.page_id
JOIN wagtailcore_page page INDEXED BY listing_page_shown ON page.id = document.page_id
WHERE {index} MATCH %s AND page.live AND (page.expire_at IS NULL OR page.expire_at > %s)
AND (document.until IS NULL OR document.until >= %s) ORDER BY {index}.rowid DESC LIMIT %s"""
_POSTGRESQL = "SELECT * FROM search_latest(%s::tsquery[], %s::tsquery[], %s, moment => %s, today => %s)"
_INDEX = "search_document_lexemes"  # of PostgreSQL
# Only pages of the site need their path. Raw SQL, because Django would convert each value of a thousand rows
_TEXTS = """
SELECT document.id, document.is_article, document.country, COALESCE(page.path, ''), COALESCE(entry.in_menus, false),
document.title, document.summary, {text}, title_tokens, summary_tokens, names_tokens, text_tokens
FROM search_document document
LEFT JOIN wagtailcore_page page ON page.id = document.page_id AND NOT document.is_article
LEFT JOIN listing_entry entry ON entry.page_id = page.id
WHERE document.id IN ({keys})"""
_TRANSLATED = """
SELECT own.page_id, document.id, document.page_id, document.country, document.is_article
FROM listing_entry own JOIN listing_entry other ON other.translation_key = own.translation_key
JOIN wagtailcore_page page ON page.id = other.page_id JOIN search_document document ON document.page_id = other.page_id
WHERE own.page_id IN ({keys}) AND other.locale_id = %s
AND page.live AND (page.expire_at IS NULL OR page.expire_at > %s)
AND (document.until IS NULL OR document.until >= %s)"""
_LATEST = "JOIN wagtailcore_page page ON page.id = draft.page_id AND page.latest_revision_id = draft.revision"
_DRAFTS = {
    "sqlite": "FROM search_draft_fulltext JOIN search_draft draft ON draft.page_id = search_draft_fulltext.rowid "
    f"{_LATEST} WHERE search_draft_fulltext MATCH %s",
    "postgresql": f"FROM search_draft draft {_LATEST} WHERE draft.fulltext @@ %s::tsquery",
}
_DRAFTS_ORDER = {"sqlite": "search_draft_fulltext.rowid", "postgresql": "draft.page_id"}
_OF_DRAFT = "wagtailcore_page.id = draft.page_id"


SECTIONS = NEWS, COUNTRY, PAGE = "news", "country", "page"


class Hit(NamedTuple):
    """A document that matches, its page, and the country if it is a country page."""

    document: int
    page: int
    country: str
    is_article: bool

    @property
    def section(self) -> str:
        """The kind of page that readers see, one of `SECTIONS`."""
        return NEWS if self.is_article else COUNTRY if self.country else PAGE


def latest_hits(lookups: Sequence[tuple[Expression, int]]) -> list[list[Hit]]:
    """Returns the latest hits for each pair of an expression and a limit. One query."""
    found: list[list[Hit]] = [[] for _lookup in lookups]
    for number, *values in rows(*_latest_query(lookups)) if lookups else []:
        found[number].append(Hit(*values))
    return found


def shown_hits(lookups: Sequence[tuple[Expression, int]]) -> list[list[Hit]]:
    """Returns the latest hits that a visitor may see. A view restriction may have been written without a signal."""
    hidden = private_entries()
    return [[hit for hit in hits if hit.page not in hidden] for hits in latest_hits(lookups)]


def _latest_query(lookups: Sequence[tuple[Expression, int]]) -> tuple[str, list[Any]]:
    """Returns the SQL for the number of the lookup and the hit, latest first, and its parameters."""
    now, today = _adapt_moment(timezone.now()), timezone.localdate().isoformat()
    if connection.vendor == "postgresql":
        phrases = [for_postgresql(expression) if has_phrase(expression) else None for expression, _most in lookups]
        indexed = [for_lexeme_index(expression) for expression, _most in lookups]
        return _POSTGRESQL, [indexed, phrases, [most for _expression, most in lookups], now, today]
    parts, params = [], []
    for number, (expression, most) in enumerate(lookups):
        index = _WHOLE if "text_tokens" in columns(expression) else _HEADS
        parts.append(f"SELECT {number}, part{number}.* FROM ({_SQLITE.format(index=index)}) AS part{number}")  # noqa: S608
        params += [for_sqlite(expression), now, today, most]
    return " UNION ALL ".join(parts), params


def load_texts(documents: Iterable[int], *, whole: bool) -> list[tuple[Any, ...]]:
    """Returns for each document: key, is article, country, path, is in menus, title, summary, text, and the four token
    columns, as the fields of `search.matching.Candidate`. One query.

    Articles have neither path nor menu flag. The text is empty unless `whole`.
    """
    text, keys = "document.text" if whole else "''", ", ".join(map(str, documents))
    return rows(_TEXTS.format(text=text, keys=keys), []) if keys else []


def translated_hits(hits: Iterable[Hit], locale: int) -> list[Hit]:
    """Returns the hits for the translations of these documents that may be shown, in their order. One query."""
    hits = list(hits)
    now, today = _adapt_moment(timezone.now()), timezone.localdate().isoformat()
    keys = ", ".join(str(hit.page) for hit in hits)
    stored = rows(_TRANSLATED.format(keys=keys), [locale, now, today]) if keys else []
    hidden = private_entries()
    found = {}
    for own, *values in stored:
        hit = Hit(*values)
        if hit.page not in hidden:
            found[own, hit.country] = hit
    wanted = ((hit.page, hit.country) for hit in hits)
    return [found[one] for one in wanted if one in found]


def latest_drafts(expression: Expression, pages: QuerySet[Page], most: int) -> list[int]:
    """Returns the keys of the newest of `pages` whose latest revision matches. One query."""
    try:
        among, params = pages.extra(where=[_OF_DRAFT]).order_by().values("pk").query.sql_with_params()  # noqa: S610
    except EmptyResultSet:
        return []
    vendor = connection.vendor
    order = f"ORDER BY {_DRAFTS_ORDER[vendor]} DESC LIMIT {most:d}"
    sql = f"SELECT draft.page_id {_DRAFTS[vendor]} AND EXISTS ({among}) {order}"
    written = for_sqlite(expression) if vendor == "sqlite" else for_postgresql(expression)
    return [key for (key,) in rows(sql, [written, *params])]


@contextmanager
def bulk_writing() -> Iterator[None]:
    """Lets PostgreSQL sort the lexemes of thousands of documents into its index at the end, at a fifth of the cost.

    Meanwhile each search also reads the pending entries.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER INDEX {_INDEX} SET (fastupdate = on)")
        try:
            yield
        finally:
            cursor.execute(f"ALTER INDEX {_INDEX} SET (fastupdate = off)")
            cursor.execute(f"SELECT gin_clean_pending_list('{_INDEX}')")


def _adapt_moment(now: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(now)
