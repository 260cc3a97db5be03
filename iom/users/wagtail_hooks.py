from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views import account
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from iom.users.models import User
from iom.users.policy import may_change, policy
from iom.users.sign_in.own_password import OwnPasswordPanel
from iom.users.viewsets import AssignRole, Delete, SetActiveState

register_permission_policy(User, policy)
account.ChangePasswordPanel = OwnPasswordPanel
hooks.register("register_bulk_action", AssignRole, order=10)  # replaces Wagtail's
hooks.register("register_bulk_action", SetActiveState, order=10)
hooks.register("register_bulk_action", Delete, order=10)


@hooks.register("register_user_listing_buttons")
def add_security_button(user: User, request_user: User) -> Iterator[Button]:
    """Links administrators to the second factors and sessions of an account."""
    if may_change(request_user, user):
        yield Button(
            _("Account security"),
            reverse("wagtailusers_users:security", args=[user.pk]),
            icon_name="key",
            priority=30,
        )


@hooks.register("register_account_menu_item")
def add_security_menu_item(request: HttpRequest) -> dict[str, str]:
    """Links users to their own second factors and sessions."""
    return {
        "url": reverse("mfa_index"),
        "label": _("Account security"),
        "help_text": _("Passkeys, authenticator app, recovery codes and sessions"),
    }
