"""Limits the attempts to enter a password, and the requests to reset one.

An attempt takes a slot in each of its buckets. A slot is free again after `PAUSE`. Where a bucket is full, the form is
returned with the status 429, and the password is not checked. A right password frees its slots. Slots are entries of
the cache that all processes share, created by the atomic `add`.

Nobody can lock another user out. A browser in which the user has completed a sign-in, recognized by a signed cookie,
has a bucket of its own, and a page's password is limited for each client. The client's address is the one before
`TRUSTED_PROXIES` proxies: anyone can write the rest of X-Forwarded-For.

The name of this module salts its digests and the cookie: another name would make all of them invalid.
"""

import logging
import math
import time
import unicodedata
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

from allauth.account.signals import authentication_step_completed
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core.cache import caches
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.crypto import salted_hmac
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import ngettext

from iom.security import client_address

logger = logging.getLogger(__name__)

PAUSE = 15 * 60  # seconds
COOKIE = f"{settings.COOKIE_PREFIX}known_browser"
COOKIE_AGE = timedelta(days=180)


class LimitedForm(NamedTuple):
    """A form with a password, and its limits."""

    account_field: str  # the form field or URL parameter that identifies the account or page, or STAGE or SIGNED_IN
    secret_field: str  # emptied during the pause
    error_field: str | None  # shows the error; None: the form as a whole
    per_client: int  # attempts of one client for one account or page
    per_account: int | None  # attempts of all clients for one account
    only_with: tuple[str, ...] = ()  # a password is checked only where one of these fields is filled in
    redirects: bool = False  # whether the view redirects after the right password, and only then


PER_CLIENT_TOTAL = 100  # attempts of one client for all accounts
STAGE = "account_login"  # session key of allauth's sign-in in progress, between password and second factor
SIGNED_IN = "user"  # stands for the user of the request
NEW_PASSWORD = ("password-new_password1", "password-new_password2")
_PAGE_PASSWORD = ("password", "password", 10, None, (), True)
LIMITED_FORMS = {
    "account_login": LimitedForm("login", "password", None, 10, 50),
    "mfa_authenticate": LimitedForm(STAGE, "code", None, 10, 50),
    "wagtailadmin_account": LimitedForm(SIGNED_IN, "password-old_password", "old_password", 10, 50, NEW_PASSWORD),
    "wagtailadmin_password_reset": LimitedForm("email", "email", None, 5, 10),
    "wagtailcore_authenticate_with_password": LimitedForm("page_view_restriction_id", *_PAGE_PASSWORD),
    "wagtaildocs_authenticate_with_password": LimitedForm("restriction_id", *_PAGE_PASSWORD),
}


@dataclass
class Attempt:
    """An attempt to enter a password, with the slots that it has taken or the time that it has to wait."""

    limits: LimitedForm
    account: str
    post_data: QueryDict
    own_slots: list[str]  # all slots of this client for this account
    taken_slots: list[str] = field(default_factory=list)
    wait: float = 0  # seconds
    is_right: bool = False  # set by the code that has checked the password
    form: Any = None  # where the response does not have the form in its context


def key(*parts: str) -> str:
    """Returns a digest as a cache key. It depends on SECRET_KEY, so that nobody finds an address by trying all."""
    return salted_hmac(__name__, "\n".join(parts), algorithm="sha256").hexdigest()


def normalize_account(account: str) -> str:
    """Returns the name of an account in one form, whatever its case and its Unicode characters."""
    return unicodedata.normalize("NFKC", account).casefold()


def _slots(number: int, *parts: str) -> list[str]:
    return [f"{key(*parts)}:{index}" for index in range(number)]


def start_attempt(request: HttpRequest, name: str, limits: LimitedForm, url_kwargs: dict[str, str]) -> Attempt:
    """Takes the slots for an attempt at the form with this URL name. Where a bucket is full, sets `wait` instead."""
    written = str(url_kwargs.get(limits.account_field) or request.POST.get(limits.account_field, "")).strip()
    if limits.account_field == STAGE:
        written = str(request.session.get(STAGE, {}).get("user_pk", ""))
    elif limits.account_field == SIGNED_IN:
        written = request.user.get_username()
    account = normalize_account(written)
    client = client_address(request)
    own_slots = _slots(limits.per_client, name, account, client)
    buckets = [own_slots]
    if request.get_signed_cookie(COOKIE, default=None, max_age=COOKIE_AGE) == key(account):
        own_slots = _slots(limits.per_client, name, account, "known browser")
        buckets = [own_slots]
    else:
        buckets += [_slots(limits.per_account, name, account)] if limits.per_account else []
        buckets += [_slots(PER_CLIENT_TOTAL, name, "", client)] if client else []
    attempt = Attempt(limits, account, request.POST, own_slots)
    for bucket in buckets:
        slot = next((slot for slot in bucket if caches["limits"].add(slot, time.time() + PAUSE, PAUSE)), None)
        if slot is None:
            caches["limits"].delete_many(attempt.taken_slots)
            ends = caches["limits"].get_many(bucket).values()
            logger.warning("Too many attempts at %s", name)
            attempt.wait = max(min(ends, default=time.time()) - time.time(), 1)
            break
        attempt.taken_slots.append(slot)
    return attempt


@receiver(authentication_step_completed)
def on_step(request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    """Marks an attempt as right. A redirect is no sign of that: allauth also redirects users who are signed in."""
    attempt: Attempt | None = getattr(request, "attempt", None)
    if attempt and attempt.account in (normalize_account(user.get_username()), str(user.pk)):
        attempt.is_right = True


@receiver(user_logged_in)
def on_sign_in(request: HttpRequest | None, user: Any, **_kwargs: Any) -> None:
    """Remembers the user whose sign-in is complete, for the cookie of a known browser."""
    if request is not None:
        request.has_signed_in = user  # type: ignore[attr-defined]


class LimitsMiddleware(MiddlewareMixin):
    """Limits the requests to `LIMITED_FORMS`, and sets a cookie in browsers in which users have signed in."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        attempt: Attempt | None = getattr(request, "attempt", None)
        if attempt and (attempt.is_right or (attempt.limits.redirects and response.status_code == 302)):
            caches["limits"].delete_many(attempt.own_slots + attempt.taken_slots)
        if user := getattr(request, "has_signed_in", None):
            response.set_signed_cookie(
                COOKIE,
                key(normalize_account(user.get_username())),
                max_age=COOKIE_AGE,
                httponly=True,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: dict[str, str]) -> None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.method != "POST" or name not in LIMITED_FORMS or not _checks_password(request, LIMITED_FORMS[name]):
            return
        attempt = start_attempt(request, name, LIMITED_FORMS[name], kwargs)
        request.attempt = attempt  # type: ignore[attr-defined]
        if attempt.wait:
            request.POST = request.POST.copy()  # type: ignore[assignment]
            request.POST[attempt.limits.secret_field] = ""  # type: ignore[misc]

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Shows the form with the submitted data, and an error that says how long to wait."""
        attempt: Attempt | None = getattr(request, "attempt", None)
        if attempt and attempt.wait:
            form = attempt.form or (response.context_data or {})["form"]
            form.errors.clear()
            form.data = attempt.post_data
            form.add_error(attempt.limits.error_field, _wait_message(attempt.wait))
            response.status_code = 429
            response.headers["Retry-After"] = str(math.ceil(attempt.wait))
        return response


def _checks_password(request: HttpRequest, limits: LimitedForm) -> bool:
    """Whether the view checks a password for this request."""
    if limits.account_field == SIGNED_IN and not (
        request.user.is_authenticated and request.user.has_usable_password()
    ):
        return False
    return not limits.only_with or any(request.POST.get(field) for field in limits.only_with)


def _wait_message(seconds: float) -> str:
    minutes = math.ceil(seconds / 60)
    text = ngettext(
        "Too many attempts. Please try again in %(minutes)d minute.",
        "Too many attempts. Please try again in %(minutes)d minutes.",
        minutes,
    )
    return text % {"minutes": minutes}
