"""Limits reviews by a group to reviewers who may see the draft; Wagtail checks the group alone."""

from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from wagtail.admin.mail import EmailNotificationMixin
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from iom.core.permissions import NewsroomPermissionTester

_get_actions = AbstractGroupApprovalTask.get_actions
_get_task_states = AbstractGroupApprovalTask.get_task_states_user_can_moderate
_get_valid_recipients = EmailNotificationMixin.get_valid_recipients


def get_actions(self: AbstractGroupApprovalTask, obj: Page, user: Any) -> list[Any]:
    """Returns no actions to users without access. Wagtail also calls it for the preview of a review."""
    return _get_actions(self, obj, user) if NewsroomPermissionTester(user, obj).is_accessible() else []


def get_task_states(self: AbstractGroupApprovalTask, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
    key = Cast(OuterRef("workflow_state__object_id"), BigIntegerField())
    pages = Page.objects.filter(policy_registry.get_by_type(Page).accessible_to(user), pk=key)
    return _get_task_states(self, user, **kwargs).filter(Exists(pages.order_by()))


def get_valid_recipients(self: EmailNotificationMixin, instance: TaskState | WorkflowState, **kwargs: Any) -> set[Any]:
    """Leaves out users without access. The user who submitted the text may have lost it since."""
    state = instance.workflow_state if isinstance(instance, TaskState) else instance
    users = _get_valid_recipients(self, instance, **kwargs)
    return {user for user in users if NewsroomPermissionTester(user, state.content_object).is_accessible()}


AbstractGroupApprovalTask.get_actions = get_actions
AbstractGroupApprovalTask.get_task_states_user_can_moderate = get_task_states
EmailNotificationMixin.get_valid_recipients = get_valid_recipients
