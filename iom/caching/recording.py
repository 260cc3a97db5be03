"""Records the queries behind a page or a cached result, with digests of their results.

A cached object that loads a relation later adds that query to the recording of its result. A recording is incomplete
if one of its objects may load more in ways that cannot be recorded. A page made from it must be rendered again.
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

from iom.caching.triggers import IGNORED_COLUMNS

_READING_STATEMENTS = ("SELECT", "WITH")
_HARMLESS_STATEMENTS = ("SAVEPOINT", "RELEASE SAVEPOINT")


class Query(NamedTuple):
    """A query. `timestamps`: the indexes of the parameters that were the current time."""

    sql: str
    params: tuple[Any, ...]
    timestamps: tuple[int, ...]

    @property
    def key(self) -> bytes:
        return hashlib.blake2b(f"{self.sql}{self.params}".encode(), digest_size=16).digest()

    def current_digest(self) -> bytes:
        """Repeats the query, with the current time, and returns the digest of its result."""
        params = list(self.params)
        for place in self.timestamps:
            now = timezone.now()
            params[place] = now if isinstance(params[place], datetime) else _as_text(now)
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params or None)
            result = ResultDigest(cursor.description)
            for row in cursor:
                result.add(row)
        return result.digest


class ResultDigest:
    """A digest of the values that pages may show; without the columns of drafts and the number of child pages."""

    def __init__(self, columns: Sequence[Any] | None) -> None:
        names = [column[0] for column in columns or ()]
        self._ignored = [place for place, name in enumerate(names) if name in IGNORED_COLUMNS["wagtailcore_page"]]
        self._child_counts = [place for place, name in enumerate(names) if name == "numchild"]
        self._digest = hashlib.blake2b(digest_size=12)

    def add(self, row: Sequence[Any]) -> None:
        values = [bytes(value) if isinstance(value, memoryview) else value for value in row]
        for place in self._ignored:
            values[place] = None
        for place in self._child_counts:
            values[place] = bool(values[place])  # Wagtail queries the children only if there are any
        self._digest.update(repr(values).encode())

    @property
    def digest(self) -> bytes:
        return self._digest.digest()


class _RecordingCursor:
    """A database cursor that adds the rows to a digest as they are read."""

    def __init__(self, cursor: Any, result: ResultDigest) -> None:
        self.wrapped, self._result = cursor, result

    def __getattr__(self, name: str) -> Any:
        return getattr(self.wrapped, name)

    def __iter__(self) -> Iterator[Any]:
        for row in self.wrapped:
            self._result.add(row)
            yield row

    def fetchone(self) -> Any:
        row = self.wrapped.fetchone()
        if row is not None:
            self._result.add(row)
        return row

    def fetchmany(self, *size: int) -> list[Any]:
        return self._record(self.wrapped.fetchmany(*size))

    def fetchall(self) -> list[Any]:
        return self._record(self.wrapped.fetchall())

    def _record(self, rows: list[Any]) -> list[Any]:
        for row in rows:
            self._result.add(row)
        return rows


class Recording:
    """The queries of a block, and the recordings of the cached results that it used."""

    def __init__(self) -> None:
        self._results: list[tuple[Query, ResultDigest]] = []
        self._parts: dict[Recording, None] = {}
        self._is_incomplete = False
        self._began = timezone.now()

    def digests(self) -> list[tuple[Query, bytes]] | None:
        """Returns each query so far with the digest of its result; None if they cannot prove that nothing changed."""
        found: dict[bytes, tuple[Query, bytes]] = {}
        for recording in self._with_parts(set()):
            if recording._is_incomplete:
                return None
            for query, result in recording._results:
                digest = result.digest
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
        """Adds the recording of a cached result that this one uses. It may still grow."""
        self._parts[part] = None

    def track_lazy_loads(self, result: Any) -> None:
        """Records what the objects in a result load later. Marks the recording incomplete if that is not possible."""
        for found in _reachable_objects(result, set()):
            if isinstance(found, Model):
                found._state.fetch_mode = _RecordingFetchMode(self)
            # The text of a page loads the objects that it refers to, and `specific` is a query.
            self._is_incomplete |= isinstance(found, Page | QuerySet | Manager)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """The wrapper for Django's `execute_wrapper`."""
        cursor = context["cursor"]
        if isinstance(cursor.cursor, _RecordingCursor):  # left by the previous query
            cursor.cursor = cursor.cursor.wrapped
        result = execute(sql, params, many, context)
        if _current.get() is not self:
            return result
        if sql.lstrip("( ").startswith(_READING_STATEMENTS) and not many:
            given = tuple(params or ())
            query = Query(sql, given, tuple(self._timestamps(given)))
            rows_digest = ResultDigest(cursor.description)
            self._results.append((query, rows_digest))
            cursor.cursor = _RecordingCursor(cursor.cursor, rows_digest)
        elif not sql.startswith(_HARMLESS_STATEMENTS):
            self._is_incomplete = True
        return result

    def _timestamps(self, params: tuple[Any, ...]) -> Iterator[int]:
        now = timezone.now()
        for place, value in enumerate(params):
            is_timestamp = isinstance(value, datetime) and self._began <= value <= now
            if is_timestamp or (isinstance(value, str) and _as_text(self._began) <= value <= _as_text(now)):
                yield place


def _as_text(moment: datetime) -> str:
    """Returns the moment in the format in which Django passes it to SQLite."""
    return str(connection.ops.adapt_datetimefield_value(moment))


_current: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def record_queries(recording: Recording | None = None) -> Iterator[Recording]:
    """Records the queries of a block. They count for the recording around the block as well."""
    own, around = recording or Recording(), _current.get()
    token = _current.set(own)
    try:
        with connection.execute_wrapper(own):
            yield own
    finally:
        _current.reset(token)
        if around is not None:
            around.add(own)


def add_to_current_recording(part: Recording) -> None:
    """Notes that the current recording uses a cached result."""
    if recording := _current.get():
        recording.add(part)


class _RecordingFetchMode(FetchMode):
    """Loads a relation of a cached object. The query is recorded before any thread can use the loaded relation."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording

    def fetch(self, fetcher: Any, instance: Model) -> None:
        with record_queries(self._recording):
            fetcher.fetch_one(instance)


def _reachable_objects(value: Any, seen: set[int]) -> Iterator[Any]:
    """Yields the value and all objects that can be reached from it, except plain values."""
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
        yield from _reachable_objects(part, seen)
