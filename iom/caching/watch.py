"""Tells a process the content version outside of Django's requests, and on SQLite without Django's connection."""

import math
import os
import sqlite3
import threading
import time
from collections import deque
from pathlib import Path
from typing import NamedTuple

from django.db import DatabaseError, InterfaceError, connection

from iom.caching.version import NUMBER_QUERY, Number, Version, parse_number, read_number, version_for

PAUSE = 0.2  # seconds between two queries to a server
MAX_AGE = 0.5  # seconds for which a result of the server is valid
TIMEOUT = 2.0  # seconds without a result after which the database counts as down
SETTLED_AFTER = 60.0  # seconds without a change, after which a replica may be read
GRACE = 0.9  # seconds for which a page may be served after the database was last seen at its version
MAX_OBSERVATIONS = 100  # earlier versions to remember
WATCH_KEY = "iom.watch"  # in the WSGI environment: the watch of the page cache


class Observation(NamedTuple):
    """The content version at one moment.

    `version`: None if nothing may be cached, or the version was never read. `is_away`: the database does not respond.
    `seen`: the time of the query, by time.monotonic().
    """

    version: Version | None
    seen: float
    is_away: bool = False


class Watch:
    """Keeps the latest observation, and the last observation of each earlier version."""

    def __init__(self) -> None:
        self.observation = Observation(None, 0)
        self._since = math.inf
        self._earlier: deque[Observation] = deque(maxlen=MAX_OBSERVATIONS)

    def observe(self, newer_than: float = 0) -> Observation:
        """Returns the current version, read after `newer_than` (time.monotonic()) unless the database is down."""
        raise NotImplementedError

    def record(self, version: Version | None, seen: float) -> Observation:
        if version != self.observation.version:
            self._earlier.append(self.observation)
            self._since = seen
        self.observation = Observation(version, seen)
        return self.observation

    def record_outage(self) -> Observation:
        self.observation = self.observation._replace(is_away=True)
        return self.observation

    def is_in_grace(self, version: Version) -> bool:
        """Whether the database was last seen at this version less than GRACE seconds ago."""
        earliest = time.monotonic() - GRACE
        return any(one.version == version and one.seen >= earliest for one in (self.observation, *self._earlier))

    def is_settled(self, version: Version) -> bool:
        """Whether the version has not changed for SETTLED_AFTER seconds, and the database is not down."""
        seen = self.observation
        return seen.version == version and not seen.is_away and seen.seen - self._since >= SETTLED_AFTER


class FileWatch(Watch):
    """Queries SQLite at each observation. This takes some microseconds while nothing is written."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None
        self._file: int | None = None
        self._written: int | None = None
        self._number: Number | None = None

    def observe(self, newer_than: float = 0) -> Observation:
        now = time.monotonic()
        with self._lock:
            try:
                return self.record(version_for(self._ask()), now)
            except (OSError, sqlite3.Error, DatabaseError, InterfaceError):
                self._file = None
                return self.record_outage()

    def _ask(self) -> Number | None:
        file = os.stat(self._path).st_ino
        if self._database is None or file != self._file:
            address = f"{Path(self._path).absolute().as_uri()}?mode=ro"
            self._database = sqlite3.connect(address, uri=True, timeout=1, check_same_thread=False)
            self._file, self._written = file, None
        # The value changes whenever another connection has written: https://sqlite.org/pragma.html
        written = self._database.execute("PRAGMA data_version").fetchone()[0]
        if written != self._written:
            self._number = parse_number(self._database.execute(NUMBER_QUERY).fetchone())
            self._written = written
        return self._number


class PolledWatch(Watch):
    """Queries a database server in a thread, so that readers do not wait for it."""

    def __init__(self) -> None:
        super().__init__()
        self._observed = threading.Condition()
        self._wanted = threading.Event()
        self._thread: threading.Thread | None = None

    def observe(self, newer_than: float = 0) -> Observation:
        wanted = max(newer_than, time.monotonic() - MAX_AGE)
        found = self.observation
        return found if found.seen >= wanted or found.is_away else self._wait(wanted)

    def _wait(self, wanted: float) -> Observation:
        with self._observed:
            if self._thread is None:  # not earlier: the server forks before the first request
                self._thread = threading.Thread(target=self._poll, name="content version", daemon=True)
                self._thread.start()
            self._wanted.set()
            answered = self._observed.wait_for(
                lambda: self.observation.seen >= wanted or self.observation.is_away, TIMEOUT
            )
            return self.observation if answered else self.record_outage()

    def _poll(self) -> None:
        while True:
            self._wanted.clear()
            now = time.monotonic()
            try:
                version = version_for(read_number())
            except (DatabaseError, InterfaceError, OSError):
                connection.close()
                with self._observed:
                    self.record_outage()
                    self._observed.notify_all()
            else:
                with self._observed:
                    self.record(version, now)
                    self._observed.notify_all()
            self._wanted.wait(PAUSE)


def get_watch() -> Watch:
    """Returns a watch for the database of the settings."""
    name = str(connection.settings_dict["NAME"])
    return FileWatch(name) if connection.vendor == "sqlite" and Path(name).is_absolute() else PolledWatch()
