"""What has become of a file that was imported, and how it is said."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext_lazy

SHOWN = 10  # refused passages; the rest are counted

# What has become of the entries of a file, by the attribute of the outcome that counts them.
COUNTED = {
    "imported": ngettext_lazy("%(count)d passage imported.", "%(count)d passages imported.", "count"),
    "unchanged": ngettext_lazy("%(count)d was already the same.", "%(count)d were already the same.", "count"),
    "unfinished": ngettext_lazy(
        "%(count)d was left out: it is marked as fuzzy or unfinished.",
        "%(count)d were left out: they are marked as fuzzy or unfinished.",
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
    """What has become of the entries of a file. Those without a translation are not counted."""

    imported: int = 0
    unchanged: int = 0
    unfinished: int = 0
    unknown: int = 0  # not a passage of the original, or no longer
    newer: int = 0  # another person has written there since the file was exported
    refused: list[tuple[str, str]] = field(default_factory=list)  # passage of the original, what is wrong

    @property
    def in_words(self) -> str:
        counts = {name: getattr(self, name) for name in COUNTED}
        return " ".join(
            COUNTED[name] % {"count": count} for name, count in counts.items() if count or name == "imported"
        )

    @property
    def refused_in_words(self) -> str:
        """What was left out because of an error, and which; HTML, empty where nothing was."""
        if not self.refused:
            return ""
        context = {
            "refused": [(Truncator(passage).chars(60), problem) for passage, problem in self.refused[:SHOWN]],
            "further": max(0, len(self.refused) - SHOWN),
        }
        return render_to_string("translation/exchange/refused.html", context)


def say(request: HttpRequest, outcome: Outcome) -> None:
    """As messages on the next screen."""
    level = messages.success if outcome.imported or outcome.unchanged else messages.warning
    level(request, outcome.in_words)
    if problems := outcome.refused_in_words:
        messages.error(request, problems)


def say_nothing(request: HttpRequest, reason: object) -> None:
    messages.error(request, gettext("Nothing was imported. %(reason)s") % {"reason": reason})
