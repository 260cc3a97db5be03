"""Hooks for reviews: URLs, the report, the dashboard, and the side panel and notice of the editor."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from aboutus.models import PageReview
from aboutus.reviews import views
from iom.screens import add_admin_urls, add_report, is_opened

add_report(views.may_open, "reports/page-reviews/", views.ReviewsView, name="page-reviews")
add_admin_urls(path("pages/<int:page_id>/review/", views.review, name="page_review"))


@hooks.register("construct_homepage_panels")
def add_reviews_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Adds a panel if reviews are due."""
    if due := views.due_reviews_for(request.user):
        panels.append(views.DueReviewsPanel(due))


@hooks.register("page_side_panels")
def add_review_side_panel(page: Page, request: HttpRequest) -> list[BaseSidePanel]:
    return [views.ReviewSidePanel(page, request)] if views.may_review(request.user, page) else []


@hooks.register("before_edit_page", order=-29)  # before the translators' editor, which returns a response
def show_review_that_is_due(request: HttpRequest, page: Page) -> None:
    if not is_opened(request) or not page.live:
        return
    if views.may_review(request.user, page) and (review := PageReview.for_page(page)).is_due:
        messages.warning(request, render_to_string("aboutus/reviews/notice.html", {"review": review}, request))


@hooks.register("register_log_actions")
def register_review(actions: LogActionRegistry) -> None:
    actions.register_action(views.ACTION, _("Review"), _("Review of the page recorded"))
