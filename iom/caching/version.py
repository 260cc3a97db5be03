"""The content version, which stays equal while nothing that visitors may see changes.

`Version.number` changes with the database (`triggers`). `Version.until` is the next moment at which public pages
change by the clock, such as the expiry of an article. Apps register such moments with `@changes_by_clock`.
"""

import threading
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import cached_property, wraps
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from iom.caching.recording import Recording, add_to_current_recording, record_queries

MAX_RESULTS = 2000  # of one function for one version


class Number(NamedTuple):
    """`changes` differs after each change; `everywhere` differs after each change that any page may show."""

    changes: int
    everywhere: int


class Version(NamedTuple):
    """A content version. `until`: POSIX time, in seconds."""

    number: Number
    until: float


_next_changes: list[Callable[[datetime], datetime | None]] = []


def changes_by_clock[F: Callable[[datetime], datetime | None]](function: F) -> F:
    """Registers a function that returns when public pages next change by the clock after the given moment, or None."""
    _next_changes.append(function)
    return function


def today(now: datetime | None = None) -> date:
    """Returns the day in the site's time zone, whichever time zone the user of the admin has chosen."""
    return timezone.localdate(now, timezone.get_default_timezone())


@changes_by_clock
def midnight(now: datetime) -> datetime:
    """Returns the next midnight in the site's time zone. Periods in days end then, such as a press contact's."""
    tomorrow = today(now) + timedelta(days=1)
    return datetime.combine(tomorrow, datetime.min.time(), timezone.get_default_timezone())


def next_change(now: datetime) -> datetime:
    """Returns when public pages next change without a change of the database."""
    return min(filter(None, (find_next(now) for find_next in _next_changes)))


NUMBER_QUERY = "SELECT sum(number), sum(everywhere) FROM caching_contentchange"


def read_number(using: str = DEFAULT_DB_ALIAS) -> Number | None:
    """Returns the stored number, in one query; None while the database is being migrated."""
    with connections[using].cursor() as cursor:  # raw SQL: the ORM compiles a query longer than the database runs it
        cursor.execute(NUMBER_QUERY)
        return parse_number(cursor.fetchone())


def parse_number(row: tuple[int | None, int | None]) -> Number | None:
    changes, everywhere = row
    return None if changes is None or everywhere is None else Number(int(changes), int(everywhere))


_clock = threading.Lock()
_last: Version | None = None


def version_for(number: Number | None) -> Version | None:
    """Returns the current version with this number. Looks up its `until` once, and again after that has passed."""
    global _last
    if number is None:
        return None
    with _clock:
        if _last is None or _last.number != number or _last.until <= time.time():
            _last = Version(number, next_change(timezone.now()).timestamp())
        return _last


class _RequestVersion:
    """The content version of a request, read when it is first needed."""

    def __init__(self, version: Version | None) -> None:
        if version is not None:
            self.version = version

    @cached_property
    def version(self) -> Version | None:
        return version_for(read_number())


_request_version: ContextVar[_RequestVersion | None] = ContextVar("content_version", default=None)
VERSION_KEY = "iom.content_version"  # in the WSGI environment: the version that the page cache has read


class VersionMiddleware:
    """Gives functions with `@cached_per_version` the content version during a GET or HEAD request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        token = _request_version.set(_RequestVersion(request.META.get(VERSION_KEY)))
        try:
            return self.get_response(request)
        finally:
            _request_version.reset(token)


def cached_per_version[**P, T](function: Callable[P, T]) -> Callable[P, T]:
    """Caches the results of a function in this process, by language and arguments, for one content version.

    The function must read only tables with triggers, its arguments must be hashable, and callers must not change its
    results. Nothing is cached outside of GET and HEAD requests.
    """
    results: tuple[Version | None, dict[Any, tuple[T, Recording]]] = (None, {})

    @wraps(function)
    def cached(*arguments: P.args, **named: P.kwargs) -> T:
        nonlocal results
        current = _request_version.get()
        version = current.version if current else None
        if version is None:
            return function(*arguments, **named)
        if results[0] != version or len(results[1]) >= MAX_RESULTS:
            results = (version, {})
        found, key = results[1], (get_language(), arguments, *sorted(named.items()))
        if key not in found:
            with record_queries() as recording:
                result = function(*arguments, **named)
            recording.track_lazy_loads(result)
            found[key] = result, recording
        result, recording = found[key]
        add_to_current_recording(recording)
        return result

    return cached
