"""Whether a page may go live now. Every way of publishing asks here, in the transaction that publishes.

Apps above answer by the hook `before_publication(page, revision, user)`: it raises PermissionDenied or
ValidationError, with the reason, where the page may not go live, and returns True where it has to wait. `page` is as
in the database; `revision` and `user` are None where a live page is saved without a publication (a copy, an alias, a
script).
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
    """Why a page does not go live, in words for the user."""


def words_of(refusal: PermissionDenied | ValidationError) -> str:
    """What a refusal says to the user, as one text."""
    return " ".join(getattr(refusal, "messages", [str(refusal)]))


def holds_back(page: Page, revision: Revision | None = None, user: AbstractUser | AnonymousUser | None = None) -> bool:
    """Whether the page has to wait. Raises what the hooks raise where it may not go live at all.

    The editor asks before it publishes, and sets `is_allowed` on that revision: then the hooks are not called again.
    """
    if revision is not None and vars(revision).pop("is_allowed", False):
        return False
    try:
        answers = [hook(page, revision, user) for hook in hooks.get_hooks("before_publication")]  # all are asked
    except (PermissionDenied, ValidationError):
        security.logger.info("The gate refuses page %s", page.pk)
        raise
    return any(answers)


def read(revision: Revision, page: Page | None = None) -> Page:
    """The page as the revision has it; `page`: where the caller has it already. Read once for all that ask."""
    known = vars(revision)
    if page is not None or "page_as_read" not in known:
        known["page_as_read"] = page if page is not None else revision.as_object()
    return known["page_as_read"]


def check_saved(page: Page) -> None:
    """For a live page that is saved. Raises Refused, and what the hooks raise."""
    if holds_back(page):
        raise Refused(gettext_lazy("Publication of this page is on hold. Save it as a draft."))


@contextmanager
def opened_for(page: Page) -> Iterator[None]:
    """Within it, the page is saved without asking again: it is locked, and the hooks have allowed it."""
    token = _open_for.set(_open_for.get() | {page.pk: page})
    try:
        yield
    finally:
        _open_for.reset(token)


def page_being_published(pk: int | None) -> Page | None:
    """The page as in the database, within `opened_for`; else None."""
    return _open_for.get().get(pk)  # type: ignore[arg-type]
