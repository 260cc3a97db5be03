"""How words or a phrase were rendered: the newest passages, of any pair of languages, that have them on one side.

The database reads a limited number of matches, whatever the size of the memory. SQLite's index gives the newest first.
PostgreSQL's is asked for the newest period of keys, then for longer ones (`_PERIODS`, migration 0008).
"""

import re
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from wagtail.models import Locale

from iom.translation.content.text import plain
from iom.translation.memory import words
from iom.translation.memory.pairs import stands_in_original
from iom.translation.models import MemoryEntry

SHOWN = 50
_READ = 200  # matches, of which some are not offered any more, or say the same
_PART = re.compile(r"[\"“”«»]\s*([^\"“”«»]+?)\s*[\"“”«»]|([^\s\"“”«»]+)")
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
# The sign of a period in the index, the bits that it leaves out, and how many of the newest are read
_PERIODS = (("@", 12, 16), ("#", 16, 16))


class Asked:
    """What was asked: the stems of its parts, by language. A part of several words is a phrase."""

    def __init__(self, query: str) -> None:
        said = [phrase or word for phrase, word in _PART.findall(query)]
        languages = Locale.objects.values_list("language_code", flat=True)
        found = {code: [words.content_words(part, code) for part in said] for code in languages}
        self.parts = {code: kept for code, parts in found.items() if (kept := [part for part in parts if part])}

    def written(self, phrase: str, both: str, either: str) -> str:
        """For a database: what stands between the words of a phrase, between parts, and between languages."""
        sides = (
            both.join(phrase.join(words.token(stem, code) for stem in part) for part in parts)
            for code, parts in self.parts.items()
        )
        return either.join(f"({side})" for side in sides)

    def parted(self, text: str, language: str) -> list[tuple[bool, str]]:
        """The plain text of a passage in pieces, each with whether it was asked for."""
        stems = {stem for part in self.parts.get(language, []) for stem in part}
        return [
            (not stems.isdisjoint(words.content_words(piece, language)), piece) for piece in _PIECE.split(plain(text))
        ]


def search(asked: Asked) -> list[MemoryEntry]:
    """At most SHOWN entries, the newest first, each wording once."""
    if not asked.parts:
        return []
    rows = MemoryEntry.objects.standing().filter(pk__in=list(_found(asked))).order_by("-pk")
    seen: dict[tuple[str, str], MemoryEntry] = {}
    for row in rows:
        if stands_in_original(row):
            seen.setdefault((row.source, row.target), row)
    return list(seen.values())[:SHOWN]


def _found(asked: Asked) -> Iterator[int]:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_SQLITE, [asked.written(" + ", " AND ", " OR "), _READ])
            yield from (key for (key,) in cursor.fetchall())
            return
        said, found = asked.written(" <-> ", " & ", " | "), list[int]()
        for sql, params in _statements(cursor, said):
            cursor.execute(sql, [*params, _READ])
            found = [key for (key,) in cursor.fetchall()]
            if len(found) >= SHOWN:
                break
        yield from found


def _statements(cursor: Any, said: str) -> Iterator[tuple[str, list[Any]]]:
    """For PostgreSQL: the newest entries, then longer and longer periods, then all."""
    cursor.execute("SET LOCAL enable_seqscan = off")
    yield _POSTGRESQL_RECENT, [_RECENT, said]
    cursor.execute("SELECT max(id) FROM translation_memoryentry")
    newest = cursor.fetchone()[0] or 0
    for sign, bits, number in _PERIODS:
        last = newest >> bits
        if last >= number:
            periods = " | ".join(f"'{sign}{period}'" for period in range(last, last - number, -1))
            yield _POSTGRESQL, [f"({said}) & ({periods})"]
    yield _POSTGRESQL, [said]
