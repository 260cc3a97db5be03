"""Writes what is kept of many pages again, while readers read and editors publish."""

import multiprocessing
from collections.abc import Callable, Collection
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import batched
from typing import Any

import django
from django.db import connection

from iom.publishing import locking

PROCESSES = 2  # on one core as well, one computes while the database works for the other. Each takes 150 MB
FEW = 2  # batches, which are written sooner than a process starts

Write = Callable[[Collection[int]], None]


def rewrite(write: Write, keys: Collection[int], size: int) -> None:
    """Calls `write` with the keys of `size` pages at a time, in transactions of their own in which these are locked.

    On PostgreSQL other processes do so, unless the caller is in a transaction: `write` is a function of a module.
    Raises what `write` raises.
    """
    batches = list(batched(keys, size))
    if connection.vendor == "sqlite" or connection.in_atomic_block or len(batches) <= FEW:
        for batch in batches:
            _rewrite(write, batch)
        return
    new = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, new, django.setup) as processes:
        for _done in processes.map(partial(_rewrite_here, connection.settings_dict, write), batches):
            pass


def _rewrite_here(database: dict[str, Any], write: Write, keys: Collection[int]) -> None:
    """In another process. `database`: that of the first one, which may not be that of the settings (tests)."""
    connection.settings_dict.update(database)
    _rewrite(write, keys)


@locking.atomic
def _rewrite(write: Write, keys: Collection[int]) -> None:
    locking.lock_pages(keys)  # or what is published meanwhile would be overwritten with what was read before
    write(keys)
