"""Single sign-on at the organization (`SSO_URL`) with OpenID Connect. It creates no accounts.

allauth trusts what the provider's server sends over TLS. This module also requires a valid signature of the ID token
and the issuer of `SSO_URL`, and follows no redirects of the provider.
"""

from typing import Any, cast
from urllib.parse import urlsplit

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import include, path
from requests import RequestException, Session

from iom.users.models import User
from iom.users.sign_in import second_factor
from iom.users.sign_in.attempt_cache import use_strict_cache

# No language in these addresses, because they are registered at the organization's server.
urlpatterns = [
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("", include("allauth.socialaccount.urls")),
]
ALGORITHMS = {f"{kind}{size}" for kind in ("RS", "PS", "ES") for size in (256, 384, 512)} | {"EdDSA"}
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


class StrictAdapter(views.OpenIDConnectOAuth2Adapter):
    """Validates the metadata and the ID token of the provider. Raises OAuth2Error."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's metadata. Raises ImmediateHttpResponse, with an error page, where they are not valid."""
        try:
            return self._validate_config(cast("dict[str, Any]", super().openid_config))
        except (OAuth2Error, RequestException) as error:
            page = render_authentication_error(self.request, self.get_provider(), exception=error)
            raise ImmediateHttpResponse(page) from error

    def _validate_config(self, config: dict[str, Any]) -> dict[str, Any]:
        issuer = settings.SSO_URL.partition("/.well-known/")[0]
        if config["issuer"].rstrip("/") != issuer.rstrip("/"):
            raise OAuth2Error(f"The issuer is {config['issuer']}, not {issuer}.")
        if {urlsplit(config[name]).scheme for name in _ENDPOINTS if name in config} - {
            "https",
            urlsplit(issuer).scheme,
        }:
            raise OAuth2Error("An address of the provider does not begin with https://.")
        return config

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        login = super().complete_login(request, app, token, **kwargs)
        data = login.account.extra_data
        if not data.get("id_token") or data["id_token"].get("sub") != data.get("userinfo", {}).get("sub"):
            raise OAuth2Error("The ID token and the user’s data are not of the same person.")
        return login

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """Verifies the signature, algorithm, issuer, audience and validity of the token, and returns its claims."""
        try:
            algorithm = jwt.get_unverified_header(id_token).get("alg")
        except jwt.PyJWTError as error:
            raise OAuth2Error("The ID token cannot be read.") from error
        if algorithm not in ALGORITHMS:
            raise OAuth2Error(f"The ID token is signed with {algorithm}, which is not allowed.")
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return claims


# allauth's provider uses the first for the request, its view the second for the callback.
OpenIDConnectProvider.oauth2_adapter_class = views.OpenIDConnectOAuth2Adapter = StrictAdapter
use_strict_cache(jwtkit)


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """At the first sign-in, finds the account by an email address that the organization has verified.

        Raises PermissionDenied for a user who is signed in: nobody may connect an account to another address.
        """
        if request.user.is_authenticated:
            raise PermissionDenied
        verified = [address.email.lower() for address in sociallogin.email_addresses if address.verified]
        account = User.objects.filter(email__in=verified).first()
        if account and not sociallogin.is_existing:
            sociallogin.connect(request, account)
        claims = sociallogin.account.extra_data["id_token"]
        if "mfa" in claims.get("amr", ()) or claims.get("acr") in settings.SSO_ACR:
            second_factor.record_given_at_organization(request, sociallogin.account.uid)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def get_requests_session(self) -> Session:
        session: Session = super().get_requests_session()
        session.max_redirects = 0  # a redirect is an error
        return session
