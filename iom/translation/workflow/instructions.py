"""What an officer asks of the translators of a text: by when, how urgent it is, and what they have to know."""

from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext, gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.log_actions import log as write_log
from wagtail.models import Page

from iom.core import moments
from iom.navigation.locales import site_locales
from iom.publishing import locking
from iom.translation.models import Instructions, Message, TranslationState
from iom.translation.notifications import outbox
from iom.translation.workflow import log

_FIELDS = ("urgent", "due_at", "note")


def of(page: Page) -> Instructions:
    """The instructions for a text; unsaved and empty where there are none."""
    return Instructions.objects.filter(page=page.pk).first() or Instructions(page_id=page.pk)


@locking.atomic
def give(page: Page, wanted: Instructions, user: Any, *, tells: bool = True) -> bool:
    """Keeps the instructions for the translations of an original, and logs them. Whether they have changed.

    Those that say nothing are removed. `tells`: translators who have the text already receive an e-mail.
    """
    locking.lock_translations(page.translation_key)
    before = of(page)
    wanted.remove_control_characters()
    if all(getattr(before, name) == getattr(wanted, name) for name in _FIELDS):
        return False
    data = {name: getattr(wanted, name) for name in _FIELDS}
    is_empty = not any(data.values())
    if is_empty:
        before.delete()
    else:
        Instructions.objects.update_or_create(page_id=page.pk, defaults=data | {"given_at": timezone.now()})
    write_log(page.specific_deferred, log.INSTRUCT, user=user, data=data)
    if tells and not is_empty:
        _notify_translators(page)
    return True


def _notify_translators(page: Page) -> None:
    """Who has not received the e-mail about the text yet reads the instructions there."""
    told = (outbox.Kind.NEEDED, outbox.Kind.STALE)
    related = ("claimed_by", "original", "translation")
    states = TranslationState.objects.filter(original=page.pk, translation__enabled=True, locale__in=site_locales())
    for state in states.select_related(*related):
        if not state.is_done and not Message.objects.filter(state=state, kind__in=told, sent_at=None).exists():
            outbox.notify_translators(state, outbox.Kind.INSTRUCTED)


def in_words(urgent: bool, due_at: Any, note: str) -> list[str]:
    """The parts of a sentence; a note is one line."""
    parts = [gettext("urgent")] if urgent else []
    if due_at:
        parts.append(gettext("due %(time)s") % {"time": moments.in_words(due_at)})
    if note:
        parts.append(gettext("note: “%(text)s”") % {"text": " ".join(note.split())})
    return parts


class Instructed(LogFormatter):
    label = gettext_lazy("Give instructions for the translation")

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data
        due_at = parse_datetime(data["due_at"]) if data.get("due_at") else None
        parts = in_words(data.get("urgent", False), due_at, data.get("note", ""))
        if not parts:
            return gettext("Instructions for the translation removed")
        return gettext("Instructions for the translation: %(text)s") % {"text": ", ".join(parts)}


def register_action(actions: LogActionRegistry) -> None:
    actions.register_action(log.INSTRUCT)(Instructed)
