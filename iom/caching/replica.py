"""Renders public pages from a replica of the database (DATABASE_REPLICA_URL), which may lag behind its primary.

A page is rendered in one transaction, which sees the replica at one moment. The page is used only if the replica then
has the same content version as the primary. Everything else is read from the primary: requests that bypass the page
cache (users who are signed in, forms, the admin, previews), each page for a minute after a change, and each request
for which the replica fails. Readers do not notice a failure.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections, transaction
from django.http import HttpRequest, HttpResponse

from iom.caching.recording import record_queries
from iom.caching.version import VERSION_KEY, Number, read_number

REPLICA = "replica"  # in DATABASES
SETTLED_KEY = "iom.content_version_is_settled"  # in the WSGI environment: the last change is at least a minute ago
TIMEOUT = 2.0  # seconds for a response; a server may stop without closing its connections
PAUSE = 5.0  # seconds without queries to the replica after a failure

logger = logging.getLogger(__name__)


class ReplicaMiddleware:
    """Renders the requests of the page cache from the replica, if the replica has the current content version."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._lock = threading.Lock()
        self._next_try: float | None = None  # after a failure: the time of the next attempt, by time.monotonic()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        version = request.META.get(VERSION_KEY)
        if version and request.META.get(SETTLED_KEY) and self._may_try():
            response = self._read(request, version.number)
            if response:
                return response
        return self.get_response(request)

    def _may_try(self) -> bool:
        """Whether to use the replica. After a failure, one request after each pause tries it again."""
        with self._lock:
            if self._next_try is None:
                return True
            if time.monotonic() < self._next_try:
                return False
            self._next_try = time.monotonic() + PAUSE
            return True

    def _read(self, request: HttpRequest, wanted: Number) -> HttpResponse | None:
        """Returns None if the replica has another version or has failed."""
        replica, response, failure = connections[REPLICA], None, ""
        try:
            with time_limit(), transaction.atomic(REPLICA):
                if read_number(REPLICA) == wanted:
                    with _read_from_replica(), record_queries():
                        response = self.get_response(request)
        except (DatabaseError, InterfaceError) as error:
            failure = str(error)
        if not failure and not replica.errors_occurred:
            self._next_try = None
            return response
        self._next_try = time.monotonic() + PAUSE
        logger.warning("The replica is not used for %.0f s. %s", PAUSE, failure or f"It failed at {request.path}")
        return None


@contextmanager
def time_limit() -> Iterator[None]:
    """Cuts the connection to the replica if the block takes longer than TIMEOUT; the waiting query then fails."""
    replica: Any = connections[REPLICA]

    def cut() -> None:
        with suppress(OSError, AttributeError, replica.Database.Error):  # not connected, or no longer
            line = socket.socket(fileno=os.dup(replica.connection.fileno()))
            line.shutdown(socket.SHUT_RDWR)
            line.close()

    timer = threading.Timer(TIMEOUT, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def _read_from_replica() -> Iterator[None]:
    """Makes this thread read everything from the replica in the block.

    A database router would not do: raw SQL does not ask it, and cached objects read again where they were first read.
    """
    primary = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connections[REPLICA]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = primary
