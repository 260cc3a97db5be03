"""Where reviews take part in Wagtail: publication, the editor's buttons, addresses, settings, the log."""

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
from iom.translation.workflow.log import WithReason
from newsroom.review import (
    notices,  # noqa: F401  (it listens)
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
def ask_for_review(page: Page, revision: Revision | None, user: Any) -> bool:
    if isinstance(page, policy.Reviewed) and not publication.prepared_for(revision):  # else by the translation desk
        policy.check(page, revision, user)
    return False


class WithoutReviewItem(ActionMenuItem):
    """Leads editors to the publication without review."""

    name = "action-without-review"
    label = _("Publish without review")
    icon_name = "upload"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return policy.may_skip(context["request"].user, context["page"])

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("newsroom_publish_without_review", args=[parent_context["page"].pk])


@hooks.register("construct_page_action_menu", order=100)  # after those who put others in the place of Wagtail's
def offer_review(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Of a text that needs a review, what one writes next is sent for review: “Publish” would be refused."""
    page = context.get("page")
    if context["view"] == "create" or not isinstance(page, policy.Reviewed):
        return
    if policy.needs_review(page, page.latest_revision):
        items[:] = [item for item in items if not isinstance(item, PublishMenuItem)]
        item = WithoutReviewItem(order=200)
        if item.is_shown(context):
            items.append(item)


class PublishedWithoutReview(WithReason):
    label = _("Publish without review")
    message = _("Published without review: %(reason)s")


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(policy.SKIPPED)(PublishedWithoutReview)
