"""What is done with translations, in words, for a page's history and the site's."""

from typing import Any

from django.utils.translation import gettext, gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from iom.translation.workflow import log


@hooks.register("register_log_actions")
def register_the_desks_actions(actions: LogActionRegistry) -> None:
    for action, label, message in [
        (log.SUBMIT, gettext_lazy("Submit for translation"), gettext_lazy("Submitted for translation")),
        (log.CLAIM, gettext_lazy("Claim a translation"), gettext_lazy("Translation claimed")),
        (log.RELEASE, gettext_lazy("Release a translation"), gettext_lazy("Translation released")),
        (log.REVISE, gettext_lazy("Revise a translation"), gettext_lazy("Translation revised")),
        (log.STOP, gettext_lazy("Stop a translation"), gettext_lazy("Taken out of the translators’ desk")),
        (log.RESTART, gettext_lazy("Restart a translation"), gettext_lazy("Given back to the translators’ desk")),
    ]:
        actions.register_action(action, label, message)
    actions.register_action(log.SEND_BACK)(SentBack)
    actions.register_action(log.PUBLISH)(Published)
    actions.register_action(log.PUBLISH_ALONE)(PublishedAlone)


class SentBack(LogFormatter):
    label = gettext_lazy("Send a translation back")

    def format_message(self, log_entry: Any) -> str:
        return gettext("Translation sent back: %(reason)s") % {"reason": log_entry.data.get("reason", "")}


class Published(LogFormatter):
    label = gettext_lazy("Publish a translation")

    def format_message(self, log_entry: Any) -> str:
        """Who has done what; those who are gone, or were none, are not named."""
        data = log_entry.data
        said = [
            (gettext("Translated by %(names)s"), ", ".join(data.get("translators", []))),
            (gettext("revised by %(names)s"), data.get("reviser", "")),
            (gettext("published by %(names)s"), data.get("publisher", "")),
        ]
        parts = [text % {"names": people} for text, people in said if people]
        return ", ".join(parts) or gettext("Translation published")


class PublishedAlone(LogFormatter):
    label = gettext_lazy("Publish without the translation")

    def format_message(self, log_entry: Any) -> str:
        text = gettext("Published without waiting for its translation: %(reason)s")
        return text % {"reason": log_entry.data.get("reason", "")}
