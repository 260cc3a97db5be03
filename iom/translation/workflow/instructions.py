"""The instructions that an officer gives to the translators of a text: due date, urgency and a note."""

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


def for_page(page: Page) -> Instructions:
    """Returns the instructions for a text; an empty unsaved object where there are none."""
    return Instructions.objects.filter(page=page.pk).first() or Instructions(page_id=page.pk)


@locking.atomic
def give(page: Page, new: Instructions, user: Any, *, notify: bool = True) -> bool:
    """Stores and logs the instructions for the translations of an original; returns whether they have changed.

    Empty instructions are deleted. With `notify`, translators who have the text already receive an email.
    """
    locking.lock_translations(page.translation_key)
    before = for_page(page)
    new.remove_control_characters()
    if all(getattr(before, name) == getattr(new, name) for name in _FIELDS):
        return False
    data = {name: getattr(new, name) for name in _FIELDS}
    is_empty = not any(data.values())
    if is_empty:
        before.delete()
    else:
        Instructions.objects.update_or_create(page_id=page.pk, defaults=data | {"given_at": timezone.now()})
    write_log(page.specific_deferred, log.INSTRUCT, user=user, data=data)
    if notify and not is_empty:
        _notify_translators(page)
    return True


def _notify_translators(page: Page) -> None:
    """Notifies translators, unless an email about the text is still to be sent: it contains the instructions."""
    kinds = (outbox.Kind.NEEDED, outbox.Kind.STALE)
    related = ("claimed_by", "original", "translation")
    states = TranslationState.objects.filter(original=page.pk, translation__enabled=True, locale__in=site_locales())
    for state in states.select_related(*related):
        if not state.is_done and not Message.objects.filter(state=state, kind__in=kinds, sent_at=None).exists():
            outbox.notify_translators(state, outbox.Kind.INSTRUCTED)


def describe(urgent: bool, due_at: Any, note: str) -> list[str]:
    """Returns the instructions as parts of a sentence, in the current language. The note becomes one line."""
    parts = [gettext("urgent")] if urgent else []
    if due_at:
        parts.append(gettext("due %(time)s") % {"time": moments.format_moment(due_at)})
    if note:
        parts.append(gettext("note: “%(text)s”") % {"text": " ".join(note.split())})
    return parts


class InstructionsFormatter(LogFormatter):
    label = gettext_lazy("Give instructions for the translation")

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data
        due_at = parse_datetime(data["due_at"]) if data.get("due_at") else None
        parts = describe(data.get("urgent", False), due_at, data.get("note", ""))
        if not parts:
            return gettext("Instructions for the translation removed")
        return gettext("Instructions for the translation: %(text)s") % {"text": ", ".join(parts)}


def register_action(actions: LogActionRegistry) -> None:
    actions.register_action(log.INSTRUCT)(InstructionsFormatter)
