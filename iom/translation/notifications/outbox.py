"""The outbox: messages to users, which the workflow stores and the scheduler sends.

All messages of a user are sent in one email, in the user's language, as often as the user chooses.
« Within minutes »: at once, then at most one email every ten minutes. « Once a day »: at eight in the morning.
« Never »: only messages that a publication has not taken place. Urgent messages are sent at once: on a publication
that is due or has not taken place, on an urgent translation and, with « Within minutes », on a question.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext
from wagtail.users.models import UserProfile

from iom.core.draft_limits import users_allowed_to_see
from iom.publishing import gate, jobs
from iom.translation.models import LanguageRule, Message, MessagePreference, TranslationState
from iom.users import emails
from iom.users.emails import absolute_url
from iom.users.models import User

Kind = Message.Kind
JOB = "letter"  # the stored kind of the job that sends a user's messages
Frequency = MessagePreference.Frequency
KINDS_BY_URGENCY = [
    Kind.HELD_BACK, Kind.AWAITED_SOON, Kind.ASKED, Kind.ANSWERED, Kind.SENT_BACK,
    Kind.TO_REVISE, Kind.INSTRUCTED, Kind.STALE, Kind.NEEDED, Kind.DONE,
]  # fmt: skip
MIN_INTERVAL = timedelta(minutes=10)  # between two emails to the same user
DIGEST_HOUR = 8  # in the newsroom's time zone
IMMEDIATE_KINDS = {
    Frequency.SOON: {Kind.AWAITED_SOON, Kind.HELD_BACK, Kind.ASKED},
    Frequency.DAILY: {Kind.AWAITED_SOON, Kind.HELD_BACK},
    Frequency.NEVER: {Kind.HELD_BACK},
}

_is_silent = ContextVar("_is_silent", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """Stores no messages in this context, such as the import of an archive with thousands of texts."""
    token = _is_silent.set(True)
    try:
        yield
    finally:
        _is_silent.reset(token)


def pending_recipients() -> QuerySet[Message, int]:
    """Returns the keys of the users who have unsent messages."""
    return Message.objects.filter(sent_at=None).order_by().values_list("recipient", flat=True).distinct()


def notify(users: Any, kind: str, state: TranslationState, question: Any = None) -> None:
    """Stores a message for each of `users` who may see the text, unless the same message is still unsent."""
    if _is_silent.get():
        return
    # A page that is being published has no limit on who may see it
    is_being_published = gate.page_being_published(state.original_id) is not None
    people = users if is_being_published else users_allowed_to_see(users, state.original.translation_key)
    keys = {user.pk for user in people}
    waiting = Message.objects.filter(recipient__in=keys, kind=kind, state=state, question=question, sent_at=None)
    if new := keys.difference(waiting.values_list("recipient", flat=True)):
        rows = [Message(recipient_id=user, kind=kind, state=state, question=question) for user in sorted(new)]
        Message.objects.bulk_create(rows)
        jobs.enqueue(JOB, *new)


def notify_translators(state: TranslationState, kind: str) -> None:
    """Notifies the active user who has claimed the translation; if there is none, all translators of the language."""
    is_claimed = state.claimed_by is not None and state.claimed_by.is_active
    notify([state.claimed_by] if is_claimed else _translators(state), kind, state)


def notify_revisers(state: TranslationState, writers: set[int]) -> None:
    """Notifies the users who may revise a translation: the language's translators except its writers."""
    notify(_translators(state).exclude(pk__in=writers), Kind.TO_REVISE, state)


def _translators(state: TranslationState) -> QuerySet[Any]:
    """Returns the active users who translate into the state's language."""
    groups = LanguageRule.objects.filter(locale=state.locale_id).values("translators")
    return User.objects.filter(is_active=True, groups__in=groups)


@dataclass(frozen=True)
class Entry:
    """An entry of an email: the title of a text, what there is to do, and a URL."""

    title: str
    details: str
    address: str


EntryBuilder = Callable[[Message], Entry | None]


def send(user_id: int, build_entry: EntryBuilder) -> None:
    """Sends a user's due messages, each once, however many processes run at the same time.

    `build_entry` returns the email's entry for a message, in the current language and time zone, or None where it no
    longer applies. Messages that could not be sent stay for the next attempt. If the process dies while it sends a
    message, the message is not sent again.
    """
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return
    zone = UserProfile.get_for_user(user).get_current_time_zone()
    with translation.override(emails.language_of(user)), timezone.override(zone):
        _send(user, build_entry)


def _send(user: User, build_entry: EntryBuilder) -> None:
    now = timezone.now()
    preference = MessagePreference.objects.filter(user=user).first()
    frequency = Frequency(preference.frequency) if preference else Frequency.SOON
    entries = _pending_entries(user, frequency, build_entry)
    if not entries:
        return
    moment = _send_time(list(entries), frequency)
    if moment > now:
        jobs.enqueue(JOB, user.pk, at=moment)
        return
    email = compose(user, entries)
    if not _claim(entries, now):
        return
    try:
        emails.send(email)
    except Exception:
        _queryset(entries).update(sent_at=None)
        raise


def _claim(chosen: Collection[Message], now: datetime) -> bool:
    """Marks the messages as sent before sending. Returns False, and marks none, if another process has one of them."""
    with transaction.atomic():
        is_ours = _queryset(chosen).filter(sent_at=None).update(sent_at=now) == len(chosen)
        transaction.set_rollback(not is_ours)
    return is_ours


def _queryset(chosen: Collection[Message]) -> QuerySet[Message]:
    return Message.objects.filter(pk__in=[message.pk for message in chosen])


def _pending_entries(user: User, frequency: Frequency, build_entry: EntryBuilder) -> dict[Message, Entry]:
    """Returns the user's unsent messages with their entries, the oldest first. Deletes those that no longer apply."""
    may_receive = user.is_active and user.email and user.has_perm("wagtailadmin.access_admin")
    waiting = Message.objects.filter(recipient=user, sent_at=None).select_related(
        "question__context", "question__string", "question__translation", "question__asked_by",
        "question__answered_by",
        "state__original__page__translation_instructions", "state__translation__source", "state__page",
        "state__locale", "state__claimed_by",
    )  # fmt: skip
    entries = {}
    for message in waiting.order_by("created_at", "pk"):
        message.recipient = user
        is_wanted = may_receive and (frequency != Frequency.NEVER or message.kind in IMMEDIATE_KINDS[frequency])
        if is_wanted and (entry := build_entry(message)):
            entries[message] = entry
        else:
            message.delete()
    return entries


def _send_time(pending: list[Message], frequency: Frequency) -> datetime:
    """Returns when an email with these messages is due."""
    oldest, user = pending[0].created_at, pending[0].recipient_id
    if any(message.kind in IMMEDIATE_KINDS[frequency] or _is_urgent(message) for message in pending):
        return oldest
    if frequency == Frequency.DAILY:
        return _next_morning(oldest)
    # Without messages of a server whose clock was ahead
    sent = Message.objects.filter(recipient=user, sent_at__lte=timezone.now())
    last = sent.aggregate(last=Max("sent_at"))["last"]
    return max(oldest, last + MIN_INTERVAL) if last else oldest


def _is_urgent(message: Message) -> bool:
    """Returns whether the message is about a translation that an officer has marked as urgent."""
    instructions = message.state.instructions
    return message.kind in (Kind.NEEDED, Kind.STALE, Kind.INSTRUCTED) and bool(instructions and instructions.urgent)


def _next_morning(moment: datetime) -> datetime:
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    morning = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)


def target_language_of(user: User) -> str | None:
    """Returns the language that the user translates into; None if there is none or more than one."""
    written = LanguageRule.objects.filter(translators__user=user).values_list("locale__language_code", flat=True)
    return written[0] if len(written) == 1 else None


def compose(user: User, entries: dict[Message, Entry]) -> EmailMessage:
    """Returns the email, with its entries by kind, the most urgent first."""
    groups = [
        (kind.label, list(dict.fromkeys(entry for message, entry in entries.items() if message.kind == kind)))
        for kind in KINDS_BY_URGENCY
        if any(message.kind == kind for message in entries)
    ]
    context = {
        "user": user,
        "groups": groups,
        "has_several": len(entries) > 1,
        "dashboard": absolute_url(reverse("wagtailadmin_home")),
        "preferences": absolute_url(reverse("wagtailadmin_account")),
    }
    return emails.build_message(user, _subject(groups), "translation/notifications/email.txt", context)


def _subject(groups: list[tuple[Any, list[Entry]]]) -> str:
    """Returns the subject: the most urgent entry, and the number of the others."""
    label, entries = groups[0]
    others = sum(len(rows) for _label, rows in groups) - 1
    words = {"kind": label, "title": entries[0].title, "count": others}
    if not others:
        return gettext("%(kind)s: “%(title)s”") % words
    text = ngettext("%(kind)s: “%(title)s” and %(count)d other", "%(kind)s: “%(title)s” and %(count)d others", others)
    return text % words
