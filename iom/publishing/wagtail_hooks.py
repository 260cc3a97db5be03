"""Where the officer of a page learns that what was due has not been done: above the page's form, and on the admin's
first page."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from iom.publishing.failures import FailuresPanel, of_page


@hooks.register("before_edit_page", order=-30)  # before the translators' editor, which answers
def say_why_it_was_not_done(request: HttpRequest, page: Page) -> None:
    """Wagtail has asked before whether the reader may edit the page."""
    if request.method != "GET" or "_w_hydrate_create_view" in request.GET:
        return
    for failure in of_page(page):
        messages.error(request, render_to_string("publishing/failure.html", {"failure": failure}))


@hooks.register("construct_homepage_panels")
def failures_on_the_first_page(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(FailuresPanel())
