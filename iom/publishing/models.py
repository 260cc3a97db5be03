from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class ScheduleFailure(models.Model):
    """What was due on a page and could not be done, why, and when the scheduler tries again.

    It goes when the page is published, scheduled anew, or has nothing due any more.
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
    reasons = models.JSONField(default=dict)  # by the code of the language that it is read in

    class Meta:
        verbose_name = _("failed schedule")
        verbose_name_plural = _("failed schedules")
        constraints = [models.UniqueConstraint(fields=["page", "action"], name="publishing_one_failure_of_each")]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.reason}"

    @property
    def reason(self) -> str:
        """Why, in the reader's language."""
        reasons: dict[str, Any] = self.reasons
        return reasons.get((get_language() or "").split("-")[0]) or next(iter(reasons.values()), "")
