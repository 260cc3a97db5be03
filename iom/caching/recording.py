"""The queries that something was made from, with digests of their answers: a page, or a result that is kept.

A kept object that loads a relation later adds the query to those of its result. An object that may load more in ways
that are not known here is said to be open: what is made from it, only rendering it again can tell.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Manager, Model, QuerySet
from django.db.models.fetch_modes import FetchMode
from django.utils import timezone
from pyroaring import BitMap
from wagtail.models import Page

from iom.caching.triggers import MUTED

_READS = ("SELECT", "WITH")
_NOTHING = ("SAVEPOINT", "RELEASE SAVEPOINT")


class Query(NamedTuple):
    """`moments`: the places of the parameters that were the time of asking."""

    sql: str
    params: tuple[Any, ...]
    moments: tuple[int, ...]

    @property
    def key(self) -> bytes:
        return hashlib.blake2b(f"{self.sql}{self.params}".encode(), digest_size=16).digest()

    def ask_again(self) -> bytes:
        """The digest of the answer now."""
        params = list(self.params)
        for place in self.moments:
            now = timezone.now()
            params[place] = now if isinstance(params[place], datetime) else _as_text(now)
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params or None)
            answer = Answer(cursor.description)
            for row in cursor:
                answer.add(row)
        return answer.digest


class Answer:
    """A digest of what pages may show of rows: not of the columns of drafts, nor of how many children a page has."""

    def __init__(self, columns: Sequence[Any] | None) -> None:
        names = [column[0] for column in columns or ()]
        self._muted = [place for place, name in enumerate(names) if name in MUTED["wagtailcore_page"]]
        self._numbers = [place for place, name in enumerate(names) if name == "numchild"]
        self._digest = hashlib.blake2b(digest_size=12)

    def add(self, row: Sequence[Any]) -> None:
        values = [bytes(value) if isinstance(value, memoryview) else value for value in row]
        for place in self._muted:
            values[place] = None
        for place in self._numbers:
            values[place] = bool(values[place])  # without children, Wagtail does not ask for them
        self._digest.update(repr(values).encode())

    @property
    def digest(self) -> bytes:
        return self._digest.digest()


class _Cursor:
    """A cursor of the database whose rows are recorded as they are read."""

    def __init__(self, cursor: Any, answer: Answer) -> None:
        self.recorded, self._answer = cursor, answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self.recorded, name)

    def __iter__(self) -> Iterator[Any]:
        for row in self.recorded:
            self._answer.add(row)
            yield row

    def fetchone(self) -> Any:
        row = self.recorded.fetchone()
        if row is not None:
            self._answer.add(row)
        return row

    def fetchmany(self, *size: int) -> list[Any]:
        return self._added(self.recorded.fetchmany(*size))

    def fetchall(self) -> list[Any]:
        return self._added(self.recorded.fetchall())

    def _added(self, rows: list[Any]) -> list[Any]:
        for row in rows:
            self._answer.add(row)
        return rows


class Recording:
    def __init__(self) -> None:
        self._answers: list[tuple[Query, Answer]] = []
        self._parts: dict[Recording, None] = {}
        self._is_open = False
        self._began = timezone.now()

    def digests(self) -> list[tuple[Query, bytes]] | None:
        """Of the answers to all queries so far, each once; None where they do not tell whether the same would be made
        again."""
        found: dict[bytes, tuple[Query, bytes]] = {}
        for recording in self._with_parts(set()):
            if recording._is_open:
                return None
            for query, answer in recording._answers:
                digest = answer.digest
                if found.setdefault(query.key, (query, digest))[1] != digest:  # the database changed in between
                    return None
        return list(found.values())

    def _with_parts(self, seen: "set[Recording]") -> Iterator["Recording"]:
        if self not in seen:
            seen.add(self)
            yield self
            for part in tuple(self._parts):
                yield from part._with_parts(seen)

    def add(self, part: "Recording") -> None:
        """This is made from a part that has been recorded, and may load more."""
        self._parts[part] = None

    def seal(self, result: Any) -> None:
        """Whatever objects within a result load later is recorded; where that cannot be done, the result is open."""
        for found in _objects(result, set()):
            if isinstance(found, Model):
                found._state.fetch_mode = _Recorded(self)
            # The text of a page loads what it names, and `specific` is a query.
            self._is_open |= isinstance(found, Page | QuerySet | Manager)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """For Django's `execute_wrapper`."""
        cursor = context["cursor"]
        if isinstance(cursor.cursor, _Cursor):  # of the query before
            cursor.cursor = cursor.cursor.recorded
        result = execute(sql, params, many, context)
        if _current.get() is not self:
            return result
        if sql.lstrip("( ").startswith(_READS) and not many:
            given = tuple(params or ())
            query = Query(sql, given, tuple(self._moments(given)))
            answer = Answer(cursor.description)
            self._answers.append((query, answer))
            cursor.cursor = _Cursor(cursor.cursor, answer)
        elif not sql.startswith(_NOTHING):
            self._is_open = True
        return result

    def _moments(self, params: tuple[Any, ...]) -> Iterator[int]:
        now = timezone.now()
        for place, value in enumerate(params):
            is_moment = isinstance(value, datetime) and self._began <= value <= now
            if is_moment or (isinstance(value, str) and _as_text(self._began) <= value <= _as_text(now)):
                yield place


def _as_text(moment: datetime) -> str:
    """As Django gives it to SQLite."""
    return str(connection.ops.adapt_datetimefield_value(moment))


_current: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def recorded(recording: Recording | None = None) -> Iterator[Recording]:
    """Records the queries of a block. What the block is part of is made from them, too."""
    own, around = recording or Recording(), _current.get()
    token = _current.set(own)
    try:
        with connection.execute_wrapper(own):
            yield own
    finally:
        _current.reset(token)
        if around is not None:
            around.add(own)


def has_been_made_from(part: Recording) -> None:
    """What is being recorded uses a result that is kept."""
    if recording := _current.get():
        recording.add(part)


class _Recorded(FetchMode):
    """Loads a relation of a kept object, and records the query before anyone can find it loaded."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording

    def fetch(self, fetcher: Any, instance: Model) -> None:
        with recorded(self._recording):
            fetcher.fetch_one(instance)


def _objects(value: Any, seen: set[int]) -> Iterator[Any]:
    """The value and all that can be reached from it, but for plain values."""
    if id(value) in seen or isinstance(value, str | bytes | int | float | None | date | UUID | BitMap):
        return
    seen.add(id(value))
    yield value
    if isinstance(value, dict):
        parts: Iterable[Any] = (*value.keys(), *value.values())
    elif isinstance(value, list | tuple | set | frozenset):
        parts = value
    elif isinstance(value, Model):
        parts = value._state.fields_cache.values()
    else:
        parts = vars(value).values() if hasattr(value, "__dict__") else ()
    for part in parts:
        yield from _objects(part, seen)
