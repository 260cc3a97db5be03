"""Public pages that are read from a replica of the database (DATABASE_REPLICA_URL), which may be behind its primary.

A page is read in one transaction, which sees the replica at one moment. It counts only where the content version of
that moment is the one that the primary has, so that it is the page that the primary would give. Everything else is
read from the primary: what the page cache leaves to Django (people who are signed in, forms, the admin, previews), and
each page for a minute after a change. So is what the replica fails at; readers see nothing of it.
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

from iom.caching.recording import recorded
from iom.caching.version import ENVIRON, Number, number

REPLICA = "replica"  # in DATABASES
SETTLED = "iom.content_version_is_settled"  # where the page cache tells Django that the last change is a minute ago
TIMEOUT = 2.0  # seconds in which it has to answer; the server of a connection may stop without closing it
PAUSE = 5.0  # seconds after a failure, in which the replica is asked nothing

logger = logging.getLogger(__name__)


class ReplicaMiddleware:
    """Of one process. Answers from the replica what the page cache asks for, if the replica has its version."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._lock = threading.Lock()
        self._next: float | None = None  # after a failure: when it is asked again, in seconds of time.monotonic()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        version = request.META.get(ENVIRON)
        if version and request.META.get(SETTLED) and self._may_ask():
            response = self._read(request, version.number)
            if response:
                return response
        return self.get_response(request)

    def _may_ask(self) -> bool:
        """After a failure, one request after each pause finds out whether the replica is back."""
        with self._lock:
            if self._next is None:
                return True
            if time.monotonic() < self._next:
                return False
            self._next = time.monotonic() + PAUSE
            return True

    def _read(self, request: HttpRequest, wanted: Number) -> HttpResponse | None:
        """None where the replica has another version, or has failed at anything."""
        replica, response, failure = connections[REPLICA], None, ""
        try:
            with time_limit(), transaction.atomic(REPLICA):
                if number(REPLICA) == wanted:
                    with _in_place_of_the_primary(), recorded():
                        response = self.get_response(request)
        except (DatabaseError, InterfaceError) as error:
            failure = str(error)
        if not failure and not replica.errors_occurred:
            self._next = None
            return response
        self._next = time.monotonic() + PAUSE
        logger.warning("The replica is not used for %.0f s. %s", PAUSE, failure or f"It failed at {request.path}")
        return None


@contextmanager
def time_limit() -> Iterator[None]:
    """A block that asks the replica. Its connection is cut after TIMEOUT, so that whoever waits for it then fails."""
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
def _in_place_of_the_primary() -> Iterator[None]:
    """A block in which this thread reads everything from the replica. A router would not be asked for statements in
    SQL, and what is kept of records would go on reading where it was read first."""
    primary = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connections[REPLICA]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = primary
