"""The log actions of translations, shown in the page's history and in the site history."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import PageLogEntry

from iom.translation.models import TranslationState

SUBMIT = "translation.submit"
CLAIM = "translation.claim"
RELEASE = "translation.release"
REVISE = "translation.revise"
SEND_BACK = "translation.send_back"
PUBLISH = "translation.publish"
DETACH = "translation.stop"  # the action names are stored
REATTACH = "translation.restart"
PUBLISH_ALONE = "translation.publish_alone"
HOLD = "translation.hold"
CANCEL_JOINT = "translation.cancel_joint"
INSTRUCT = "translation.instruct"


def record(state: TranslationState, action: str, user: Any, **data: Any) -> None:
    """Logs `action` on the translated page, with the data that its message needs.

    Each entry has its own id: Wagtail's history shows only one entry per action and request, whatever the page.
    """
    log(state.page.specific_deferred, action, user=user, data=data, uuid=uuid4())


def latest_entry(page_id: int, action: str) -> PageLogEntry | None:
    """Returns the newest entry of `action` on a page, with its user."""
    entries = PageLogEntry.objects.filter(page=page_id, action=action).select_related("user")
    return entries.order_by("-timestamp", "-pk").first()


def is_detached(state: TranslationState) -> bool:
    """Returns whether the translation was detached and has not been attached again since."""
    detached, attached = latest_entry(state.page_id, DETACH), latest_entry(state.page_id, REATTACH)
    return detached is not None and (attached is None or attached.pk < detached.pk)


def user_names(ids: Iterable[int | None]) -> dict[int | None, str]:
    """Returns the display names of users by key, in the order of `ids`. Deleted users are left out."""
    wanted = [key for key in dict.fromkeys(ids) if key is not None]
    users = get_user_model().objects.in_bulk(wanted)
    return {key: get_user_display_name(users[key]) for key in wanted if key in users}


class PublishedFormatter(LogFormatter):
    label = gettext_lazy("Publish a translation")

    def format_message(self, log_entry: Any) -> str:
        """Names translators, reviser and publisher; roles without a name are left out."""
        data = log_entry.data
        roles = [
            (gettext("Translated by %(names)s"), ", ".join(data.get("translators", []))),
            (gettext("revised by %(names)s"), data.get("reviser", "")),
            (gettext("published by %(names)s"), data.get("publisher", "")),
        ]
        parts = [text % {"names": people} for text, people in roles if people]
        return ", ".join(parts) or gettext("Translation published")


class ReasonFormatter(LogFormatter):
    message: Promise

    def format_message(self, log_entry: Any) -> str:
        return str(self.message) % {"reason": log_entry.data.get("reason", "")}


class SentBackFormatter(ReasonFormatter):
    label = gettext_lazy("Send a translation back")
    message = gettext_lazy("Translation sent back: %(reason)s")


class PublishedAloneFormatter(ReasonFormatter):
    label = gettext_lazy("Publish without the translation")
    message = gettext_lazy("Published without waiting for its translation: %(reason)s")


def register_actions(actions: LogActionRegistry) -> None:
    for action, label, message in [
        (SUBMIT, gettext_lazy("Submit for translation"), gettext_lazy("Submitted for translation")),
        (CLAIM, gettext_lazy("Claim a translation"), gettext_lazy("Translation claimed")),
        (RELEASE, gettext_lazy("Release a translation"), gettext_lazy("Translation released")),
        (REVISE, gettext_lazy("Revise a translation"), gettext_lazy("Translation revised")),
        (DETACH, gettext_lazy("Detach a translation"), gettext_lazy("Detached from the original")),
        (
            HOLD,
            gettext_lazy("Publish together with the translation"),
            gettext_lazy("Publication on hold until the translation is ready"),
        ),
        (
            CANCEL_JOINT,
            gettext_lazy("Cancel the publication together with the translation"),
            gettext_lazy("Publication cancelled"),
        ),
        (REATTACH, gettext_lazy("Attach a translation again"), gettext_lazy("Attached to the original again")),
    ]:
        actions.register_action(action, label, message)
    actions.register_action(SEND_BACK)(SentBackFormatter)
    actions.register_action(PUBLISH)(PublishedFormatter)
    actions.register_action(PUBLISH_ALONE)(PublishedAloneFormatter)
