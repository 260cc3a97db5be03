"""Hooks for reviews and failed schedules in the editor and on the dashboard, and for two reports."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from iom.publishing import approval, deleted_page_views, failures, job_views
from iom.publishing.models import Job
from iom.screens import Panel, add_admin_urls, add_report, is_opened

add_report(job_views.may_see_jobs, "jobs/", job_views.JobsView, name="jobs", order=1300)
add_report(
    deleted_page_views.may_open,
    "deleted-pages/",
    deleted_page_views.DeletedPagesView,
    name="deleted-pages",
    order=1250,
)
hooks.register("before_edit_page", approval.show_reviewer_comments, order=-25)
hooks.register("construct_page_action_menu", approval.put_approval_first, order=100)  # after the other hooks


@hooks.register("construct_homepage_panels")
def add_failure_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Adds the panels with failures above all others."""
    if schedules := failures.visible_to(request.user):
        panels.append(Panel("schedule-failures", "publishing/failures.html", 90, failures=schedules))
    if job_views.may_see_jobs(request.user) and (jobs := Job.objects.failed().count()):
        panels.append(Panel("failed-jobs", "publishing/jobs/failed.html", 91, failures=jobs))


@hooks.register("before_edit_page", order=-30)  # before the translators' editor, which returns a response
def show_schedule_failures(request: HttpRequest, page: Page) -> None:
    """Shows failures above the form. Wagtail has checked before that the user may edit the page."""
    if not is_opened(request):
        return
    for failure in failures.for_page(page):
        messages.error(request, render_to_string("publishing/failure.html", {"failure": failure}))


add_admin_urls(
    path("jobs/<int:pk>/try-again/", job_views.try_again, name="publishing_jobs_try_again"),
    path("deleted-pages/<int:pk>/restore/", deleted_page_views.restore, name="publishing_deleted_restore"),
    path("deleted-pages/<int:pk>/forget/", deleted_page_views.ForgetView.as_view(), name="publishing_deleted_forget"),
)


@hooks.register("register_permissions")
def register_job_permission() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="publishing", codename="change_job")


@hooks.register("register_log_actions")
def register_restore_action(actions: LogActionRegistry) -> None:
    actions.register_action("publishing.restore", _("Restore"), _("Restored after its deletion"))
