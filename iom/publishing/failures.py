"""What the scheduler could not do, as people of the newsroom see it."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from iom.publishing.models import Job, ScheduleFailure

SHOWN = 20


def of_page(page: Page) -> QuerySet[ScheduleFailure]:
    return ScheduleFailure.objects.filter(page=page.pk).order_by("action")


def shown_to(user: Any) -> list[ScheduleFailure]:
    """Those of the user's own pages and schedules; whoever takes pages down sees all that they may edit."""
    failures = ScheduleFailure.objects.select_related("page").order_by("-failed_at")
    if not user.has_perm("users.retire_page"):
        failures = failures.filter(Q(page__owner=user) | Q(scheduled_by=user))
    return [row for row in failures[:SHOWN] if row.page.specific.permissions_for_user(user).can_edit()]


class FailuresPanel(Component):
    """On the admin's first page; nothing where nothing has failed."""

    name = "schedule-failures"
    template_name = "publishing/failures.html"
    order = 90  # above all others

    def render_html(self, parent_context: Any = None) -> Any:
        self.failures = shown_to(parent_context["request"].user)
        return super().render_html(parent_context) if self.failures else ""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return super().get_context_data(parent_context) | {"failures": self.failures}


class FailedJobsPanel(Component):
    """For administrators; nothing where nothing has failed."""

    name = "failed-jobs"
    template_name = "publishing/jobs/failed.html"
    order = 91

    def render_html(self, parent_context: Any = None) -> Any:
        if not parent_context["request"].user.has_perm("publishing.change_job"):
            return ""
        self.failed = Job.objects.failed().count()
        return super().render_html(parent_context) if self.failed else ""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return super().get_context_data(parent_context) | {"failed": self.failed}
