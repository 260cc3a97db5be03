"""Sign-in at the organization (`SSO_URL`), by OpenID Connect. Whoever has no account gets none."""

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import include, path

from iom.users.models import User

# Without a language in the address, which the organization's server has to know.
urlpatterns = [
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("", include("allauth.socialaccount.urls")),
]


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The first time, finds the account by an email address that the organization has verified.

        Raises PermissionDenied for whoever is signed in: an account belongs to the address that it has.
        """
        if request.user.is_authenticated:
            raise PermissionDenied
        verified = [address.email.lower() for address in sociallogin.email_addresses if address.verified]
        account = User.objects.filter(email__in=verified).first()
        if account and not sociallogin.is_existing:
            sociallogin.connect(request, account)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False
