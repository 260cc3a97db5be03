"""The rules that say which texts need a review, and the task of Wagtail's workflow for this review."""

from typing import Any

from django.db import models
from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, Task, TaskState
from wagtail.permissions import policy_registry

from iom.contacts.models import Office
from iom.values import CheckedValues
from newsroom.kinds import Kind

# The actions of Wagtail's own approval task: name, label, whether the user enters a comment
ACTIONS = [
    ("reject", _("Request changes"), True),
    ("approve", _("Approve"), False),
    ("approve", _("Approve with comment"), True),
]


class ReviewRule(CheckedValues, models.Model):
    """A rule that texts of this office and type are published only after another person has approved them."""

    office = models.ForeignKey(
        Office,
        verbose_name=_("office"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Also for the offices below it. Leave empty for all offices."),
    )
    kind = models.CharField(
        _("type"), max_length=16, choices=Kind, blank=True, help_text=_("Leave empty for all types.")
    )

    class Meta:
        verbose_name = _("review rule")
        verbose_name_plural = _("review rules")

    def __str__(self) -> str:
        return f"{self.offices} · {self.kinds}"

    @property
    def offices(self) -> str:
        return str(self.office or _("All offices"))

    @property
    def kinds(self) -> str:
        return str(self.get_kind_display() or _("All types"))


class OfficeReviewTask(Task):
    """A review by a user who may publish the text and has not changed it since it was last published.

    During the review, nobody else may change the text.
    """

    class Meta:
        verbose_name = _("review by a colleague")
        verbose_name_plural = _("reviews by a colleague")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Another person who may publish the text approves it."))

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not may_review(user, obj)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        return ACTIONS if may_review(user, obj) else []

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        key = OuterRef("workflow_state__object_id")
        theirs = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, {"publish"})
        page = Page.objects.filter(pk=Cast(OuterRef("object_id"), BigIntegerField()))
        published_since = page.filter(live_revision__created_at__gte=OuterRef("created_at"))
        written = Revision.page_revisions.filter(object_id=key, user=user.pk).exclude(Exists(published_since))
        return self.task_states.filter(
            Exists(theirs.filter(pk=Cast(key, BigIntegerField())).order_by()),
            ~Exists(written.order_by()),
            status=TaskState.STATUS_IN_PROGRESS,
        )


def authors_of(page: Any, revision: Revision | None = None) -> set[int]:
    """Returns the keys of the users who have changed the text since its last publication, up to `revision`."""
    since = Revision.page_revisions.filter(object_id=str(page.pk), user__isnull=False)
    if page.live_revision_id:
        since = since.filter(created_at__gt=page.live_revision.created_at)
    if revision is not None:
        since = since.filter(created_at__lte=revision.created_at)
    return set(since.order_by().values_list("user", flat=True).distinct())


def may_review(user: Any, page: Any) -> bool:
    """Whether the user may approve the draft of the page."""
    return page.permissions_for_user(user).can_publish() and user.pk not in authors_of(page)
