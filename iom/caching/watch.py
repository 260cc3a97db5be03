"""What a process knows of the content version, without Django's request and, on SQLite, without Django."""

import math
import os
import sqlite3
import threading
import time
from collections import deque
from pathlib import Path
from typing import NamedTuple

from django.db import DatabaseError, InterfaceError, connection

from iom.caching.version import NUMBER, Number, Version, as_number, number, of

PAUSE = 0.2  # seconds between two questions to a server
MAX_AGE = 0.5  # seconds for which an answer of the server counts
TIMEOUT = 2.0  # seconds without an answer, after which the database counts as away
SETTLED = 60.0  # seconds without a change, after which a replica may be read
GRACE = 0.9  # seconds for which a page may still be given after the database was last seen at its version
REMEMBERED = 100  # versions
ENVIRON = "iom.watch"  # where the page cache gives Django its watch


class Observation(NamedTuple):
    """`version`: None where nothing may be kept, or the version was never known. `is_away`: the database does not
    answer. `seen`: when it was asked, in seconds of time.monotonic()."""

    version: Version | None
    seen: float
    is_away: bool = False


class Watch:
    """Knows the last observation, and the last ones of the versions before it."""

    def __init__(self) -> None:
        self.observation = Observation(None, 0)
        self._since = math.inf
        self._before: deque[Observation] = deque(maxlen=REMEMBERED)

    def observe(self, newer_than: float = 0) -> Observation:
        """The version now; as the database has answered after `newer_than` (time.monotonic()), unless it is away."""
        raise NotImplementedError

    def record(self, version: Version | None, seen: float) -> Observation:
        if version != self.observation.version:
            self._before.append(self.observation)
            self._since = seen
        self.observation = Observation(version, seen)
        return self.observation

    def record_outage(self) -> Observation:
        self.observation = self.observation._replace(is_away=True)
        return self.observation

    def is_in_grace(self, version: Version) -> bool:
        """Whether the database was last seen at this version less than GRACE seconds ago."""
        earliest = time.monotonic() - GRACE
        return any(one.version == version and one.seen >= earliest for one in (self.observation, *self._before))

    def is_settled(self, version: Version) -> bool:
        """Whether the database has been seen at this version alone for SETTLED seconds, and is not away."""
        seen = self.observation
        return seen.version == version and not seen.is_away and seen.seen - self._since >= SETTLED


class FileWatch(Watch):
    """Asks SQLite at each observation, which takes some microseconds as long as nothing has been written."""

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
                return self.record(of(self._ask()), now)
            except (OSError, sqlite3.Error, DatabaseError, InterfaceError):
                self._file = None
                return self.record_outage()

    def _ask(self) -> Number | None:
        file = os.stat(self._path).st_ino
        if self._database is None or file != self._file:
            address = f"{Path(self._path).absolute().as_uri()}?mode=ro"
            self._database = sqlite3.connect(address, uri=True, timeout=1, check_same_thread=False)
            self._file, self._written = file, None
        # Another value whenever another connection has written anything: https://sqlite.org/pragma.html
        written = self._database.execute("PRAGMA data_version").fetchone()[0]
        if written != self._written:
            self._number = as_number(self._database.execute(NUMBER).fetchone())
            self._written = written
        return self._number


class PolledWatch(Watch):
    """Asks a server from a thread, so that no reader waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self._news = threading.Condition()
        self._wanted = threading.Event()
        self._thread: threading.Thread | None = None

    def observe(self, newer_than: float = 0) -> Observation:
        wanted = max(newer_than, time.monotonic() - MAX_AGE)
        found = self.observation
        return found if found.seen >= wanted or found.is_away else self._wait(wanted)

    def _wait(self, wanted: float) -> Observation:
        with self._news:
            if self._thread is None:  # in this process: the server forks before the first request
                self._thread = threading.Thread(target=self._poll, name="content version", daemon=True)
                self._thread.start()
            self._wanted.set()
            answered = self._news.wait_for(
                lambda: self.observation.seen >= wanted or self.observation.is_away, TIMEOUT
            )
            return self.observation if answered else self.record_outage()

    def _poll(self) -> None:
        while True:
            self._wanted.clear()
            now = time.monotonic()
            try:
                version = of(number())
            except (DatabaseError, InterfaceError, OSError):
                connection.close()
                with self._news:
                    self.record_outage()
                    self._news.notify_all()
            else:
                with self._news:
                    self.record(version, now)
                    self._news.notify_all()
            self._wanted.wait(PAUSE)


def watch() -> Watch:
    """The watch for the database of the settings."""
    name = str(connection.settings_dict["NAME"])
    return FileWatch(name) if connection.vendor == "sqlite" and Path(name).is_absolute() else PolledWatch()
