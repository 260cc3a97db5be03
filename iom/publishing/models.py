from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class ScheduleFailure(models.Model):
    """A scheduled action on a page that has failed, with the reason and the time of the next attempt.

    Deleted when the page is published or scheduled again, and when the action is no longer due.
    """

    class Action(models.TextChoices):
        PUBLISH = "publish"
        PUBLISH_TOGETHER = "publish-together"  # with its translations
        UNPUBLISH = "unpublish"

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="schedule_failures")
    action = models.CharField(max_length=16, choices=Action)
    scheduled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    attempts = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField()
    retry_at = models.DateTimeField()
    reasons = models.JSONField(default=dict)  # by language code

    class Meta:
        verbose_name = _("failed schedule")
        verbose_name_plural = _("failed schedules")
        constraints = [models.UniqueConstraint(fields=["page", "action"], name="publishing_one_failure_of_each")]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.reason}"

    @property
    def reason(self) -> str:
        """The reason in the language of the interface."""
        reasons: dict[str, str] = self.reasons
        return reasons.get((get_language() or "").split("-")[0]) or next(iter(reasons.values()), "")


class SchedulerRound(models.Model):
    """The end of the scheduler's last round: a single row."""

    ended_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.ended_at)


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, now: datetime) -> "JobQuerySet":
        """Jobs whose time has come, and those whose claim has expired because their process was killed."""
        return self.filter(Q(claimed_until=None, at__lte=now) | Q(claimed_until__lte=now))

    def failed(self) -> "JobQuerySet":
        """Jobs whose attempts have all failed, and which are not tried again automatically."""
        return self.filter(claimed_until=None, at=None)


class Job(models.Model):
    """Work for the scheduler: one row for each object and kind, deleted when the work is done."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=100)
    # The time at which to run it. Null once it has failed, and while it runs unless it is to run once more.
    at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    # The last failed attempt
    tried_at = models.DateTimeField(null=True)
    duration = models.DurationField(null=True)
    reason = models.TextField(blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="publishing_one_job_of_each")]
        indexes = [models.Index(fields=["at"], name="publishing_job_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class DeletedPage(models.Model):
    """A deleted page, with all rows that were deleted with it (`iom.publishing.deleted_pages`)."""

    title = models.CharField(_("title"), max_length=255)
    parent = models.PositiveIntegerField()  # the key of its parent
    # Pairs of keys, [page, parent], for the page and for each page deleted with it that is not its descendant
    parents = models.JSONField()
    pages = models.PositiveIntegerField()  # the number of deleted pages
    # References that the deletion emptied, as [label of the model, key, column, value]
    emptied = models.JSONField(default=list)
    rows = models.TextField()  # serialized by Django as JSON
    deleted_at = models.DateTimeField(_("deleted"), auto_now_add=True, db_index=True)
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("deleted page")
        verbose_name_plural = _("deleted pages")

    def __str__(self) -> str:
        return self.title
