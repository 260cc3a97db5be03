"""One e-mail with all messages of a user, in the user's language, as often as the user wants.

« Within minutes »: at once, then at most one e-mail every ten minutes. « Once a day »: at eight in the morning. What
cannot wait (a publication that comes up or has not taken place; a question, within minutes) is sent at once.
« Never »: nothing but that a publication has not taken place.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.db import transaction
from django.db.models import Max, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy
from wagtail.users.models import UserProfile

from iom.publishing import jobs
from iom.translation.models import LanguageRule, Message, MessagePreference
from iom.translation.notifications import entries
from iom.translation.notifications.outbox import JOB
from iom.users.models import User

Kind = Message.Kind
Frequency = MessagePreference.Frequency
PAUSE = timedelta(minutes=10)  # between two e-mails to the same user
MORNING = 8  # o'clock, where the newsroom is
AT_ONCE = {
    Frequency.SOON: {Kind.AWAITED_SOON, Kind.HELD_BACK, Kind.ASKED},
    Frequency.DAILY: {Kind.AWAITED_SOON, Kind.HELD_BACK},
    Frequency.NEVER: {Kind.HELD_BACK},
}


def waiting() -> QuerySet[Message, int]:
    """The keys of the users who have messages to be sent."""
    return Message.objects.filter(sent_at=None).order_by().values_list("recipient", flat=True).distinct()


@jobs.handler(JOB, label=gettext_lazy("Send a letter of the translators’ desk"), model=User, missing=waiting)
def send(key: str) -> None:
    """Sends what is due to a user, each message once, however many processes do it at the same time.

    What cannot be sent stays for the next attempt. A message whose process dies while it is being sent is not sent
    again.
    """
    now = timezone.now()
    frequency = _frequency(int(key))
    wanted = _wanted(int(key), frequency)
    if not wanted:
        return
    moment = _moment(wanted, frequency)
    if moment > now:
        jobs.enqueue(JOB, key, at=moment)
        return
    email = compose(wanted[0].recipient, wanted)
    if not _claim(wanted, now):
        return
    try:
        with mailers.default as mailer:
            mailer.send_messages([email])
    except Exception:
        _rows(wanted).update(sent_at=None)
        raise


def _claim(chosen: list[Message], now: datetime) -> bool:
    """Marks the messages as sent, before they are; nothing, and false, where another process has one of them."""
    with transaction.atomic():
        is_ours = _rows(chosen).filter(sent_at=None).update(sent_at=now) == len(chosen)
        transaction.set_rollback(not is_ours)
    return is_ours


def _rows(chosen: list[Message]) -> QuerySet[Message]:
    return Message.objects.filter(pk__in=[message.pk for message in chosen])


def _wanted(user: int, frequency: Frequency) -> list[Message]:
    """What waits for the user and still matters, the oldest first. The rest is dropped."""
    waiting = Message.objects.filter(recipient=user, sent_at=None).select_related(
        "recipient", "question__context", "question__string", "question__translation",
        "state__translation__source", "state__original__page", "state__page", "state__locale",
    )  # fmt: skip
    wanted = []
    for message in waiting.order_by("created_at", "pk"):
        is_wanted = frequency != Frequency.NEVER or message.kind in AT_ONCE[frequency]
        if is_wanted and entries.still_matters(message):
            wanted.append(message)
        else:
            message.delete()
    return wanted


def _frequency(user: int) -> Frequency:
    preference = MessagePreference.objects.filter(user=user).first()
    return Frequency(preference.frequency) if preference else Frequency.SOON


def _moment(wanted: list[Message], frequency: Frequency) -> datetime:
    """When an e-mail with these messages is to be sent."""
    oldest, user = wanted[0].created_at, wanted[0].recipient_id
    if any(message.kind in AT_ONCE[frequency] for message in wanted):
        return oldest
    if frequency == Frequency.DAILY:
        return _next_morning(oldest)
    last = Message.objects.filter(recipient=user).aggregate(last=Max("sent_at"))["last"]
    return max(oldest, last + PAUSE) if last else oldest


def _next_morning(moment: datetime) -> datetime:
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)


def language_of(user: Any) -> str:
    """What the user has chosen for the admin; else the one language that they translate into; else French."""
    chosen = UserProfile.get_for_user(user).preferred_language
    if chosen:
        return chosen
    written = LanguageRule.objects.filter(translators__user=user).values_list("locale__language_code", flat=True)
    return written[0] if len(written) == 1 else settings.LANGUAGE_CODE


def compose(user: Any, messages: list[Message]) -> EmailMessage:
    """The e-mail: its messages by kind, the most urgent first."""
    zone = UserProfile.get_for_user(user).get_current_time_zone()
    with translation.override(language_of(user)), timezone.override(zone):
        groups = [
            (kind.label, list(dict.fromkeys(entries.entry(message) for message in messages if message.kind == kind)))
            for kind in entries.BY_URGENCY
            if any(message.kind == kind for message in messages)
        ]
        context = {
            "user": user,
            "groups": groups,
            "desk": entries.absolute("wagtailadmin_home"),
            "preferences": entries.absolute("wagtailadmin_account"),
        }
        return EmailMessage(
            subject=entries.subject(groups),
            body=render_to_string("translation/notifications/email.txt", context),
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
