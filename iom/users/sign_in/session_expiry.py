"""Expiry of sessions, and what sign-out and a confirmation do to a session.

A user's session ends `SESSION_IDLE_HOURS` after its last use, and `SESSION_COOKIE_AGE` after sign-in at the latest.
The earlier time is stored in the session as its expiry, which Django enforces.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext_lazy

from iom.publishing import jobs

JOB = "sessions"  # the kind of job; stored in the database
SIGNED_IN_AT = "signed_in_at"  # session key
WRITE_INTERVAL = timedelta(minutes=5)  # between two writes of the expiry
CLEARED_DATA = '"cache", "storage"'  # of the browser at sign-out, unsent passages of translations included


@receiver(user_logged_in)
def on_sign_in(request: HttpRequest | None, **_kwargs: Any) -> None:
    if request is not None:
        request.session[SIGNED_IN_AT] = time.time()


@receiver(user_logged_out)
def on_sign_out(request: HttpRequest, **_kwargs: Any) -> None:
    request.signed_out = True  # type: ignore[attr-defined]


@receiver(authentication_step_completed)
def on_confirmation(request: HttpRequest, reauthenticated: bool = False, **_kwargs: Any) -> None:
    """Changes the session key, so that a stolen key does not profit from the confirmation."""
    if reauthenticated:
        request.session.cycle_key()


def extend(session: SessionBase) -> None:
    """Sets the expiry of the session, at most every `WRITE_INTERVAL` unless the session is written anyway."""
    now = datetime.now(UTC)
    timestamp = session.get(SIGNED_IN_AT) or session.setdefault(SIGNED_IN_AT, time.time())
    signed_in_at = datetime.fromtimestamp(timestamp, UTC)
    expiry = min(
        now + timedelta(hours=settings.SESSION_IDLE_HOURS),
        signed_in_at + timedelta(seconds=settings.SESSION_COOKIE_AGE),
    )
    if session.modified or expiry - session.get_expiry_date() > WRITE_INTERVAL:
        session.set_expiry(expiry)


@jobs.daily(JOB, label=gettext_lazy("Delete expired sessions"))
def delete_expired() -> None:
    """Deletes expired sessions, and allauth's records of their browsers."""
    SessionStore.clear_expired()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


class SessionExpiryMiddleware(MiddlewareMixin):
    """Extends sessions that are used, and tells browsers not to store responses for one user."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.session.accessed and SESSION_KEY in request.session:
            extend(request.session)
            if "Cache-Control" not in response:  # the response is for this user
                add_never_cache_headers(response)
        if getattr(request, "signed_out", False):
            response.headers["Clear-Site-Data"] = CLEARED_DATA
        return response
