"""The outcome of the import of a file, and the messages about it."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext_lazy

MAX_LISTED = 10  # refused passages; the others are only counted

# The messages on the entries of a file, by the attribute of Outcome that counts them
COUNT_MESSAGES = {
    "imported": ngettext_lazy("%(count)d passage imported.", "%(count)d passages imported.", "count"),
    "unchanged": ngettext_lazy("%(count)d was already the same.", "%(count)d were already the same.", "count"),
    "unfinished": ngettext_lazy(
        "%(count)d was left out: it is marked as fuzzy or unfinished. If it is finished, mark it as translated in the "
        "program, and upload the file again.",
        "%(count)d were left out: they are marked as fuzzy or unfinished. If they are finished, mark them as "
        "translated in the program, and upload the file again.",
        "count",
    ),
    "former": ngettext_lazy(
        "%(count)d translates an earlier text of the original. It is offered as the previous translation.",
        "%(count)d translate an earlier text of the original. They are offered as previous translations.",
        "count",
    ),
    "unknown": ngettext_lazy(
        "%(count)d was left out: it is not in the original.",
        "%(count)d were left out: they are not in the original.",
        "count",
    ),
    "newer": ngettext_lazy(
        "%(count)d was left out: another person has changed it since the file was downloaded.",
        "%(count)d were left out: another person has changed them since the file was downloaded.",
        "count",
    ),
}


@dataclass
class Outcome:
    """The numbers of entries of a file by result. Entries without a translation are not counted."""

    imported: int = 0
    unchanged: int = 0
    unfinished: int = 0
    former: int = 0  # a passage that the original has had
    unknown: int = 0  # not a passage of the original
    newer: int = 0  # another person has written there since the file was exported
    refused: list[tuple[str, str]] = field(default_factory=list)  # pairs of the original and what is wrong

    @property
    def in_words(self) -> str:
        counts = {name: getattr(self, name) for name in COUNT_MESSAGES}
        return " ".join(
            COUNT_MESSAGES[name] % {"count": count} for name, count in counts.items() if count or name == "imported"
        )

    @property
    def refused_in_words(self) -> str:
        """HTML with the refused passages and their errors; empty if there are none."""
        if not self.refused:
            return ""
        context = {
            "refused": [(Truncator(passage).chars(60), problem) for passage, problem in self.refused[:MAX_LISTED]],
            "further": max(0, len(self.refused) - MAX_LISTED),
        }
        return render_to_string("translation/exchange/refused.html", context)


def add_outcome_messages(request: HttpRequest, outcome: Outcome) -> None:
    """Adds messages about the outcome, which the next page shows."""
    level = messages.success if outcome.imported or outcome.unchanged else messages.warning
    level(request, outcome.in_words)
    if problems := outcome.refused_in_words:
        messages.error(request, problems)


def add_refusal_message(request: HttpRequest, reason: object) -> None:
    messages.error(request, gettext("Nothing was imported. %(reason)s") % {"reason": reason})
