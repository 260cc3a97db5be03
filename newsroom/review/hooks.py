"""Registers reviews with Wagtail: publication, the editor's buttons, addresses, settings and the log."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, Revision

from iom.screens import add_admin_urls
from iom.translation.workflow import publication
from iom.translation.workflow.log import ReasonFormatter
from newsroom.review import (
    notifications,  # noqa: F401  (it listens)
    policy,
)
from newsroom.review.views import PublishWithoutReviewView, ReviewRuleViewSet

add_admin_urls(
    path(
        "news/<int:page_id>/publish-without-review/",
        PublishWithoutReviewView.as_view(),
        name="newsroom_publish_without_review",
    )
)
hooks.register("register_admin_viewset", partial(ReviewRuleViewSet, "review_rules", url_prefix="news/review-rules"))


@hooks.register("before_publication")
def require_review(page: Page, revision: Revision | None, user: Any) -> bool:
    # The translation desk reviews translations
    if isinstance(page, policy.ReviewMixin) and not publication.prepared_for(revision):
        policy.check_review(page, revision, user)
    return False


class PublishWithoutReviewItem(ActionMenuItem):
    """A menu item that opens the form for a publication without review."""

    name = "action-without-review"
    label = _("Publish without review")
    icon_name = "upload"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return policy.may_skip(context["request"].user, context["page"])

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("newsroom_publish_without_review", args=[parent_context["page"].pk])


@hooks.register("construct_page_action_menu", order=100)  # after the hooks that replace Wagtail's items
def replace_publish_item(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Removes “Publish” from the menu of a text that needs a review, since the publication would be refused.

    Users who may skip the review get `PublishWithoutReviewItem`.
    """
    page = context.get("page")
    if context["view"] == "create" or not isinstance(page, policy.ReviewMixin):
        return
    if policy.needs_review(page, page.latest_revision):
        items[:] = [item for item in items if not isinstance(item, PublishMenuItem)]
        item = PublishWithoutReviewItem(order=200)
        if item.is_shown(context):
            items.append(item)


class PublishWithoutReviewFormatter(ReasonFormatter):
    label = _("Publish without review")
    message = _("Published without review: %(reason)s")


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(policy.LOG_ACTION)(PublishWithoutReviewFormatter)
