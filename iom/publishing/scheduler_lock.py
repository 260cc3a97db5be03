"""One process at a time publishes what is due; where it dies, the next one to look takes its place."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import Error, connection

_KEY = 0x696F6D70  # of the advisory lock: any number that nobody else takes in this database


class LockLost(Exception):
    """The connection that held the lock is gone: another process may be publishing."""


@contextmanager
def scheduler_lock() -> Iterator[Callable[[], None] | None]:
    """None where another process has it. Else what to call before each step: it raises LockLost where it is lost."""
    if connection.vendor == "postgresql":
        with _advisory_lock() as check:
            yield check
    else:
        with open(settings.SCHEDULER_LOCK, "ab") as file:
            is_ours = False
            with suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # until the file is closed, or the process killed
                is_ours = True
            yield (lambda: None) if is_ours else None


@contextmanager
def _advisory_lock() -> Iterator[Callable[[], None] | None]:
    """Of the session: it outlives transactions, and ends with the connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_KEY])
        (is_ours,) = cursor.fetchone()
    session = connection.connection

    def check() -> None:
        if connection.connection is not session:  # Django has made a new one in its place
            raise LockLost

    try:
        yield check if is_ours else None
    finally:
        if is_ours and connection.connection is session:
            with suppress(Error), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_KEY])
