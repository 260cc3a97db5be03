"""Review in the editor: the reviewers' comments above the form, and one button that approves and publishes."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, WorkflowMenuItem
from wagtail.models import Page, Revision, Task, TaskState, WorkflowState

from iom.publishing import gate
from iom.screens import is_opened

BUTTON = "action-approve-and-publish"
PUBLISH = "action-publish"
CANCEL, RESTART = "action-cancel-workflow", "action-restart-workflow"
DECISIONS = (PUBLISH, "action-submit", RESTART, CANCEL, "action-workflow-action", BUTTON)
APPROVE = "approve"  # the name of Wagtail's action


def reviewer_comments(page: Page) -> list[TaskState]:
    """Returns the task states with comments since the text was last submitted. A later publication ends them."""
    latest = WorkflowState.objects.for_instance(page).order_by("-created_at", "-pk").values("pk")[:1]
    states = TaskState.objects.filter(workflow_state=Subquery(latest)).select_related("finished_by")
    found: list[TaskState] = []
    is_rejected = False
    for state in states.order_by("pk"):
        if is_rejected:
            found.clear()  # the text was submitted again
        is_rejected = state.status == TaskState.STATUS_REJECTED
        if state.comment and state.status in (TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED):
            found.append(state)
    if not found:
        return []
    public = Revision.objects.filter(pk=page.live_revision_id, created_at__gt=found[0].finished_at)
    since = public.values_list("created_at", flat=True).first()
    return [state for state in found if since is None or state.finished_at > since]


def show_reviewer_comments(request: HttpRequest, page: Page) -> None:
    """Shows the comments above the form. Wagtail has checked before that the user may edit the page."""
    if not is_opened(request):
        return
    for state in reviewer_comments(page):
        is_rejected = state.status == TaskState.STATUS_REJECTED
        text = render_to_string("publishing/remark.html", {"state": state, "is_rejected": is_rejected})
        (messages.warning if is_rejected else messages.info)(request, text)


def _remaining_tasks(state: WorkflowState) -> list[Task]:
    """Returns the tasks of a workflow that are not approved yet, in their order."""
    tasks = Task.objects.filter(workflow_tasks__workflow=state.workflow_id, active=True)
    remaining = tasks.exclude(task_states__in=state.successful_task_states).order_by("workflow_tasks__sort_order")
    return list(remaining.specific())


def may_approve_and_publish(page: Page, user: Any) -> bool:
    """Whether the user may approve all remaining tasks of the review, and publish the page."""
    state = page.current_workflow_state
    if state is None or page.current_workflow_task is None or not page.permissions_for_user(user).can_publish():
        return False
    return all(_may_approve(task, page, user) for task in _remaining_tasks(state))


def _may_approve(task: Task, page: Page, user: Any) -> bool:
    return APPROVE in [name for name, _label, _has_form in task.get_actions(page, user)]


def _approve_all_but_last(page: Page, user: Any) -> None:
    """Approves the remaining tasks except the last. Raises PermissionDenied where another person has decided."""
    for _task in _remaining_tasks(page.current_workflow_state)[1:]:
        task = page.current_workflow_task
        if task is None or not _may_approve(task, page, user):
            raise PermissionDenied(gettext("Another person has decided on this text in the meantime."))
        task.on_action(page.current_workflow_task_state, user, APPROVE)


class ApproveAndPublishItem(ActionMenuItem):
    name = BUTTON
    label = gettext_lazy("Approve and publish")
    icon_name = "success"


def put_approval_first(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Makes the approving button of a reviewer the first of the action menu, where others have the saving button."""
    if context["view"] != "edit" or context["locked_for_user"]:
        return
    approvals = [item for item in items if isinstance(item, WorkflowMenuItem) and item.name == APPROVE]
    if not approvals:
        return
    if may_approve_and_publish(context["page"], request.user):
        state = context["page"].current_workflow_state
        if state.is_at_final_task:  # before that, the user may also approve a single task
            items[:] = [item for item in items if item not in approvals or item.launch_modal]
        items.insert(0, ApproveAndPublishItem())
    else:
        items.remove(approvals[0])
        items.insert(0, approvals[0])


def _comment(request: HttpRequest) -> str:
    """Returns the comment that a reviewer has written in the dialog of a decision."""
    try:
        return str(json.loads(request.POST.get("workflow-action-extra-data") or "{}").get("comment", ""))
    except (ValueError, AttributeError):
        return ""


class ApprovalMixin:
    """Adds the button to Wagtail's edit view of pages, and shows the gate's reason where it refuses an approval."""

    @cached_property
    def action_name_and_method(self: Any) -> tuple[str, Any]:
        if self.request.POST.get(BUTTON) and may_approve_and_publish(self.page, self.request.user):
            self.workflow_action = APPROVE
            return ("perform_workflow_action", self.perform_workflow_action)
        found = super().action_name_and_method  # type: ignore[misc]
        is_over = found[0] == "restart_workflow" and not self.workflow_state.is_active
        return ("save", self.save_action) if is_over else found

    @cached_property
    def is_cancelling_workflow(self: Any) -> bool:
        """False for a review that is over: Wagtail would try to cancel it, and lose what was typed."""
        return super().is_cancelling_workflow and self.workflow_state.is_active  # type: ignore[misc]

    def form_valid(self: Any, form: Any) -> HttpResponse:
        """Saves nothing where the requested action is not possible any more. Wagtail would save, without notice."""
        requested = next((name for name in DECISIONS if self.request.POST.get(name)), None)
        if requested is None or self.action_name != "save":
            return super().form_valid(form)  # type: ignore[misc]
        text = gettext("Nothing has been decided or saved: the review of this text has changed in the meantime.")
        if requested == PUBLISH:
            text = gettext("Nothing has been published or saved: you may not publish this page now.")
        if comment := _comment(self.request):
            text += " " + gettext("Your comment: “%(comment)s”") % {"comment": comment}
        newer = self._find_newer_revision()
        return self._redisplay_form(text, *([self._conflict_message(newer)] if newer else []))

    def perform_workflow_action(self: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                if self.request.POST.get(BUTTON):
                    _approve_all_but_last(self.page, self.request.user)
                answer: HttpResponse = super().perform_workflow_action()  # type: ignore[misc]
                return answer
        except (PermissionDenied, ValidationError) as refusal:
            messages.error(self.request, gate.refusal_text(refusal))
            return self.save_action()

    def add_save_confirmation_message(self: Any) -> None:
        """Says whether the text was approved, published or sent back, not only that it was saved."""
        if self.action_name != "perform_workflow_action":
            super().add_save_confirmation_message()  # type: ignore[misc]
            return
        page = self.page.specific_class.objects.get(pk=self.page.pk)
        buttons = [self.get_edit_message_button()]
        if page.live and not page.has_unpublished_changes:
            text = gettext("“%(title)s” has been approved and published.")
            buttons.insert(0, messages.button(page.url, gettext("View live")))
        elif self.workflow_action == APPROVE:
            text = gettext("“%(title)s” has been approved.")
        else:
            text = gettext("Changes to “%(title)s” have been requested.")
        messages.success(self.request, text % {"title": page.get_admin_display_title()}, buttons=buttons)
