"""The state of the site among the reports; the name of the environment on top of the admin."""

from django.conf import settings
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from iom.operation.status import StatusView
from iom.publishing.report import may_see
from iom.screens import add_admin_urls, add_report

add_report(may_see, _("State of the site"), "operation_status", icon_name="tasks", order=1150)


add_admin_urls(path("site-status/", StatusView.as_view(), name="operation_status"))


@hooks.register("insert_global_admin_js")
def environment() -> SafeString:
    """Says on which of several sites one works: an element that the style sheet shows on top."""
    name = settings.ENVIRONMENT_NAME
    return format_html('<p class="environment-name">{}</p>', name) if name else SafeString("")
