"""Limits the attempts to enter a password and the requests to reset one.

An attempt takes a slot in each of its buckets; a slot is free again after `PAUSE`. Where a bucket is full, the form is
returned with the status 429, and the password is not checked. One that was checked and is right frees its slots. Slots
are entries of the cache that all processes share, made by the atomic `add`.

Others cannot lock a user out: a browser in which the user has completed a sign-in, known by a signed cookie, has its
own bucket, and a page's password is limited for each client. The client's address is the one before `TRUSTED_PROXIES`
proxies: anyone can write the rest of X-Forwarded-For.
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

from iom.security import client_of

logger = logging.getLogger(__name__)

PAUSE = 15 * 60  # seconds
COOKIE = f"{settings.COOKIE_PREFIX}known_browser"
COOKIE_AGE = timedelta(days=180)


class Entry(NamedTuple):
    """A form with a password. `names`: the field or URL parameter that names the account or page."""

    names: str
    secret: str  # the field that is emptied during the pause
    shown_at: str | None  # the field with the error
    by_client: int  # attempts of one client at one account or page
    at_account: int | None  # attempts of all clients at one account
    only_with: tuple[str, ...] = ()  # where none of these fields is filled in, no password is checked
    redirects: bool = False  # whoever gives the right password, and nobody else


ALL_OF_A_CLIENT = 100
STAGE = "account_login"  # in the session: whose password was right, and whose second factor is awaited
SIGNED_IN = "user"  # the account of the request
NEW_PASSWORD = ("password-new_password1", "password-new_password2")
OF_PAGES = ("password", "password", 10, None, (), True)
ENTRIES = {
    "account_login": Entry("login", "password", None, 10, 50),
    "mfa_authenticate": Entry(STAGE, "code", None, 10, 50),
    "wagtailadmin_account": Entry(SIGNED_IN, "password-old_password", "old_password", 10, 50, NEW_PASSWORD),
    "wagtailadmin_password_reset": Entry("email", "email", None, 5, 10),
    "wagtailcore_authenticate_with_password": Entry("page_view_restriction_id", *OF_PAGES),
    "wagtaildocs_authenticate_with_password": Entry("restriction_id", *OF_PAGES),
}


@dataclass
class Attempt:
    """An attempt: the slots that it has taken, or how long it has to wait.

    Whoever has checked the password says that it `is_right`. `form`: the form, where the answer has it elsewhere than
    in its context.
    """

    entry: Entry
    account: str
    sent: QueryDict
    own: list[str]  # the slots of this client at this account
    taken: list[str] = field(default_factory=list)
    wait: float = 0
    is_right: bool = False
    form: Any = None


def key(*parts: str) -> str:
    """A digest of the parts, which a cache may have as a key. Without the secret, all addresses could be tried."""
    return salted_hmac(__name__, "\n".join(parts), algorithm="sha256").hexdigest()


def normalized(account: str) -> str:
    """What an account is called, however it is written."""
    return unicodedata.normalize("NFKC", account).casefold()


def _slots(number: int, *parts: str) -> list[str]:
    return [f"{key(*parts)}:{place}" for place in range(number)]


def attempt(request: HttpRequest, name: str, entry: Entry, named: dict[str, str]) -> Attempt:
    """The attempt that `request` makes at the form of that name."""
    written = str(named.get(entry.names) or request.POST.get(entry.names, "")).strip()
    if entry.names == STAGE:
        written = str(request.session.get(STAGE, {}).get("user_pk", ""))
    elif entry.names == SIGNED_IN:
        written = request.user.get_username()
    account = normalized(written)
    client = client_of(request)
    own = _slots(entry.by_client, name, account, client)
    buckets = [own]
    if request.get_signed_cookie(COOKIE, default=None, max_age=COOKIE_AGE) == key(account):
        own = _slots(entry.by_client, name, account, "known browser")
        buckets = [own]
    else:
        buckets += [_slots(entry.at_account, name, account)] if entry.at_account else []
        buckets += [_slots(ALL_OF_A_CLIENT, name, "", client)] if client else []
    tried = Attempt(entry, account, request.POST, own)
    for bucket in buckets:
        slot = next((slot for slot in bucket if caches["limits"].add(slot, time.time() + PAUSE, PAUSE)), None)
        if slot is None:
            caches["limits"].delete_many(tried.taken)
            ends = caches["limits"].get_many(bucket).values()
            logger.warning("Too many attempts at %s", name)
            tried.wait = max(min(ends, default=time.time()) - time.time(), 1)
            break
        tried.taken.append(slot)
    return tried


@receiver(authentication_step_completed)
def on_step(request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    """The password or second factor was right. A redirect does not say so: allauth redirects whoever is signed in."""
    tried: Attempt | None = getattr(request, "attempt", None)
    if tried and tried.account in (normalized(user.get_username()), str(user.pk)):
        tried.is_right = True


@receiver(user_logged_in)
def on_sign_in(request: HttpRequest | None, user: Any, **_kwargs: Any) -> None:
    """All steps are complete."""
    if request is not None:
        request.has_signed_in = user  # type: ignore[attr-defined]


class LimitsMiddleware(MiddlewareMixin):
    """Limits the requests to `ENTRIES`, and lets the site know the browsers in which users have signed in."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        tried: Attempt | None = getattr(request, "attempt", None)
        if tried and (tried.is_right or (tried.entry.redirects and response.status_code == 302)):
            caches["limits"].delete_many(tried.own + tried.taken)
        if user := getattr(request, "has_signed_in", None):
            response.set_signed_cookie(
                COOKIE,
                key(normalized(user.get_username())),
                max_age=COOKIE_AGE,
                httponly=True,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: dict[str, str]) -> None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.method != "POST" or name not in ENTRIES or not _is_checked(request, ENTRIES[name]):
            return
        tried = attempt(request, name, ENTRIES[name], kwargs)
        request.attempt = tried  # type: ignore[attr-defined]
        if tried.wait:
            request.POST = request.POST.copy()  # type: ignore[assignment]
            request.POST[tried.entry.secret] = ""  # type: ignore[misc]

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """The form as it was sent, with the reason why it was not checked."""
        tried: Attempt | None = getattr(request, "attempt", None)
        if tried and tried.wait:
            form = tried.form or (response.context_data or {})["form"]
            form.errors.clear()
            form.data = tried.sent
            form.add_error(tried.entry.shown_at, _please_wait(tried.wait))
            response.status_code = 429
            response.headers["Retry-After"] = str(math.ceil(tried.wait))
        return response


def _is_checked(request: HttpRequest, entry: Entry) -> bool:
    """Whether a password is checked for this request."""
    if entry.names == SIGNED_IN and not (request.user.is_authenticated and request.user.has_usable_password()):
        return False
    return not entry.only_with or any(request.POST.get(field) for field in entry.only_with)


def _please_wait(seconds: float) -> str:
    minutes = math.ceil(seconds / 60)
    text = ngettext(
        "Too many attempts. Please try again in %(minutes)d minute.",
        "Too many attempts. Please try again in %(minutes)d minutes.",
        minutes,
    )
    return text % {"minutes": minutes}
