"""Helpers that sign users in by the forms."""

import re
import time

from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY as USER
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as RECORDS
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

PASSWORD = "demonstration"
DAY = 24 * 3600
CODE = re.compile(r"<code>([^<]+)</code>")


def sign_in(account: str, password: str = PASSWORD, client: Client | None = None) -> tuple[Client, str]:
    """Submits the sign-in form. Returns the client, and the address of the redirect, or an empty string without one."""
    client = client or Client()
    answer = client.post(reverse("account_login"), {"login": f"{account}@example.org", "password": password})
    return client, answer["Location"] if answer.status_code == 302 else ""


def code(secret: str, later: int = 0) -> str:
    """Returns the code of an authenticator app for now, or for `later` periods after."""
    *_before, now, _after = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, now + later))


def confirm(client: Client, password: str = PASSWORD) -> None:
    """Enters the password again, which the site requires before changes to the account."""
    assert client.post(reverse("account_reauthenticate"), {"password": password}).status_code == 302


def has_confirmed(client: Client) -> None:
    """Marks the session of a client that was signed in without a form as just confirmed."""
    session = client.session
    session[USER], session[RECORDS] = (
        session[SESSION_KEY],
        [{"method": "password", "at": time.time() + DAY, "reauthenticated": True}],
    )
    session.save()


def set_up_app(client: Client, password: str = PASSWORD) -> tuple[str, list[str]]:
    """Sets up an authenticator app by the forms. Returns its secret and the recovery codes that are shown."""
    confirm(client, password)
    (secret,) = CODE.findall(client.get(reverse("mfa_activate_totp")).content.decode())
    answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True)
    codes = CODE.findall(answer.content.decode())
    assert len(codes) == 10, answer.content.decode()
    return secret, codes


def enter(client: Client, entered: str) -> int:
    """Enters a second factor, and returns the status of the response."""
    return client.post(reverse("mfa_authenticate"), {"code": entered}).status_code
