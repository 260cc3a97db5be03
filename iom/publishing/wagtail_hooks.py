"""Where the officer of a page learns that what was due has not been done: above the page's form, and on the admin's
first page; and what administrators see of jobs."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from iom.publishing import report
from iom.publishing.failures import FailedJobsPanel, FailuresPanel, of_page


@hooks.register("before_edit_page", order=-30)  # before the translators' editor, which answers
def show_schedule_failures(request: HttpRequest, page: Page) -> None:
    """Wagtail has asked before whether the reader may edit the page."""
    if request.method != "GET" or "_w_hydrate_create_view" in request.GET:
        return
    for failure in of_page(page):
        messages.error(request, render_to_string("publishing/failure.html", {"failure": failure}))


@hooks.register("construct_homepage_panels")
def add_failure_panels(request: HttpRequest, panels: list[Any]) -> None:
    panels += [FailuresPanel(), FailedJobsPanel()]


@hooks.register("register_admin_urls")
def register_job_urls() -> list[URLPattern]:
    return [
        path("jobs/", report.JobsView.as_view(), name="publishing_jobs"),
        path("jobs/results/", report.JobsView.as_view(results_only=True), name="publishing_jobs_results"),
        path("jobs/<int:pk>/try-again/", report.try_again, name="publishing_jobs_try_again"),
    ]


@hooks.register("register_permissions")
def register_job_permission() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="publishing", codename="change_job")


class JobsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(report.MAY_SEE)


@hooks.register("register_reports_menu_item")
def register_jobs_report() -> MenuItem:
    return JobsMenuItem(_("Background jobs"), reverse("publishing_jobs"), name="jobs", icon_name="tasks", order=1300)
