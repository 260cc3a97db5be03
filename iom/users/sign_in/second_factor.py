"""Who needs a second factor, and the middleware that asks for it at every address of the admin.

`REQUIRE_SECOND_FACTOR` says whose: `nobody`'s, those of `publishers` (who publish pages or administer accounts), or
`everybody`'s. A passkey is two factors in one. Whoever signs in at the organization (`SSO_URL`) gives the second
factor there if its answer says so (`amr`, `acr`), else here.
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
AT_ORGANIZATION = "factor_at_organization"  # in the session: the person there who has given a second factor


def is_required(user: User | AnonymousUser) -> bool:
    """Whether `user` may open the admin only with a second factor."""
    if settings.REQUIRE_SECOND_FACTOR == PUBLISHERS:
        return (
            PagePermissionPolicy().user_has_permission(user, "publish")
            or policy.user_has_any_permission(user, {"add", "change", "delete"})
            or user.has_perm("auth.change_group")
        )
    return user.is_authenticated and settings.REQUIRE_SECOND_FACTOR == EVERYBODY


def is_given(request: HttpRequest) -> bool:
    """Whether the user has signed in with a second factor in this session."""
    there = request.session.get(AT_ORGANIZATION)
    return any(
        record["method"] == "mfa" or (record["method"] == "socialaccount" and record["uid"] == there)
        for record in get_authentication_records(request, request.user)
    )


def was_given_at_organization(request: HttpRequest, uid: str) -> None:
    """Notes in the session that the person with that id has given a second factor at the organization."""
    request.session[AT_ORGANIZATION] = uid


class SecondFactorMiddleware(MiddlewareMixin):
    """Leads a user of the admin who needs a second factor to the page that sets one up, or asks for it."""

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if not request.path.startswith(reverse("wagtailadmin_home")) or request.path == reverse("wagtailadmin_logout"):
            return None
        if not request.user.is_authenticated or is_given(request) or not is_required(request.user):
            return None
        methods = get_adapter().get_reauthentication_methods(request.user)
        has_factor = Authenticator.objects.filter(user=request.user, type__in=TYPES).exists()
        asks = [method["url"] for method in methods if method["id"].startswith("mfa_")] if has_factor else []
        asked_for = {"next": request.get_full_path()} if request.method == "GET" else {}
        return HttpResponseRedirect(f"{asks[0] if asks else reverse('mfa_index')}?{urlencode(asked_for)}")
