"""Counts reads in the memory of a process. Nothing of a request is kept but its path."""

import atexit
import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from django.db import DatabaseError, InterfaceError, connection

from iom.reads import writing
from iom.reads.requests import is_read

INTERVAL = 60.0  # seconds: what a process loses that is killed
MOST = 20_000  # different paths that are counted between two writings

logger = logging.getLogger(__name__)


class Tally:
    """Reads that are not written yet, by path. A thread writes them each INTERVAL, and the process at its end."""

    def __init__(self, write: Callable[[Mapping[str, int]], None] = writing.add, interval: float = INTERVAL) -> None:
        self._add, self._interval = write, interval
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def count(self, environ: Mapping[str, Any]) -> None:
        """Counts a request that was answered, if it is a read. `environ`: of WSGI."""
        if not is_read(environ):
            return
        path = environ["PATH_INFO"]
        with self._lock:
            if path in self._counts or len(self._counts) < MOST:
                self._counts[path] += 1
            if self._thread is None:  # in this process: the server forks before the first request
                self._thread = threading.Thread(target=self._keep_writing, name="reads", daemon=True)
                self._thread.start()
                atexit.register(self.write)

    def write(self) -> None:
        """Writes what is counted. While the database is away it is kept for the next time."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if not counts:
            return
        try:
            self._add(counts)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("%d reads could not be written yet: %s", counts.total(), error)
            with self._lock:
                self._counts.update(counts)

    def _keep_writing(self) -> None:
        pause = threading.Event()
        while not pause.wait(self._interval):
            self.write()
            connection.close()
