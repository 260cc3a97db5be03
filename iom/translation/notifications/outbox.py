"""Keeps messages to users, which the scheduler sends (`sending`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from iom.publishing import jobs
from iom.translation.models import LanguageRule, Message, TranslationState

Kind = Message.Kind
JOB = "letter"  # the kind of job that sends a user's messages; it is stored

_is_silent = ContextVar("_is_silent", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """Keeps no messages within it: an archive is imported with thousands of texts."""
    token = _is_silent.set(True)
    try:
        yield
    finally:
        _is_silent.reset(token)


def recipients() -> QuerySet[Message, int]:
    """The keys of the users who have messages to be sent."""
    return Message.objects.filter(sent_at=None).order_by().values_list("recipient", flat=True).distinct()


def notify(users: Any, kind: str, state: TranslationState, question: Any = None) -> None:
    """Keeps a message for each of `users`; one that waits already is not kept twice."""
    if _is_silent.get():
        return
    waiting = Message.objects.filter(kind=kind, state=state, question=question, sent_at=None)
    known = set(waiting.values_list("recipient", flat=True))
    if new := {user.pk for user in users} - known:
        rows = [Message(recipient_id=user, kind=kind, state=state, question=question) for user in sorted(new)]
        Message.objects.bulk_create(rows)
        jobs.enqueue(JOB, *new)


def notify_translators(state: TranslationState, kind: str) -> None:
    """Tells those who translate into the state's language; once someone has claimed it, that person alone."""
    if state.claimed_by is not None:
        notify([state.claimed_by], kind, state)
        return
    notify(_translators(state), kind, state)


def notify_revisers(state: TranslationState, writers: set[int]) -> None:
    """Tells those who may revise a translation: who translates into its language and has not written any of it."""
    notify(_translators(state).exclude(pk__in=writers), Kind.TO_REVISE, state)


def _translators(state: TranslationState) -> QuerySet[Any]:
    """Those who translate into the state's language, as far as they may still sign in."""
    groups = LanguageRule.objects.filter(locale=state.locale_id).values("translators")
    return get_user_model().objects.filter(is_active=True, groups__in=groups)
