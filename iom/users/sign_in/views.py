"""The list of a user's sessions, and the view in which administrators help a user who cannot sign in."""

import logging
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import list_usersessions
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from iom.screens import Crumb, Screen
from iom.users.models import User
from iom.users.policy import may_change
from iom.users.sign_in.log import log_event
from iom.users.sign_in.notifications import FACTORS, notify
from iom.users.sign_in.password_links import send_link

logger = logging.getLogger(__name__)


def send_link_with_message(request: HttpRequest, user: User) -> None:
    """Sends `user` the link to choose a password, and adds a message for the administrator on whether it was sent."""
    try:
        send_link(user)
    except OSError:  # the mail server fails
        logger.exception("Account %s: the email about the password could not be sent", user.pk)
        messages.error(request, _("The email with the link could not be sent. Send it again later: Account security."))
    else:
        messages.success(request, _("%(user)s gets an email with a link to choose a password.") % {"user": user.email})


@login_required
@reauthentication_required(allow_get=True)
def sessions(request: HttpRequest) -> HttpResponse:
    """Lists the browsers in which the user is signed in. Adds the current one, whose key may have changed."""
    UserSession.objects.create_from_request(request)
    return list_usersessions(request)


class AccountSecurityView(Screen, TemplateView):
    """The second factors and sessions of an account, with buttons to remove the factors and to end the sessions."""

    template_name = "users/account_security.html"
    page_title = gettext_lazy("Account security")
    header_icon = "key"

    @cached_property
    def account(self) -> User:
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def may_open(self, user: Any) -> bool:
        return may_change(user, self.account)

    def get_page_subtitle(self) -> str:
        return str(self.account)

    def parent_crumbs(self) -> list[Crumb]:
        return [{"url": reverse("wagtailusers_users:index"), "label": capfirst(User._meta.verbose_name_plural)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            account=self.account,
            factors=Authenticator.objects.filter(user=self.account).order_by("created_at"),
            sessions=UserSession.objects.purge_and_list(self.account),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "remove_factors" in request.POST:
            remove_factors(self.account)
            messages.success(request, _("The second factors are removed, and all sessions ended."))
        elif "end_sessions" in request.POST:
            self.account.end_sessions()
            log_event("account.sessions_ended", self.account)
            messages.success(request, _("All sessions are ended."))
        elif "send_link" in request.POST:
            log_event("account.link_sent", self.account)
            send_link_with_message(request, self.account)
        return redirect("wagtailusers_users:security", self.account.pk)


def remove_factors(account: User) -> None:
    """Removes all second factors of an account, and ends its sessions. Then the password is enough to sign in."""
    for factor in Authenticator.objects.filter(user=account):
        factor.delete()
        log_event("account.factor_removed", account, data={"fields": [factor.type]})
    account.end_sessions()
    notify(account, FACTORS)
