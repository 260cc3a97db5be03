"""Wraps Wagtail's actions on pages, so that each runs in one transaction, on pages that are locked and read again.

Views, bulk actions, workflows, the schedule and the models all use these action classes. Wagtail has no hook for
them, so `install` replaces their `execute`.
"""

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.actions.base import BaseAction
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, Revision

from iom.publishing import deleted_pages, events, failures, gate, locking, schedule

Execute = Callable[..., Any]
_DELETED = gettext_lazy("The page has been deleted in the meantime.")

# The fields that Wagtail copies from the page in `Revision.as_object`.
_COPIED_TO_REVISION = (
    "path", "depth", "numchild", "url_path", "draft_title", "live", "has_unpublished_changes", "owner_id", "locked",
    "locked_by_id", "locked_at", "latest_revision_id", "latest_revision_created_at", "live_revision_id",
    "first_published_at", "alias_of_id",
)  # fmt: skip


def publish(action: PublishPageRevisionAction, execute: Execute, skip_permission_checks: bool = False) -> Any:
    """Publishes or schedules a revision if the gate allows it. Returns None where the gate holds it back."""
    revision = action.revision
    before = revision.content_object
    if before.first_published_at is None or before.slug != action.object.slug:
        locking.lock_tree()  # translations are created, or addresses change
    locking.lock_translations(before.translation_key)
    page = _refresh_page_of(revision)
    action.check(skip_permission_checks=skip_permission_checks)
    gate.set_page(revision, action.object)
    if gate.holds_back(page, revision, action.user):
        return None
    failures.delete_for_page(page.pk)
    if page.live and page.live_revision_id is None:
        _make_live_revision(page)
    if any(getattr(page, name) != getattr(before, name) for name in _COPIED_TO_REVISION):
        action.object = revision.as_object()
    action.object.locale = page.locale
    revision.get_previous = lambda: revision  # Wagtail reads its page, which is fresh here
    with gate.opened_for(page), locking.holding(page.translation_key):
        result = execute(action, skip_permission_checks=True)
    published = action.object
    if published.go_live_at and published.go_live_at > timezone.now() and page.live:
        events.scheduled.send(type(page), page=page, pages=[page.pk])  # Wagtail sends no signal
        return result
    _cancel_workflow(published, revision, action.user)
    was_known = page.live or page.numchild
    if published.live and published.url_path != page.url_path and was_known:
        parent = page.get_parent()
        pages = events.subtree(published)
        events.moved.send(type(page), page=published, pages=pages, parent_before=parent, parent_after=parent)
    return result


def _refresh_page_of(revision: Revision) -> Page:
    """Reads the page of a revision again. Raises gate.Refused where the page or the revision has been deleted."""
    pages = revision.content_type.model_class()._default_manager.select_related("locale")
    try:
        revision.refresh_from_db(fields=["approved_go_live_at"])
        revision.content_object = pages.get(pk=revision.object_id)
    except ObjectDoesNotExist as error:
        raise gate.Refused(_DELETED) from error
    return revision.content_object


def _make_live_revision(page: Page) -> None:
    """Creates the live revision of a page that a migration, a script or an import has made without one.

    It is older than all others. Wagtail would unpublish a page with a scheduled update that has no live revision.
    """
    published = type(page).objects.get(pk=page.pk)
    first = page.revisions.order_by("created_at").first()
    page.live_revision = Revision.objects.create(
        content_type=page.get_content_type(),
        base_content_type=page.get_base_content_type(),
        object_id=str(page.pk),
        object_str=str(published),
        content=published.serializable_data(),
        created_at=first.created_at - timedelta(microseconds=1),
    )
    Page.objects.filter(pk=page.pk).update(live_revision=page.live_revision)


def _cancel_workflow(page: Page, revision: Revision, user: AbstractUser | None) -> None:
    """Cancels the workflow of a published revision. A later draft still needs approval."""
    state = page.current_workflow_state
    if state is None:
        return
    submitted = state.task_states.exclude(revision=None).order_by("-revision__created_at").first()
    if submitted is None or submitted.revision.created_at <= revision.created_at:
        state.cancel(user=user)


def unpublish(action: UnpublishPageAction, execute: Execute, skip_permission_checks: bool = False) -> Any:
    """Unpublishes a page. Where it expires, its scheduled revision stays: it may be due when the old text ends."""
    if not action.commit:  # the page is being deleted
        return execute(action, skip_permission_checks)
    if action.include_descendants:
        locking.lock_subtree(action.object)
    else:
        locking.lock_translations(action.object.translation_key)
    _refresh(action.object)
    scheduled = list(action.object.revisions.exclude(approved_go_live_at=None)) if action.object.live else []
    if not action.set_expired:
        schedule.cancel(scheduled, action.user)
    result = execute(action, skip_permission_checks)
    if action.set_expired:
        Revision.objects.bulk_update(scheduled, ["approved_go_live_at"])  # Wagtail has cancelled these schedules
    return result


def move(action: MovePageAction, execute: Execute, skip_permission_checks: bool = False) -> Any:
    locking.lock_tree()
    locking.lock_translations(action.page.translation_key)
    _refresh(action.page)
    _refresh(action.target)
    return execute(action, skip_permission_checks)


def delete(action: DeletePageAction, execute: Execute, *args: Any, **kwargs: Any) -> Any:
    locking.lock_tree()
    page = Page.objects.filter(pk=action.page.pk).first()
    if page is None or deleted_pages.is_being_deleted(page):
        return 0, {}  # it has been deleted, or is being deleted with its section
    locking.lock_subtree(page, for_deletion=True)
    _refresh(action.page)
    with deleted_pages.keep_deleted(page, action.user):
        return execute(action, *args, **kwargs)


def change_tree(action: BaseAction, execute: Execute, *args: Any, **kwargs: Any) -> Any:
    """Copies a page or creates an alias. A live copy is checked by the gate when it is saved."""
    locking.lock_tree()
    return execute(action, *args, **kwargs)


def convert_alias(action: ConvertAliasPageAction, execute: Execute, skip_permission_checks: bool = False) -> Any:
    """Converts an alias, which readers do not see, into a page. It is a draft unless the gate lets it go live."""
    page = action.page
    locking.lock_translations(page.translation_key)
    _refresh(page)
    action.check(skip_permission_checks=skip_permission_checks)
    is_held_back = page.live and _is_held_back(page, action.user)
    with gate.opened_for(page):
        converted = execute(action, skip_permission_checks=True)
    if is_held_back:
        UnpublishPageAction(converted, user=action.user).execute(skip_permission_checks=True)
    elif converted.live:
        revision = converted.live_revision
        events.published.send(type(converted), page=converted.specific, pages=[converted.pk], revision=revision)
    return converted


def _is_held_back(page: Page, user: AbstractUser | None) -> bool:
    try:
        return gate.holds_back(page.specific, None, user)
    except (PermissionDenied, ValidationError):
        return True


def revert(action: RevertToPageRevisionAction, execute: Execute, *args: Any, **kwargs: Any) -> Any:
    locking.lock_translations(action.instance.translation_key)
    _refresh(action.instance)
    return execute(action, *args, **kwargs)


def _refresh(page: Page) -> None:
    """Reads the page again. Raises gate.Refused where it has been deleted."""
    try:
        page.refresh_from_db()
    except ObjectDoesNotExist as error:
        raise gate.Refused(_DELETED) from error
    page.__dict__.pop("_cached_parent_obj", None)  # treebeard's
    page.__dict__.pop("_cluster_related_objects", None)  # modelcluster's cached child rows, which would be saved


WRAPPERS: dict[type[BaseAction], Callable[..., Any]] = {
    PublishPageRevisionAction: publish,
    UnpublishPageAction: unpublish,
    MovePageAction: move,
    DeletePageAction: delete,
    CopyPageAction: change_tree,
    CreatePageAliasAction: change_tree,
    CopyPageForTranslationAction: change_tree,
    ConvertAliasPageAction: convert_alias,
    RevertToPageRevisionAction: revert,
}


def install() -> None:
    """Wraps the actions. Called once, when the app is ready."""
    for action, wrapper in WRAPPERS.items():
        action.execute = _wrap(action.execute, wrapper)


def _wrap(execute: Execute, wrapper: Callable[..., Any]) -> Execute:
    @functools.wraps(execute)
    @locking.atomic
    def run(self: BaseAction, *args: Any, **kwargs: Any) -> Any:
        return wrapper(self, execute, *args, **kwargs)

    return run
