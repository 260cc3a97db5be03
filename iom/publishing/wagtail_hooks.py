"""Reviews, and failed schedules, which the editor and the dashboard show; reports on jobs and deleted pages."""

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
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from iom.publishing import approval, deleted_views, failures, report
from iom.publishing.models import Job

hooks.register("before_edit_page", approval.show_remarks, order=-25)
hooks.register("construct_page_action_menu", approval.offer_approval_first, order=100)  # after the other hooks


class FailuresPanel(Component):
    """On the dashboard, where something has failed. `failures` is a list, or a number."""

    def __init__(self, name: str, template_name: str, order: int, failures: Any) -> None:
        self.name, self.template_name, self.order, self.failures = name, template_name, order, failures

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"failures": self.failures}


@hooks.register("construct_homepage_panels")
def add_failure_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Above all other panels."""
    if schedules := failures.shown_to(request.user):
        panels.append(FailuresPanel("schedule-failures", "publishing/failures.html", 90, schedules))
    if request.user.has_perm(report.MAY_SEE) and (jobs := Job.objects.failed().count()):
        panels.append(FailuresPanel("failed-jobs", "publishing/jobs/failed.html", 91, jobs))


@hooks.register("before_edit_page", order=-30)  # before the translators' editor, which returns a response
def show_schedule_failures(request: HttpRequest, page: Page) -> None:
    """Wagtail has checked before that the user may edit the page."""
    if request.method != "GET" or "_w_hydrate_create_view" in request.GET:
        return
    for failure in failures.of_page(page):
        messages.error(request, render_to_string("publishing/failure.html", {"failure": failure}))


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    return [
        path("jobs/", report.JobsView.as_view(), name="publishing_jobs"),
        path("jobs/results/", report.JobsView.as_view(results_only=True), name="publishing_jobs_results"),
        path("jobs/<int:pk>/try-again/", report.try_again, name="publishing_jobs_try_again"),
        path("deleted-pages/", deleted_views.DeletedPagesView.as_view(), name="publishing_deleted"),
        path(
            "deleted-pages/results/",
            deleted_views.DeletedPagesView.as_view(results_only=True),
            name="publishing_deleted_results",
        ),
        path("deleted-pages/<int:pk>/restore/", deleted_views.restore, name="publishing_deleted_restore"),
        path("deleted-pages/<int:pk>/forget/", deleted_views.ForgetView.as_view(), name="publishing_deleted_forget"),
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


class DeletedPagesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return PagePermissionPolicy().user_has_permission(request.user, "add")


@hooks.register("register_reports_menu_item")
def register_deleted_pages_report() -> MenuItem:
    url = reverse("publishing_deleted")
    return DeletedPagesMenuItem(_("Deleted pages"), url, name="deleted-pages", icon_name="bin", order=1250)


@hooks.register("register_log_actions")
def register_restoring(actions: LogActionRegistry) -> None:
    actions.register_action("publishing.restore", _("Restore"), _("Restored after its deletion"))
