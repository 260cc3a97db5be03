"""Decides which articles need a review before they go live, and whether they have had it. Nothing else decides it."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import PageLogEntry, Revision, TaskState, Workflow, WorkflowState, WorkflowTask

from iom.contacts.models import Office
from iom.core.translation_role import Role, role_of
from iom.editorial.review_name import COLLEAGUE
from iom.publishing.gate import Refused
from newsroom.review.models import OfficeReviewTask, ReviewRule, authors_of

SKIP_REVIEW = "users.skip_review"
LOG_ACTION = "newsroom.publish_without_review"


class ReviewMixin:
    """The part of an article that takes its workflow from the review rules."""

    pk: Any
    latest_revision: Any

    def get_workflow(self) -> Workflow | None:
        """Returns the workflow that a rule requires, else the one that is set for the page or an ancestor."""
        if self.pk and needs_review(self, self.latest_revision):
            return get_review_workflow()
        return super().get_workflow()  # type: ignore[misc]

    @property
    def has_workflow(self) -> bool:
        return super().has_workflow or self.get_workflow() is not None  # type: ignore[misc]


class ReviewRequired(Refused):
    """The refusal to publish an article without the review that it needs."""


REVIEW_NEEDED = _("Another person has to approve this text before it is published. Send it for review.")
OWN_TEXT = _("You have written part of this text. Another person has to approve it.")


def has_rule(office: int | None, kind: str) -> bool:
    """Whether a rule requires a review for texts of this office, or an office above it, and this type."""
    rules = ReviewRule.objects.filter(Q(kind=kind) | Q(kind=""))
    offices = set(rules.order_by().values_list("office", flat=True))
    if not offices or None in offices:
        return bool(offices)
    parents = dict(Office.objects.order_by().values_list("pk", "parent"))
    while office is not None and office not in offices:
        office = parents.pop(office, None)  # each office once, even if the parents form a circle
    return office is not None


def needs_review(page: Any, revision: Revision | None) -> bool:
    """Whether a rule applies to the text in `revision` or to the live version of the page.

    Translations have a review of their own (`iom.translation.workflow.review`).
    """
    texts = set()
    if revision is not None:
        texts.add((revision.content.get("office"), revision.content.get("kind", "")))
    if page.live or revision is None:
        texts.add((page.office_id, page.kind))
    return any(has_rule(*text) for text in texts) and role_of(page) != Role.TRANSLATION


def get_review_workflow() -> Workflow:
    """Returns the workflow with the review by a colleague, and creates it at its first use.

    Administrators may add tasks to it.
    """
    tasks = OfficeReviewTask.objects.filter(active=True)
    found = Workflow.objects.active().filter(workflow_tasks__task__in=tasks.values("task_ptr")).order_by("pk").first()
    if found is None:
        with transaction.atomic():
            found = Workflow.objects.create(name=COLLEAGUE)
            task = tasks.first() or OfficeReviewTask.objects.create(name=COLLEAGUE)
            WorkflowTask.objects.create(workflow=found, task=task, sort_order=0)
    return found


def _approvers(page: Any, revision: Revision) -> set[int | None]:
    """Returns the users who have approved the revision in a review that began with it or with an earlier one."""
    approvals = TaskState.objects.filter(
        workflow_state__in=WorkflowState.objects.for_instance(page).filter(status=WorkflowState.STATUS_APPROVED),
        status=TaskState.STATUS_APPROVED,
        revision__created_at__lte=revision.created_at,
        finished_at__gte=revision.created_at,
    )
    later = page.revisions.filter(created_at__gt=revision.created_at).order_by("created_at").first()
    if later is not None:
        approvals = approvals.filter(finished_at__lt=later.created_at)
    return set(approvals.values_list("finished_by", flat=True))


def check_review(page: Any, revision: Revision | None, user: Any) -> None:
    """Raises ReviewRequired if the article needs an approval that it does not have."""
    if not needs_review(page, revision):
        return
    if revision is None:
        raise ReviewRequired(REVIEW_NEEDED)
    if _is_review_skipped(page, revision):
        return
    approvers = _approvers(page, revision)
    if not approvers:
        raise ReviewRequired(REVIEW_NEEDED)
    if approvers & authors_of(page, revision):
        raise ReviewRequired(OWN_TEXT)
    if user is not None and user.pk in approvers and not page.permissions_for_user(user).can_publish():
        raise ReviewRequired(REVIEW_NEEDED)


def _is_review_skipped(page: Any, revision: Revision) -> bool:
    entries = PageLogEntry.objects.filter(page=page.pk, action=LOG_ACTION, revision=revision)
    return entries.filter(timestamp__gte=revision.created_at).exists()


def may_skip(user: Any, page: Any) -> bool:
    """Whether the article needs a review that the user may skip."""
    may = user.has_perm(SKIP_REVIEW) and page.permissions_for_user(user).can_publish()
    return may and needs_review(page, page.latest_revision)


@transaction.atomic
def publish_without_review(page: Any, user: Any, reason: str) -> Any:
    """Publishes or schedules the latest draft, and logs the reason in the history of the page and of the site.

    Returns the page read again from the database. Raises what the gate raises.
    """
    revision = page.get_latest_revision()
    log(instance=page, action=LOG_ACTION, user=user, revision=revision, data={"reason": reason})
    revision.publish(user=user)
    return type(page).objects.get(pk=page.pk)
