"""How long a session lasts, and what sign-out and a confirmation do to it.

A session of a user ends `SESSION_IDLE_HOURS` after its last use, and `SESSION_COOKIE_AGE` after sign-in at the latest.
Both are written into the session as the time at which it expires, which Django obeys.
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

JOB = "sessions"  # the kind of job; it is stored
SINCE = "signed_in_at"
STEP = timedelta(minutes=5)  # between two times that the use of a session is written
FORGET = '"cache", "storage"'  # what the browser keeps of the admin, unsent passages of translations included


@receiver(user_logged_in)
def begin(request: HttpRequest | None, **_kwargs: Any) -> None:
    if request is not None:
        request.session[SINCE] = time.time()


@receiver(user_logged_out)
def end(request: HttpRequest, **_kwargs: Any) -> None:
    request.signed_out = True  # type: ignore[attr-defined]


@receiver(authentication_step_completed)
def renew(request: HttpRequest, reauthenticated: bool = False, **_kwargs: Any) -> None:
    """After a confirmation the session has another key: whoever has the old one has confirmed nothing."""
    if reauthenticated:
        request.session.cycle_key()


def keep(session: SessionBase) -> None:
    """Writes when the session ends, at most every `STEP` unless it is written anyway."""
    now = datetime.now(UTC)
    since = datetime.fromtimestamp(session.get(SINCE) or session.setdefault(SINCE, time.time()), UTC)
    ends = min(
        now + timedelta(hours=settings.SESSION_IDLE_HOURS), since + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    )
    if session.modified or ends - session.get_expiry_date() > STEP:
        session.set_expiry(ends)


@jobs.daily(JOB, label=gettext_lazy("Delete expired sessions"))
def forget() -> None:
    """With what is known of their browsers."""
    SessionStore.clear_expired()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


class PeriodsMiddleware(MiddlewareMixin):
    """Keeps the periods of sessions, and tells browsers not to store what is of one user."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.session.accessed and SESSION_KEY in request.session:
            keep(request.session)
            if "Cache-Control" not in response:  # made for this user
                add_never_cache_headers(response)
        if getattr(request, "signed_out", False):
            response.headers["Clear-Site-Data"] = FORGET
        return response
