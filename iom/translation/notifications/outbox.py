"""Messages to users: kept as the workflow notifies of something, and sent by the scheduler.

All messages of a user are one e-mail, in the user's language, as often as the user wants. « Within minutes »: at once,
then at most one e-mail every ten minutes. « Once a day »: at eight in the morning. What cannot wait (a publication
that is due or has not taken place; an urgent translation; a question, within minutes) is sent at once. « Never »:
nothing but that a publication has not taken place.
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

from iom.core.draft_limits import may_see
from iom.publishing import gate, jobs
from iom.translation.models import LanguageRule, Message, MessagePreference, TranslationState
from iom.users import emails
from iom.users.emails import absolute
from iom.users.models import User

Kind = Message.Kind
JOB = "letter"  # the kind of job that sends a user's messages; it is stored
Frequency = MessagePreference.Frequency
BY_URGENCY = [
    Kind.HELD_BACK, Kind.AWAITED_SOON, Kind.ASKED, Kind.ANSWERED, Kind.SENT_BACK,
    Kind.TO_REVISE, Kind.INSTRUCTED, Kind.STALE, Kind.NEEDED, Kind.DONE,
]  # fmt: skip
PAUSE = timedelta(minutes=10)  # between two e-mails to the same user
MORNING = 8  # o'clock, where the newsroom is
AT_ONCE = {
    Frequency.SOON: {Kind.AWAITED_SOON, Kind.HELD_BACK, Kind.ASKED},
    Frequency.DAILY: {Kind.AWAITED_SOON, Kind.HELD_BACK},
    Frequency.NEVER: {Kind.HELD_BACK},
}

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
    is_being_published = gate.page_being_published(state.original_id) is not None  # then it has no limit
    people = users if is_being_published else may_see(users, state.original.translation_key)
    keys = {user.pk for user in people}
    waiting = Message.objects.filter(recipient__in=keys, kind=kind, state=state, question=question, sent_at=None)
    if new := keys.difference(waiting.values_list("recipient", flat=True)):
        rows = [Message(recipient_id=user, kind=kind, state=state, question=question) for user in sorted(new)]
        Message.objects.bulk_create(rows)
        jobs.enqueue(JOB, *new)


def notify_translators(state: TranslationState, kind: str) -> None:
    """Tells those who translate into the state's language; once someone has claimed it, that person alone.

    A claim of someone who has left silences it for nobody.
    """
    if state.claimed_by is not None and state.claimed_by.is_active:
        notify([state.claimed_by], kind, state)
        return
    notify(_translators(state), kind, state)


def notify_revisers(state: TranslationState, writers: set[int]) -> None:
    """Tells those who may revise a translation: who translates into its language and has not written any of it."""
    notify(_translators(state).exclude(pk__in=writers), Kind.TO_REVISE, state)


def _translators(state: TranslationState) -> QuerySet[Any]:
    """Those who translate into the state's language, as far as they may still sign in."""
    groups = LanguageRule.objects.filter(locale=state.locale_id).values("translators")
    return User.objects.filter(is_active=True, groups__in=groups)


@dataclass(frozen=True)
class Entry:
    """A line about a text, and where to go."""

    title: str
    says: str
    address: str


Describe = Callable[[Message], Entry | None]


def send(user_id: int, describe: Describe) -> None:
    """Sends what is due to a user, each message once, however many processes do it at the same time.

    `describe` says what a message tells its recipient, in the current language and time zone; None where it no longer
    has to be told. What cannot be sent stays for the next attempt. A message whose process dies while it is being sent
    is not sent again.
    """
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return
    zone = UserProfile.get_for_user(user).get_current_time_zone()
    with translation.override(emails.language_of(user)), timezone.override(zone):
        _send(user, describe)


def _send(user: User, describe: Describe) -> None:
    now = timezone.now()
    preference = MessagePreference.objects.filter(user=user).first()
    frequency = Frequency(preference.frequency) if preference else Frequency.SOON
    wanted = _wanted(user, frequency, describe)
    if not wanted:
        return
    moment = _moment(list(wanted), frequency)
    if moment > now:
        jobs.enqueue(JOB, user.pk, at=moment)
        return
    email = compose(user, wanted)
    if not _claim(wanted, now):
        return
    try:
        emails.send(email)
    except Exception:
        _rows(wanted).update(sent_at=None)
        raise


def _claim(chosen: Collection[Message], now: datetime) -> bool:
    """Marks the messages as sent, before they are; nothing, and false, where another process has one of them."""
    with transaction.atomic():
        is_ours = _rows(chosen).filter(sent_at=None).update(sent_at=now) == len(chosen)
        transaction.set_rollback(not is_ours)
    return is_ours


def _rows(chosen: Collection[Message]) -> QuerySet[Message]:
    return Message.objects.filter(pk__in=[message.pk for message in chosen])


def _wanted(user: User, frequency: Frequency, describe: Describe) -> dict[Message, Entry]:
    """What waits for the user and still matters, the oldest first. The rest is dropped."""
    may_be_told = user.is_active and user.email and user.has_perm("wagtailadmin.access_admin")
    waiting = Message.objects.filter(recipient=user, sent_at=None).select_related(
        "question__context", "question__string", "question__translation", "question__asked_by",
        "question__answered_by",
        "state__original__page__translation_instructions", "state__translation__source", "state__page",
        "state__locale", "state__claimed_by",
    )  # fmt: skip
    wanted = {}
    for message in waiting.order_by("created_at", "pk"):
        message.recipient = user
        is_wanted = may_be_told and (frequency != Frequency.NEVER or message.kind in AT_ONCE[frequency])
        if is_wanted and (entry := describe(message)):
            wanted[message] = entry
        else:
            message.delete()
    return wanted


def _moment(wanted: list[Message], frequency: Frequency) -> datetime:
    """When an e-mail with these messages is to be sent."""
    oldest, user = wanted[0].created_at, wanted[0].recipient_id
    if any(message.kind in AT_ONCE[frequency] or _is_urgent(message) for message in wanted):
        return oldest
    if frequency == Frequency.DAILY:
        return _next_morning(oldest)
    sent = Message.objects.filter(recipient=user, sent_at__lte=timezone.now())  # not those of a clock that was ahead
    last = sent.aggregate(last=Max("sent_at"))["last"]
    return max(oldest, last + PAUSE) if last else oldest


def _is_urgent(message: Message) -> bool:
    """Whether an officer has said so of a text that is to be translated."""
    instructions = message.state.instructions
    return message.kind in (Kind.NEEDED, Kind.STALE, Kind.INSTRUCTED) and bool(instructions and instructions.urgent)


def _next_morning(moment: datetime) -> datetime:
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)


def language_written(user: User) -> str | None:
    """The one language that the user translates into."""
    written = LanguageRule.objects.filter(translators__user=user).values_list("locale__language_code", flat=True)
    return written[0] if len(written) == 1 else None


def compose(user: User, entries: dict[Message, Entry]) -> EmailMessage:
    """The e-mail: its entries by kind, the most urgent first."""
    groups = [
        (kind.label, list(dict.fromkeys(entry for message, entry in entries.items() if message.kind == kind)))
        for kind in BY_URGENCY
        if any(message.kind == kind for message in entries)
    ]
    context = {
        "user": user,
        "groups": groups,
        "has_several": len(entries) > 1,
        "dashboard": absolute(reverse("wagtailadmin_home")),
        "preferences": absolute(reverse("wagtailadmin_account")),
    }
    return emails.message(user, _subject(groups), "translation/notifications/email.txt", context)


def _subject(groups: list[tuple[Any, list[Entry]]]) -> str:
    """The most urgent, and how many there are beside it."""
    label, entries = groups[0]
    others = sum(len(rows) for _label, rows in groups) - 1
    words = {"kind": label, "title": entries[0].title, "count": others}
    if not others:
        return gettext("%(kind)s: “%(title)s”") % words
    text = ngettext("%(kind)s: “%(title)s” and %(count)d other", "%(kind)s: “%(title)s” and %(count)d others", others)
    return text % words
