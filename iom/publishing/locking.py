"""Locks rows in a fixed order, so that concurrent transactions wait for each other instead of deadlocking.

Each transaction that writes pages locks in this order, and then reads the data on which it decides:

1. the tree (`lock_tree`), where pages are created, moved, deleted or get another address;
2. a page and its translations (`lock_translations`);
3. the rows that belong to these pages: translations, joint publications, revisions.

treebeard's updates of many rows may still cause a deadlock; `atomic` then runs the transaction again. SQLite has one
writer at a time (`BEGIN IMMEDIATE`): there the transaction itself is the lock.
"""

import functools
import random
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import InternalError, OperationalError, connection, transaction
from django.db.models import QuerySet
from wagtail.models import Page

ATTEMPTS = 5
MAX_FIRST_PAUSE = 0.05  # seconds; doubles with each attempt
# Serialization failure, deadlock, and the error that follows if code has caught one of them:
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_RETRIED = {"40001", "40P01", "25P02"}
_PUBLICATION_FIELDS = (
    "live", "live_revision_id", "has_unpublished_changes", "first_published_at", "last_published_at", "expired",
)  # fmt: skip
_TREE_FIELDS = ("path", "depth", "numchild", "url_path")
TREE = "tree"
_held: ContextVar[frozenset[object]] = ContextVar("_held", default=frozenset())


def atomic[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Runs `function` in a transaction, and repeats it where the database aborts it because of another transaction.

    Only the outermost transaction is repeated. `function` itself has to read the data on which it decides.
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        attempts = 1 if connection.in_atomic_block else ATTEMPTS
        attempt = 0
        while True:
            attempt += 1
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except (OperationalError, InternalError) as error:
                if attempt == attempts or getattr(error.__cause__, "sqlstate", None) not in _RETRIED:
                    raise
            time.sleep(random.uniform(0, MAX_FIRST_PAUSE * 2**attempt))  # noqa: S311 - no secret

    return run


@contextmanager
def holding(*held: object) -> Iterator[None]:
    """Within the block, locks that the caller holds in the same transaction are not requested again.

    `held` contains translation keys and TREE.
    """
    token = _held.set(_held.get() | set(held))
    try:
        yield
    finally:
        _held.reset(token)


def lock_tree() -> None:
    """Locks the page tree until the transaction ends: no other transaction moves, creates or deletes pages."""
    if TREE not in _held.get():
        _lock(Page.objects.filter(depth=1))


def lock_translations(*translation_keys: UUID) -> None:
    """Locks the pages with these translation keys, in all languages, until the transaction ends."""
    if keys := set(translation_keys) - _held.get():
        _lock(Page.objects.filter(translation_key__in=keys))


def lock_pages(keys: Collection[int]) -> None:
    """Locks only the pages with these primary keys."""
    _lock(Page.objects.filter(pk__in=keys))


def lock_subtree(page: Page, *, for_deletion: bool = False) -> None:
    """Locks a page and its descendants, each with its translations.

    `for_deletion` also blocks new rows that refer to them, which would be left behind.
    """
    pages = Page.objects.filter(path__startswith=page.path)
    _lock(Page.objects.filter(translation_key__in=pages.order_by().values("translation_key")), no_key=not for_deletion)


def _lock(pages: QuerySet[Page], no_key: bool = True) -> None:
    # With `no_key`, other transactions may still write rows that refer to the pages.
    if connection.features.has_select_for_update:
        list(pages.order_by("pk").select_for_update(of=("self",), no_key=no_key).values_list("pk"))


def refresh_tree_fields(page: Page) -> None:
    """Locks `page` with its translations, and reads its place in the tree again.

    It may have been moved since it was read, and saving writes the whole row.
    """
    path = page.path
    _refresh(page, _TREE_FIELDS)
    if page.path != path:
        page.__dict__.pop("_cached_parent_obj", None)  # treebeard's


def refresh_publication_fields(page: Page) -> None:
    """Locks `page` with its translations, and reads again whether it is live.

    Its content stays as it is. Saving a page that was a draft when it was read would unpublish it.
    """
    _refresh(page, _PUBLICATION_FIELDS)


def _refresh(page: Page, fields: tuple[str, ...]) -> None:
    lock_translations(page.translation_key)
    row = Page.objects.filter(pk=page.pk).values(*fields).first() or {}  # empty where it has been deleted
    for name, value in row.items():
        setattr(page, name, value)
