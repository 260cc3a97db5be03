"""Decides whether a page may go live now. Every way of publishing calls the gate, in the transaction that publishes.

Apps above decide by the hook `before_publication(page, revision, user)`. It raises PermissionDenied or
ValidationError, with the reason, where the page may not go live, and returns True where the page has to wait. `page`
is as in the database. `revision` and `user` are None where a live page is saved without a publication, such as a
copy, an alias or by a script.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.models import Page, Revision

from iom import security

_open_for: ContextVar[dict[int, Page]] = ContextVar("_open_for", default={})  # noqa: B039 - never written to


class Refused(PermissionDenied):
    """A page may not go live; the message tells the user why."""


def refusal_text(refusal: PermissionDenied | ValidationError) -> str:
    """Returns the messages of a refusal as one text for the user."""
    return " ".join(getattr(refusal, "messages", [str(refusal)]))


def holds_back(page: Page, revision: Revision | None = None, user: AbstractUser | AnonymousUser | None = None) -> bool:
    """Whether the page has to wait. Raises what the hooks raise where it may not go live.

    The editor checks before it publishes, and sets `is_allowed` on the revision, so that the hooks run only once.
    """
    if revision is not None and vars(revision).pop("is_allowed", False):
        return False
    try:
        results = [hook(page, revision, user) for hook in hooks.get_hooks("before_publication")]  # no short circuit
    except (PermissionDenied, ValidationError):
        security.logger.info("The gate refuses page %s", page.pk)
        raise
    return any(results)


def set_page(revision: Revision, page: Page) -> None:
    """Stores the page with the content of the revision on it, so that no check reads it again."""
    vars(revision)["page_as_read"] = page


def get_page(revision: Revision) -> Page:
    """Returns the page with the content of the revision, which is read only once."""
    if "page_as_read" not in vars(revision):
        set_page(revision, revision.as_object())
    return vars(revision)["page_as_read"]


def check_saved(page: Page) -> None:
    """Checks a live page that is saved. Raises Refused, and what the hooks raise."""
    if holds_back(page):
        raise Refused(gettext_lazy("Publication of this page is on hold. Save it as a draft."))


@contextmanager
def opened_for(page: Page) -> Iterator[None]:
    """Within the block, the page is saved without another check: it is locked, and the hooks have allowed it."""
    token = _open_for.set(_open_for.get() | {page.pk: page})
    try:
        yield
    finally:
        _open_for.reset(token)


def page_being_published(pk: int | None) -> Page | None:
    """Within `opened_for`, returns the page as in the database; else None."""
    return _open_for.get().get(pk)  # type: ignore[arg-type]
