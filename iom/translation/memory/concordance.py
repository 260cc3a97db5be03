"""Concordance search: finds the newest entries of the memory that contain words or phrases on one side.

The database reads a limited number of matches, whatever the size of the memory. SQLite's index returns the newest
first. PostgreSQL's index is queried for the newest period of keys, then for longer ones (`_PERIODS`, migration 0008).
"""

import re
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from wagtail.models import Locale

from iom.translation.content.text import plain_text
from iom.translation.memory import tokenization
from iom.translation.memory.entries import is_in_original
from iom.translation.models import MemoryEntry

MAX_RESULTS = 50
_MAX_MATCHES = 200  # more than MAX_RESULTS, because some are outdated or have the same wording
_TERM = re.compile(r"[\"“”«»]\s*([^\"“”«»]+?)\s*[\"“”«»]|([^\s\"“”«»]+)")
_SQLITE = (
    "SELECT rowid FROM translation_memoryfulltext WHERE translation_memoryfulltext MATCH %s "
    "ORDER BY rowid DESC LIMIT %s"
)
_RECENT = 4096
_PIECE = re.compile(r"([^\W_]+)")
_POSTGRESQL_RECENT = (
    "SELECT id FROM (SELECT id, fulltext FROM translation_memoryentry ORDER BY id DESC LIMIT %s) recent "
    "WHERE fulltext @@ %s::tsquery ORDER BY id DESC LIMIT %s"
)
_POSTGRESQL = (
    "SELECT id FROM (SELECT id FROM translation_memoryentry WHERE fulltext @@ %s::tsquery OFFSET 0) found "
    "ORDER BY id DESC LIMIT %s"
)
# The mark of a period in the index, the bits of the key that it omits, and how many of the newest periods are read
_PERIODS = (("@", 12, 16), ("#", 16, 16))


class ConcordanceQuery:
    """A query as the stems of its terms, by language. A term of several words is a phrase."""

    def __init__(self, text: str) -> None:
        terms = [phrase or word for phrase, word in _TERM.findall(text)]
        languages = Locale.objects.values_list("language_code", flat=True)
        found = {code: [tokenization.content_words(term, code) for term in terms] for code in languages}
        self.terms = {code: kept for code, stems in found.items() if (kept := [term for term in stems if term])}

    def as_fulltext_query(self, phrase: str, both: str, either: str) -> str:
        """Returns the query for a database, with its operators: within a phrase, between terms, between languages."""
        sides = (
            both.join(phrase.join(tokenization.index_token(stem, code) for stem in term) for term in terms)
            for code, terms in self.terms.items()
        )
        return either.join(f"({side})" for side in sides)

    def highlight(self, text: str, language: str) -> list[tuple[bool, str]]:
        """Splits the plain text of a passage into pieces, each with whether it matches the query."""
        stems = {stem for term in self.terms.get(language, []) for stem in term}
        return [
            (not stems.isdisjoint(tokenization.content_words(piece, language)), piece)
            for piece in _PIECE.split(plain_text(text))
        ]


def search(query: ConcordanceQuery) -> list[MemoryEntry]:
    """Returns at most MAX_RESULTS entries, the newest first, each wording once."""
    if not query.terms:
        return []
    rows = MemoryEntry.objects.standing().filter(pk__in=_find_keys(query)).order_by("-pk")
    seen: dict[tuple[str, str], MemoryEntry] = {}
    for row in rows:
        if is_in_original(row):
            seen.setdefault((row.source, row.target), row)
    return list(seen.values())[:MAX_RESULTS]


def _find_keys(query: ConcordanceQuery) -> list[int]:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_SQLITE, [query.as_fulltext_query(" + ", " AND ", " OR "), _MAX_MATCHES])
            return [key for (key,) in cursor.fetchall()]
        tsquery, found = query.as_fulltext_query(" <-> ", " & ", " | "), list[int]()
        for sql, params in _statements(cursor, tsquery):
            cursor.execute(sql, [*params, _MAX_MATCHES])
            found = [key for (key,) in cursor.fetchall()]
            if len(found) >= MAX_RESULTS:
                break
        return found


def _statements(cursor: Any, tsquery: str) -> Iterator[tuple[str, list[Any]]]:
    """Yields the statements for PostgreSQL: on the newest entries, on longer and longer periods, then on all."""
    cursor.execute("SET LOCAL enable_seqscan = off")
    yield _POSTGRESQL_RECENT, [_RECENT, tsquery]
    cursor.execute("SELECT max(id) FROM translation_memoryentry")
    newest = cursor.fetchone()[0] or 0
    for sign, bits, number in _PERIODS:
        last = newest >> bits
        if last >= number:
            periods = " | ".join(f"'{sign}{period}'" for period in range(last, last - number, -1))
            yield _POSTGRESQL, [f"({tsquery}) & ({periods})"]
    yield _POSTGRESQL, [tsquery]
