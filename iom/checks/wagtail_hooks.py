from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.models import Page

from iom.checks import gate, status, views  # noqa: F401  (hooks of status)
from iom.core import publication_warnings
from iom.core.models import BasePage
from iom.findings import warnings_of
from iom.screens import add_admin_urls, add_style_sheets

add_style_sheets("checks")
hooks.register("before_publication", gate.check, order=-10)  # before an original is held for its translations


@hooks.register("after_publish_page", order=-10)  # before a hook that returns a response
def say_warnings(request: HttpRequest, page: Page) -> None:
    """Shows the warnings of a text that was just published or scheduled.

    Each warning links to its field in the editor (static/js/admin/checks.js).
    """
    if isinstance(page, BasePage):
        written: Any = page.get_latest_revision_as_object()
        editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
        found = [
            (f"{editor}#check={quote('.'.join(warning.where))}", warning.message) for warning in warnings_of(written)
        ]
        publication_warnings.show_warnings(request, page.get_admin_display_title(), found)


# The editor's script builds these addresses from that of the form.
add_admin_urls(
    path("pages/<int:page_id>/edit/checks/", views.check_page, name="checks_page"),
    path(
        "pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/checks/",
        views.check_new_page,
        name="checks_new_page",
    ),
)


@hooks.register("insert_editor_js")
def add_checks_script() -> SafeString:
    return format_html('<script src="{}" type="module"></script>', static("js/admin/checks.js"))
