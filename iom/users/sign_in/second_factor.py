"""Decides which users need a second factor, and asks for it at every address of the admin.

`REQUIRE_SECOND_FACTOR` is `nobody`, `publishers` (users who publish pages or administer accounts) or `everybody`. A
passkey is two factors in one. A user who signs in at the organization (`SSO_URL`) has given the second factor there
if its response says so (`amr`, `acr`), and otherwise gives it here.
"""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from wagtail.permission_policies.pages import PagePermissionPolicy

from iom.users.models import User
from iom.users.policy import policy

PUBLISHERS, EVERYBODY = "publishers", "everybody"
TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
AT_ORGANIZATION = "factor_at_organization"  # session key: the id at the organization of who has given the factor


def is_required(user: User | AnonymousUser) -> bool:
    """Whether `user` needs a second factor to open the admin."""
    if settings.REQUIRE_SECOND_FACTOR == PUBLISHERS:
        return (
            PagePermissionPolicy().user_has_permission(user, "publish")
            or policy.user_has_any_permission(user, {"add", "change", "delete"})
            or user.has_perm("auth.change_group")
        )
    return user.is_authenticated and settings.REQUIRE_SECOND_FACTOR == EVERYBODY


def is_given(request: HttpRequest) -> bool:
    """Whether the user has signed in with a second factor in this session."""
    uid = request.session.get(AT_ORGANIZATION)
    return any(
        record["method"] == "mfa" or (record["method"] == "socialaccount" and record["uid"] == uid)
        for record in get_authentication_records(request, request.user)
    )


def record_given_at_organization(request: HttpRequest, uid: str) -> None:
    """Records in the session that the person with this id has given a second factor at the organization."""
    request.session[AT_ORGANIZATION] = uid


class SecondFactorMiddleware(MiddlewareMixin):
    """Redirects a user of the admin who needs a second factor to the page that asks for it or sets one up."""

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if not request.path.startswith(reverse("wagtailadmin_home")) or request.path == reverse("wagtailadmin_logout"):
            return None
        if not request.user.is_authenticated or is_given(request) or not is_required(request.user):
            return None
        methods = get_adapter().get_reauthentication_methods(request.user)
        has_factor = Authenticator.objects.filter(user=request.user, type__in=TYPES).exists()
        urls = [method["url"] for method in methods if method["id"].startswith("mfa_")] if has_factor else []
        query = {"next": request.get_full_path()} if request.method == "GET" else {}
        return HttpResponseRedirect(f"{urls[0] if urls else reverse('mfa_index')}?{urlencode(query)}")
