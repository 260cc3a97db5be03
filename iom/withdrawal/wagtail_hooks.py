"""Hooks of withdrawal into Wagtail: gate, buttons, editor, dashboard, report and log."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, CancelWorkflowMenuItem, PageLockedMenuItem, SaveDraftMenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button, HeaderButton, ListingButton
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page, Revision

from iom.publishing import gate
from iom.screens import Panel, add_admin_urls, add_report, is_opened
from iom.withdrawal import report, views, withdrawing
from iom.withdrawal.models import Kind, Withdrawal
from iom.withdrawal.reading import requests_for, withdrawal_of

add_report(report.may_open, "withdrawn/", report.WithdrawnTextsView, name="withdrawn-texts", order=1240)


@hooks.register("before_publication")
def refuse_withdrawn_text(page: Page, revision: Revision | None, user: Any) -> bool:
    if Withdrawal.objects.filter(translation_key=page.translation_key).exists():
        raise gate.Refused(_("This text has been withdrawn. An editor can restore it."))
    return False


add_admin_urls(
    path("withdrawal/<int:page_id>/", views.WithdrawView.as_view(), name="withdrawal_withdraw"),
    path("withdrawal/<int:page_id>/restore/", views.restore, name="withdrawal_restore"),
    path("withdrawal/requests/<int:request_id>/decline/", views.decline, name="withdrawal_decline"),
)


def button_label(page: Any, user: Any) -> str:
    """Returns the label of the button for the withdrawal of the page; empty if the user can do neither action."""
    specific = page.specific_deferred
    if hasattr(page, "is_translation"):  # lists have loaded it for all their pages
        specific.is_translation = page.is_translation
    permissions = specific.permissions_for_user(user)
    if getattr(permissions, "can_withdraw", bool)():
        return gettext("Withdraw")
    may_ask = getattr(permissions, "can_ask_for_withdrawal", bool)()
    return gettext("Ask for withdrawal") if may_ask else ""


@hooks.register("register_page_listing_buttons")
def add_to_listings(page: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Adds a button to each row. An item in the menu of the row would take one more click."""
    if page.live and (label := button_label(page, user)):
        names = {"action": label, "title": page.get_admin_display_title()}
        title = gettext("%(action)s: “%(title)s”") % names
        attrs = {"aria-label": title, "title": title}
        address = reverse("withdrawal_withdraw", args=[page.pk])
        yield ListingButton("", url=address, classname="icon-button", icon_name="no-view", attrs=attrs, priority=60)


@hooks.register("page_editor_buttons")
def add_to_editor(page: Any, user: Any) -> Iterator[HeaderButton]:
    if label := button_label(page, user):
        address = reverse("withdrawal_withdraw", args=[page.pk])
        yield HeaderButton(label, url=address, icon_name="no-view", icon_only=True)


@hooks.register("before_edit_page", order=-20)  # before the translators' editor, which returns a response
def show_withdrawal(request: HttpRequest, page: Page) -> None:
    """Shows the withdrawal above the form. Wagtail has checked that the user may edit the page."""
    if not is_opened(request) or page.live:
        return
    if (withdrawal := withdrawal_of(page)) is None:
        return
    may_restore = page.specific.permissions_for_user(request.user).can_restore()
    context = {"withdrawal": withdrawal, "page": page, "may_restore": may_restore, "csrf_token": get_token(request)}
    messages.warning(request, render_to_string("withdrawal/message.html", context))


_ALLOWED_ITEMS = (SaveDraftMenuItem, PageLockedMenuItem, CancelWorkflowMenuItem)


@hooks.register("construct_page_action_menu", order=900)  # after the hooks that replace Wagtail's items
def remove_publish_items(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Removes the publish actions of a withdrawn text, which the gate would refuse. Drafts can still be saved."""
    if context["view"] != "create" and not context["page"].live and withdrawal_of(context["page"]):
        items[:] = [item for item in items if isinstance(item, _ALLOWED_ITEMS)]


@hooks.register("construct_homepage_panels")
def add_requests(request: HttpRequest, panels: list[Component]) -> None:
    """Adds the waiting requests to the dashboard of users who may decide them."""
    if rows := requests_for(request.user, decision=""):
        context = {"requests": rows, "csrf_token": get_token(request)}
        panels.append(Panel("withdrawal-requests", "withdrawal/requests.html", 95, **context))


class WithdrawFormatter(LogFormatter):
    label = _("Withdraw")

    def format_message(self, log_entry: Any) -> str:
        if log_entry.data.get("kind") == Kind.PROTECTION:
            return gettext("Withdrawn for protection")
        return gettext("Withdrawn: %(reason)s") % {"reason": log_entry.data.get("reason", "")}


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    actions.register_action(withdrawing.WITHDRAW)(WithdrawFormatter)
    actions.register_action(withdrawing.RESTORE, _("Restore a withdrawn text"), _("Restored after its withdrawal"))
    actions.register_action(withdrawing.ASK, _("Ask for withdrawal"), _("Withdrawal asked for"))
    label, message = _("Decline a request for withdrawal"), _("Request for withdrawal declined")
    actions.register_action(withdrawing.DECLINE, label, message)
