"""Adds the report "State of the site", and the name of the environment at the top of the admin."""

from django.conf import settings
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from iom.operation.status import StatusView
from iom.publishing.job_views import may_see_jobs
from iom.screens import add_admin_urls, add_report_item

add_report_item(may_see_jobs, _("State of the site"), "operation_status", icon_name="tasks", order=1150)


add_admin_urls(path("site-status/", StatusView.as_view(), name="operation_status"))


@hooks.register("insert_global_admin_js")
def add_environment_name() -> SafeString:
    """Adds an element that says which of several sites this is; the style sheet shows it at the top."""
    name = settings.ENVIRONMENT_NAME
    return format_html('<p class="environment-name">{}</p>', name) if name else SafeString("")
