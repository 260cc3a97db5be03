"""Whether a text may be made public now. Every way to do so asks here, in the transaction that does it.

Apps above answer by the hook `before_publication(page, revision, user)`: it raises PermissionDenied or
ValidationError, with the reason, where the page may not go live, and returns True where it has to wait. `page` is the
page as the database has it; `revision` and `user` are None where a live page is saved by other means than a
publication (a copy, an alias, a script).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.models import Page, Revision

_let_through: ContextVar[dict[int, Page]] = ContextVar("_let_through", default={})  # noqa: B039 - never written to
_asked: ContextVar[set[int] | None] = ContextVar("_asked", default=None)


class Refused(PermissionDenied):
    """Why a page does not go live, in words for whoever asked."""


def holds_back(page: Page, revision: Revision | None = None, user: Any = None) -> bool:
    """Whether the page has to wait. Raises what the hooks raise where it may not go live at all."""
    asked = _asked.get()
    if asked is not None and revision is not None and revision.pk in asked:
        return False
    answers = [hook(page, revision, user) for hook in hooks.get_hooks("before_publication")]  # all are asked
    if any(answers):
        return True
    if asked is not None and revision is not None:
        asked.add(revision.pk)
    return False


def check_saved(page: Page) -> None:
    """For a live page that is saved. Raises Refused, and what the hooks raise."""
    if holds_back(page):
        raise Refused(gettext_lazy("The page has to wait, and cannot be saved as a live one."))


@contextmanager
def asked_once() -> Iterator[None]:
    """Within it, which is one transaction, a revision that was let through is not asked about again."""
    token = _asked.set(set())
    try:
        yield
    finally:
        _asked.reset(token)


@contextmanager
def let_through(page: Page) -> Iterator[None]:
    """Within it the page, locked, read and asked about, is saved."""
    token = _let_through.set(_let_through.get() | {page.pk: page})
    try:
        yield
    finally:
        _let_through.reset(token)


def let_page(pk: int | None) -> Page | None:
    """The page as the database has it, where a publication that has asked is saving it."""
    return _let_through.get().get(pk)  # type: ignore[arg-type]
