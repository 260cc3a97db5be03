"""The content version: equal as long as nothing that visitors may see has changed.

`Version.number` changes with the database (`triggers`). `Version.until` is the moment at which public pages change
without it, such as when an article expires: apps name such moments with `@changes_by_clock`.
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

from iom.caching.recording import Recording, has_been_made_from, recorded

MOST_RESULTS = 2000  # that a function keeps for one version


class Number(NamedTuple):
    """`changes` is another one after each change; `everywhere`, after each that any page may show."""

    changes: int
    everywhere: int


class Version(NamedTuple):
    """`until`: POSIX time, in seconds."""

    number: Number
    until: float


_moments: list[Callable[[datetime], datetime | None]] = []


def changes_by_clock[F: Callable[[datetime], datetime | None]](function: F) -> F:
    """Registers a function that says when public pages change next by the clock, after the moment that it is given."""
    _moments.append(function)
    return function


def today(now: datetime | None = None) -> date:
    """The day in the site's time zone, whichever zone the person has chosen who works in the admin."""
    return timezone.localdate(now, timezone.get_default_timezone())


@changes_by_clock
def midnight(now: datetime) -> datetime:
    """What counts in days, such as the last day of a press contact, ends at midnight in the site's time zone."""
    tomorrow = today(now) + timedelta(days=1)
    return datetime.combine(tomorrow, datetime.min.time(), timezone.get_default_timezone())


def next_change(now: datetime) -> datetime:
    """When public pages change next without a change of the database."""
    return min(filter(None, (ask(now) for ask in _moments)))


NUMBER = "SELECT sum(number), sum(everywhere) FROM caching_contentchange"


def number(using: str = DEFAULT_DB_ALIAS) -> Number | None:
    """The number that is stored now; None while the database is migrated. One query."""
    with connections[using].cursor() as cursor:  # Django takes longer to compile it than to ask
        cursor.execute(NUMBER)
        return as_number(cursor.fetchone())


def as_number(row: tuple[int | None, int | None]) -> Number | None:
    changes, everywhere = row
    return None if changes is None or everywhere is None else Number(int(changes), int(everywhere))


_clock = threading.Lock()
_last: Version | None = None


def of(number: Number | None) -> Version | None:
    """The version with this number, now. The moments are asked for once for each number, and after each has passed."""
    global _last
    if number is None:
        return None
    with _clock:
        if _last is None or _last.number != number or _last.until <= time.time():
            _last = Version(number, next_change(timezone.now()).timestamp())
        return _last


class _Asked:
    """The version at the beginning of a request, which is asked for when it is first needed."""

    def __init__(self, version: Version | None) -> None:
        if version is not None:
            self.version = version

    @cached_property
    def version(self) -> Version | None:
        return of(number())


_request: ContextVar[_Asked | None] = ContextVar("content_version", default=None)
ENVIRON = "iom.content_version"  # where the page cache tells Django the version


class VersionMiddleware:
    """Lets functions that are `kept` know the version during a request that only reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        token = _request.set(_Asked(request.META.get(ENVIRON)))
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


def kept[**P, T](function: Callable[P, T]) -> Callable[P, T]:
    """Keeps the results of a function in this process, by language and arguments, for one content version only.

    For functions of hashable arguments that read nothing but tables with triggers; nobody may change the results.
    Outside of a request that only reads, nothing is kept.
    """
    results: tuple[Version | None, dict[Any, tuple[T, Recording]]] = (None, {})

    @wraps(function)
    def keeping(*arguments: P.args, **named: P.kwargs) -> T:
        nonlocal results
        asked = _request.get()
        version = asked.version if asked else None
        if version is None:
            return function(*arguments, **named)
        if results[0] != version or len(results[1]) >= MOST_RESULTS:
            results = (version, {})
        found, key = results[1], (get_language(), arguments, *sorted(named.items()))
        if key not in found:
            with recorded() as recording:
                result = function(*arguments, **named)
            recording.seal(result)
            found[key] = result, recording
        result, recording = found[key]
        has_been_made_from(recording)
        return result

    return keeping
