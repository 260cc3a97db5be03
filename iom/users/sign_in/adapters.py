"""Adapters that change allauth's behaviour: only administrators create accounts and change email addresses."""

import base64
import time
from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from iom.users.models import User
from iom.users.sign_in import second_factor
from iom.users.sign_in.log import log_event
from iom.users.sign_in.notifications import FACTORS, notify


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Disables allauth's limit: `iom.users.limits` counts so that nobody can lock another user out."""

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether the password is right. allauth limits the attempts."""
        is_right = user.check_password(password)
        if not is_right:
            log_event("account.wrong_password", user)
        return is_right

    def is_reauthentication_required(self, app: str) -> bool:
        """False for a user who has just signed in at the organization: only its server could ask again."""
        records = get_authentication_records(self.request, self.request.user)
        times = [record["at"] for record in records if record["method"] == "socialaccount"]
        return not times or time.time() - times[-1] > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Notifies `user` of a second factor that was added or removed."""
        notify(user, FACTORS)


class SecondFactorAdapter(DefaultMFAAdapter):
    def get_totp_issuer(self) -> str:
        return gettext("IOM")

    def encrypt(self, text: str) -> str:
        """Encrypts a text with a key derived from SECRET_KEY."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypts a text. Raises cryptography.fernet.InvalidToken where its SECRET_KEY is unknown."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def encrypt_again(self, encrypted_text: str) -> str:
        """Encrypts a text again with the current SECRET_KEY. Raises InvalidToken as `decrypt` does."""
        return _cipher().rotate(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """False for the last second factor of a user who needs one. It can be replaced."""
        user = authenticator.user
        others = Authenticator.objects.filter(user=user, type__in=second_factor.TYPES).exclude(pk=authenticator.pk)
        return not second_factor.is_required(user) or others.exists()


class SessionsAdapter(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        """Ends all sessions of the user except the current one, also those that allauth does not list."""
        super().end_sessions(sessions)
        user = self.request.user
        user.end_sessions()
        update_session_auth_hash(self.request, user)


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [salted_hmac("second factors", "", secret, algorithm="sha256").digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
