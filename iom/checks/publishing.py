"""What is still to be looked at in a text that was just published or scheduled."""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from iom.core import warnings_said
from iom.core.models import BasePage
from iom.findings import warnings_of


def say_warnings(request: HttpRequest, page: Page) -> None:
    """Each warning leads to its field in the editor (static/js/admin/checks.js)."""
    if isinstance(page, BasePage):
        written: Any = page.get_latest_revision_as_object()
        editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
        found = [(f"{editor}#check={quote('.'.join(one.where))}", one.message) for one in warnings_of(written)]
        warnings_said.say(request, page.get_admin_display_title(), found)
