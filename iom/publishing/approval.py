"""Review in the editor: what reviewers have said stands above the form, and approving and publishing is one button."""

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


def remarks(page: Page) -> list[TaskState]:
    """What reviewers have said of a text since it was last submitted, until another version is public."""
    latest = WorkflowState.objects.for_instance(page).order_by("-created_at", "-pk").values("pk")[:1]
    states = TaskState.objects.filter(workflow_state=Subquery(latest)).select_related("finished_by")
    found: list[TaskState] = []
    is_rejected = False
    for state in states.order_by("pk"):
        if is_rejected:
            found.clear()  # it was submitted again
        is_rejected = state.status == TaskState.STATUS_REJECTED
        if state.comment and state.status in (TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED):
            found.append(state)
    if not found:
        return []
    public = Revision.objects.filter(pk=page.live_revision_id, created_at__gt=found[0].finished_at)
    since = public.values_list("created_at", flat=True).first()
    return [state for state in found if since is None or state.finished_at > since]


def show_remarks(request: HttpRequest, page: Page) -> None:
    """Above the form. Wagtail has checked before that the user may edit the page."""
    if not is_opened(request):
        return
    for state in remarks(page):
        is_rejected = state.status == TaskState.STATUS_REJECTED
        text = render_to_string("publishing/remark.html", {"state": state, "is_rejected": is_rejected})
        (messages.warning if is_rejected else messages.info)(request, text)


def _tasks_left(state: WorkflowState) -> list[Task]:
    """Those of a workflow that have still to be approved, in their order."""
    tasks = Task.objects.filter(workflow_tasks__workflow=state.workflow_id, active=True)
    left = tasks.exclude(task_states__in=state.successful_task_states).order_by("workflow_tasks__sort_order")
    return list(left.specific())


def may_finish(page: Page, user: Any) -> bool:
    """Whether the user may approve all that is left of the review, and publish: the tasks and the permissions say."""
    state = page.current_workflow_state
    if state is None or page.current_workflow_task is None or not page.permissions_for_user(user).can_publish():
        return False
    return all(_may_approve(task, page, user) for task in _tasks_left(state))


def _may_approve(task: Task, page: Page, user: Any) -> bool:
    return APPROVE in [name for name, _label, _asks in task.get_actions(page, user)]


def _approve_all_but_last(page: Page, user: Any) -> None:
    """Raises PermissionDenied where another person has decided in the meantime."""
    for _task in _tasks_left(page.current_workflow_state)[1:]:
        task = page.current_workflow_task
        if task is None or not _may_approve(task, page, user):
            raise PermissionDenied(gettext("Another person has decided on this text in the meantime."))
        task.on_action(page.current_workflow_task_state, user, APPROVE)


class ApproveAndPublishItem(ActionMenuItem):
    name = BUTTON
    label = gettext_lazy("Approve and publish")
    icon_name = "success"


def offer_approval_first(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Whoever reviews a text finds the button that approves it where others find the one that saves."""
    if context["view"] != "edit" or context["locked_for_user"]:
        return
    approvals = [one for one in items if isinstance(one, WorkflowMenuItem) and one.name == APPROVE]
    if not approvals:
        return
    if may_finish(context["page"], request.user):
        state = context["page"].current_workflow_state
        if state.is_at_final_task:  # else the task alone may be approved as well
            items[:] = [one for one in items if one not in approvals or one.launch_modal]
        items.insert(0, ApproveAndPublishItem())
    else:
        items.remove(approvals[0])
        items.insert(0, approvals[0])


def _comment(request: HttpRequest) -> str:
    """What a reviewer has written in the dialog of a decision."""
    try:
        return str(json.loads(request.POST.get("workflow-action-extra-data") or "{}").get("comment", ""))
    except (ValueError, AttributeError):
        return ""


class ApprovalMixin:
    """Wagtail's editor of pages with the button, and with what the gate says where it refuses an approval."""

    @cached_property
    def action_name_and_method(self: Any) -> tuple[str, Any]:
        if self.request.POST.get(BUTTON) and may_finish(self.page, self.request.user):
            self.workflow_action = APPROVE
            return ("perform_workflow_action", self.perform_workflow_action)
        found = super().action_name_and_method  # type: ignore[misc]
        is_over = found[0] == "restart_workflow" and not self.workflow_state.is_active
        return ("save", self.save_action) if is_over else found

    @cached_property
    def is_cancelling_workflow(self: Any) -> bool:
        """Wagtail would try it with a review that is over, and lose what was typed."""
        return super().is_cancelling_workflow and self.workflow_state.is_active  # type: ignore[misc]

    def form_valid(self: Any, form: Any) -> HttpResponse:
        """Wagtail would save where it cannot do what was asked, and say no more than that."""
        asked = next((name for name in DECISIONS if self.request.POST.get(name)), None)
        if asked is None or self.action_name != "save":
            return super().form_valid(form)  # type: ignore[misc]
        text = gettext("Nothing has been decided or saved: the review of this text has changed in the meantime.")
        if asked == PUBLISH:
            text = gettext("Nothing has been published or saved: you may not publish this page now.")
        if comment := _comment(self.request):
            text += " " + gettext("Your comment: “%(comment)s”") % {"comment": comment}
        newer = self._version_of_another()
        return self._show_again(text, *([self._changed_by(newer)] if newer else []))

    def perform_workflow_action(self: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                if self.request.POST.get(BUTTON):
                    _approve_all_but_last(self.page, self.request.user)
                answer: HttpResponse = super().perform_workflow_action()  # type: ignore[misc]
                return answer
        except (PermissionDenied, ValidationError) as refusal:
            messages.error(self.request, gate.words_of(refusal))
            return self.save_action()

    def add_save_confirmation_message(self: Any) -> None:
        """Says what has become of the text, and not only that it was saved."""
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
