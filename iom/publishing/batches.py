"""Rewrites derived data of many pages in batches, while the site is in use."""

import multiprocessing
from collections.abc import Callable, Collection
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import batched
from typing import Any

import django
from django.db import connection

from iom.publishing import locking

PROCESSES = 2  # also on one core: one computes while the other waits for the database. Each takes 150 MB
MAX_BATCHES_IN_PROCESS = 2  # writing these takes less time than starting a process

Write = Callable[[Collection[int]], None]


def rewrite(write: Write, keys: Collection[int], size: int) -> None:
    """Calls `write` with the keys of `size` pages at a time, each time in a transaction in which they are locked.

    On PostgreSQL other processes do the work, unless the caller is in a transaction. `write` therefore has to be a
    function of a module. Raises what `write` raises.
    """
    batches = list(batched(keys, size))
    if connection.vendor == "sqlite" or connection.in_atomic_block or len(batches) <= MAX_BATCHES_IN_PROCESS:
        for batch in batches:
            _rewrite(write, batch)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, context, django.setup) as processes:
        for _done in processes.map(partial(_rewrite_in_worker, connection.settings_dict, write), batches):
            pass


def _rewrite_in_worker(database: dict[str, Any], write: Write, keys: Collection[int]) -> None:
    """Runs in a worker process. `database` has the parent's connection settings, which tests change."""
    connection.settings_dict.update(database)
    _rewrite(write, keys)


@locking.atomic
def _rewrite(write: Write, keys: Collection[int]) -> None:
    locking.lock_pages(keys)  # otherwise a publication in the meantime would be overwritten with older data
    write(keys)
