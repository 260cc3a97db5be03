"""One letter with all that someone is to be told, in their language, as often as they want.

« Within minutes »: at once, then at most one letter every ten minutes. « Once a day »: at eight in the morning. What
cannot wait (a publication that comes up or has not taken place; a question, within minutes) is sent at once.
« Never »: nothing but that a publication has not taken place.
"""

import logging
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.db import transaction
from django.db.models import Max, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from iom.translation.letters import entries
from iom.translation.letters.relevance import still_matters
from iom.translation.models import LanguageRule, Message, MessagePreference

logger = logging.getLogger("iom.translation")

Kind = Message.Kind
Frequency = MessagePreference.Frequency
PAUSE = timedelta(minutes=10)  # between two letters to the same person
MORNING = 8  # o'clock, where the newsroom is
AT_ONCE = {
    Frequency.SOON: {Kind.AWAITED_SOON, Kind.HELD_BACK, Kind.ASKED},
    Frequency.DAILY: {Kind.AWAITED_SOON, Kind.HELD_BACK},
    Frequency.NEVER: {Kind.HELD_BACK},
}


def send_due(now: datetime) -> None:
    """Sends what is due, each letter once, however many processes do it at the same time.

    What cannot be sent stays, for the next round; other recipients get theirs. A letter whose process dies while it
    is being sent is not sent again.
    """
    letters = []
    for waiting in _by_recipient():
        user = waiting[0].recipient
        try:
            if chosen := _choose(waiting, now):
                letters.append((chosen, write(user, chosen)))
        except Exception:
            logger.exception("No letter could be written to user %s", user.pk)
    if not letters:
        return
    with mailers.default as mailer:
        for chosen, letter in letters:
            if not _claim(chosen, now):
                continue
            try:
                mailer.send_messages([letter])
            except Exception:
                logger.exception("A letter to user %s could not be sent", chosen[0].recipient_id)
                _rows(chosen).update(sent_at=None)


def _claim(chosen: list[Message], now: datetime) -> bool:
    """Marks the messages as sent, before they are; nothing, and false, where another process has one of them."""
    with transaction.atomic():
        is_ours = _rows(chosen).filter(sent_at=None).update(sent_at=now) == len(chosen)
        transaction.set_rollback(not is_ours)
    return is_ours


def _rows(chosen: list[Message]) -> QuerySet[Message]:
    return Message.objects.filter(pk__in=[message.pk for message in chosen])


def _by_recipient() -> list[list[Message]]:
    waiting = Message.objects.filter(sent_at=None).select_related(
        "recipient", "question__context", "question__string", "question__translation",
        "state__translation__source", "state__original__page", "state__page", "state__locale",
    )  # fmt: skip
    found: dict[int, list[Message]] = defaultdict(list)
    for message in waiting.order_by("created_at", "pk"):
        found[message.recipient_id].append(message)
    return list(found.values())


def _choose(waiting: list[Message], now: datetime) -> list[Message]:
    """What goes into a letter now: nothing, or all that matters. What does not matter any more is dropped."""
    user = waiting[0].recipient
    preference = MessagePreference.objects.filter(user=user).first()
    frequency = Frequency(preference.frequency) if preference else Frequency.SOON
    wanted = []
    for message in waiting:
        is_wanted = frequency != Frequency.NEVER or message.kind in AT_ONCE[frequency]
        if is_wanted and still_matters(message):
            wanted.append(message)
        else:
            message.delete()
    return wanted if wanted and _is_time(wanted, frequency, now) else []


def _is_time(wanted: list[Message], frequency: Frequency, now: datetime) -> bool:
    if any(message.kind in AT_ONCE[frequency] for message in wanted):
        return True
    if frequency == Frequency.DAILY:
        return wanted[0].created_at < _last_morning(now)
    last = Message.objects.filter(recipient=wanted[0].recipient_id).aggregate(last=Max("sent_at"))["last"]
    return last is None or last + PAUSE <= now


def _last_morning(now: datetime) -> datetime:
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return morning if morning <= local else morning - timedelta(days=1)


def language_of(user: Any) -> str:
    """What the user has chosen for the admin; else the one language that they translate into; else French."""
    chosen = UserProfile.get_for_user(user).preferred_language
    if chosen:
        return chosen
    written = LanguageRule.objects.filter(translators__user=user).values_list("locale__language_code", flat=True)
    return written[0] if len(written) == 1 else settings.LANGUAGE_CODE


def write(user: Any, messages: list[Message]) -> EmailMessage:
    """The letter: its messages by kind, the most urgent first."""
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
            body=render_to_string("translation/mail/letter.txt", context),
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
