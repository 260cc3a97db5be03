"""Notifies the colleagues in the office of a text, and in the offices above it, that the text waits for review."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.admin.mail import BaseGroupApprovalTaskStateEmailNotifier, Notifier
from wagtail.models import TaskState
from wagtail.signals import task_submitted

from iom.contacts.models import OfficeStaff
from newsroom.review.models import OfficeReviewTask, may_review


class ReviewNotifier(BaseGroupApprovalTaskStateEmailNotifier):
    """Wagtail's notification of a submitted text, with other recipients."""

    notification = "submitted"

    def can_handle(self, instance: Any, **kwargs: Any) -> bool:
        is_task = isinstance(instance, TaskState) and isinstance(instance.task.specific, OfficeReviewTask)
        return is_task and Notifier.can_handle(self, instance, **kwargs)

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> set[Any]:
        page = task_state.workflow_state.content_object.specific
        return {user for user in _colleagues(page) if may_review(user, page)}


def _colleagues(page: Any) -> QuerySet[Any]:
    users = get_user_model()._default_manager.filter(is_active=True)
    if page.office is None:
        return users.filter(Q(postings__isnull=True) | Q(postings__office__kind="headquarters")).distinct()
    offices = [office.pk for office in page.office.upwards()]
    return users.filter(pk__in=OfficeStaff.objects.filter(office__in=offices).values("user"))


_notifier = ReviewNotifier()  # the signal keeps only a weak reference
task_submitted.connect(_notifier, sender=TaskState, dispatch_uid="review_by_a_colleague")
