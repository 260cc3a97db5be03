"""Counts reads in the memory of a process. Only the path of a request is kept."""

import atexit
import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from django.db import DatabaseError, InterfaceError, connection

from iom.reads import writing
from iom.reads.requests import is_read

INTERVAL = 60.0  # seconds between two writings; a killed process loses at most these reads
MAX_PATHS = 20_000  # different paths that are counted between two writings

logger = logging.getLogger(__name__)


class Tally:
    """Reads that are not written yet, by path. A thread writes them every INTERVAL, and the process when it exits."""

    def __init__(
        self, write: Callable[[Mapping[str, int]], None] = writing.add_reads, interval: float = INTERVAL
    ) -> None:
        self._write, self._interval = write, interval
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def count(self, environ: Mapping[str, Any]) -> None:
        """Counts an answered WSGI request, if it is a read."""
        if not is_read(environ):
            return
        path = environ["PATH_INFO"]
        with self._lock:
            if path in self._counts or len(self._counts) < MAX_PATHS:
                self._counts[path] += 1
            if self._thread is None:  # not earlier: the server forks before the first request
                self._thread = threading.Thread(target=self._keep_writing, name="reads", daemon=True)
                self._thread.start()
                atexit.register(self.write)

    def write(self) -> None:
        """Writes the counts. While the database is down, keeps them for the next time."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if not counts:
            return
        try:
            self._write(counts)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("The counts of %d reads could not be written; trying again: %s", counts.total(), error)
            with self._lock:
                self._counts.update(counts)

    def _keep_writing(self) -> None:
        pause = threading.Event()
        while not pause.wait(self._interval):
            self.write()
            connection.close()
