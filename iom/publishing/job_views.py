"""The report on background jobs for administrators, and the view that runs a failed job again."""

from collections import defaultdict
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import F, Model
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from iom.publishing import jobs
from iom.publishing.models import Job

PERMISSION = "publishing.change_job"


def may_see_jobs(user: Any) -> bool:
    return user.has_perm(PERMISSION)


class JobColumn(Column):
    """The label of the job, and its object."""

    cell_template_name = "publishing/jobs/job_cell.html"


class StateColumn(Column):
    """Waiting, running, or failed with a button to try again."""

    cell_template_name = "publishing/jobs/state_cell.html"

    def get_cell_context_data(self, instance: Job, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"now": timezone.now(), "csrf_token": get_token(context["request"])}


def _seconds(job: Job) -> str:
    if job.duration is None:
        return ""
    return gettext("%(seconds)s s") % {"seconds": number_format(job.duration.total_seconds(), 1)}


class JobsView(ReportView):
    queryset = Job.objects.order_by(F("tried_at").desc(nulls_last=True), "at", "pk")
    page_title = gettext_lazy("Background jobs")
    header_icon = "tasks"
    index_url_name = "publishing_jobs"
    index_results_url_name = "publishing_jobs_results"
    no_results_message = gettext_lazy("No pending or failed jobs.")
    permission_policy = ModelPermissionPolicy(Job)
    any_permission_required = ["change"]
    columns = [
        JobColumn("job", label=gettext_lazy("Job")),
        StateColumn("state", label=gettext_lazy("State")),
        Column("attempts", label=gettext_lazy("Attempts")),
        DateColumn("tried_at", label=gettext_lazy("Last attempt")),
        Column("duration", label=gettext_lazy("Duration"), accessor=_seconds),
        Column("reason", label=gettext_lazy("Reason"), accessor=lambda job: job.reason and gettext(job.reason)),
    ]

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Adds the label and the object of each job, with one query for each kind."""
        keys = defaultdict(list)
        for job in object_list:
            keys[job.kind].append(_object_key(job))
        objects = {kind: _get_objects(kind, kind_keys) for kind, kind_keys in keys.items()}
        finder = AdminURLFinder()  # without a user: the views themselves check permissions
        for job in object_list:
            handler = jobs.handlers.get(job.kind)
            job.label = handler.label if handler else job.kind
            job.object = objects[job.kind].get(_object_key(job))
            job.object_url = finder.get_edit_url(job.object) if job.object else None
        return object_list


def _object_key(job: Job) -> str:
    """Returns the key of the object. The key of a job for one user has the form `object:user`."""
    return job.key.partition(":")[0]


def _get_objects(kind: str, keys: list[str]) -> dict[str, Model]:
    model = jobs.handlers[kind].model if kind in jobs.handlers else None
    return {str(record.pk): record for record in model._default_manager.filter(pk__in=keys)} if model else {}


@require_POST
@permission_required(PERMISSION, raise_exception=True)
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    jobs.try_again(Job.objects.filter(pk=pk))
    messages.success(request, gettext("The job will be tried again in a few seconds."))
    return redirect("publishing_jobs")
