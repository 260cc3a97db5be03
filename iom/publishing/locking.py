"""In which order rows are locked, so that two people or two processes who act at once wait for each other.

Each transaction that writes pages locks in this order, and reads what it decides on afterwards:

1. the tree (`lock_tree`), where pages are created, moved, deleted or get another address;
2. the pages of a text in all languages (`lock_translations`);
3. the rows that belong to these pages: translations, publications that wait, revisions.

What remains (treebeard's own updates of many rows) may still end in a deadlock; `atomic` runs the transaction again.
SQLite has one writer at a time (`BEGIN IMMEDIATE`): there the transaction itself is the lock.
"""

import functools
import random
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import InternalError, OperationalError, connection, transaction
from django.db.models import QuerySet
from wagtail.models import Page

ATTEMPTS = 5
LONGEST_FIRST_PAUSE = 0.05  # seconds; doubles with each attempt
# Serialization failure, deadlock, and what follows where a task has kept one of them to itself:
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_RETRIED = {"40001", "40P01", "25P02"}
_PUBLICATION_FIELDS = (
    "live", "live_revision_id", "has_unpublished_changes", "first_published_at", "last_published_at", "expired",
)  # fmt: skip
_TREE_FIELDS = ("path", "depth", "numchild", "url_path")


def atomic[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """`function` in a transaction. One that the database has ended because of another runs again, where it is the
    outermost: `function` has to read inside what it decides on."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        attempts = 1 if connection.in_atomic_block else ATTEMPTS
        for attempt in range(1, attempts + 1):
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except (OperationalError, InternalError) as error:
                if attempt == attempts or getattr(error.__cause__, "sqlstate", None) not in _RETRIED:
                    raise
            time.sleep(random.uniform(0, LONGEST_FIRST_PAUSE * 2**attempt))  # noqa: S311 - no secret
        raise AssertionError("unreachable")

    return run


def lock_tree() -> None:
    """Keeps others from changing the tree of pages until the transaction ends."""
    _lock(Page.objects.filter(depth=1))


def lock_translations(*translation_keys: UUID) -> None:
    """Keeps others from writing the pages with these keys, in any language, until the transaction ends."""
    _lock(Page.objects.filter(translation_key__in=translation_keys))


def lock_subtree(page: Page) -> None:
    """The same for a page and all below it, each with its translations."""
    pages = Page.objects.filter(path__startswith=page.path)
    _lock(Page.objects.filter(translation_key__in=pages.order_by().values("translation_key")))


def _lock(pages: QuerySet[Page]) -> None:
    # Rows that only refer to a page are still written: `no_key`.
    if connection.features.has_select_for_update:
        list(pages.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk"))


def refresh_tree_fields(page: Any) -> None:
    """Locks `page` with its translations, and gives it the place in the tree that it has now.

    Another may have moved it since it was read, and whoever saves it writes the whole row.
    """
    lock_translations(page.translation_key)
    place = Page.objects.filter(pk=page.pk).values_list(*_TREE_FIELDS).first()
    if place is not None and place[0] != page.path:
        page.__dict__.pop("_cached_parent_obj", None)  # treebeard's
    for name, value in zip(_TREE_FIELDS, place or (), strict=bool(place)):
        setattr(page, name, value)


def refresh_publication_fields(page: Any) -> None:
    """Locks `page` with its translations, and gives it what has become of it since it was read: is it live?

    Its own words stay. Whoever saves it as the draft that it was would take it down.
    """
    lock_translations(page.translation_key)
    now = Page.objects.filter(pk=page.pk).values(*_PUBLICATION_FIELDS).first() or {}
    for name, value in now.items():
        setattr(page, name, value)
