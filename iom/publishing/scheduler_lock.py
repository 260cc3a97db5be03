"""The lock by which one process at a time publishes what is due. It is released when the process dies."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import Error, connection

_KEY = 0x696F6D70  # of the advisory lock: any number that nothing else in this database uses


class LockLost(Exception):
    """The connection that held the lock is closed, and another process may be publishing."""


@contextmanager
def scheduler_lock() -> Iterator[Callable[[], None] | None]:
    """Yields None where another process has the lock, else a function to call before each step.

    The function raises LockLost where the lock has been lost.
    """
    if connection.vendor == "postgresql":
        with _advisory_lock() as check:
            yield check
    else:
        with open(settings.SCHEDULER_LOCK, "ab") as file:
            is_ours = False
            with suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # until the file is closed or the process ends
                is_ours = True
            yield (lambda: None) if is_ours else None


@contextmanager
def _advisory_lock() -> Iterator[Callable[[], None] | None]:
    """A session-level lock: it outlives transactions, and ends with the connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_KEY])
        (is_ours,) = cursor.fetchone()
    session = connection.connection

    def check() -> None:
        if connection.connection is not session:  # Django has opened a new one
            raise LockLost

    try:
        yield check if is_ours else None
    finally:
        if is_ours and connection.connection is session:
            with suppress(Error), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_KEY])
