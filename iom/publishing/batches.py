"""Writes what is kept of many pages again, while readers read and editors publish."""

import multiprocessing
import os
from collections.abc import Callable, Collection
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import batched
from typing import Any

import django
from django.db import connection

from iom.publishing import locking

MOST_PROCESSES = 4
FEW = 2  # batches, which are written sooner than a process starts

Write = Callable[[Collection[int]], None]


def rewrite(write: Write, keys: Collection[int], size: int) -> None:
    """Calls `write` with the keys of `size` pages at a time, in transactions of their own in which these are locked.

    On PostgreSQL a process for each core does so, unless the caller is in a transaction: what `write` says has to be
    named by its module. Raises what `write` raises.
    """
    batches = list(batched(keys, size))
    number = min(MOST_PROCESSES, os.cpu_count() or 1)
    if connection.vendor == "sqlite" or connection.in_atomic_block or number == 1 or len(batches) <= FEW:
        for batch in batches:
            _rewrite(write, batch)
        return
    new = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(number, new, django.setup) as processes:
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
