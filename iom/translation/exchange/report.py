"""What is said of files that have been imported."""

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext_lazy

from iom.translation.exchange.importing import Outcome

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


def in_words(outcome: Outcome) -> str:
    counts = {name: getattr(outcome, name) for name in COUNTED}
    return " ".join(COUNTED[name] % {"count": count} for name, count in counts.items() if count or name == "imported")


def refused(outcome: Outcome) -> str:
    """What was left out because of an error, and which; HTML, empty where nothing was."""
    if not outcome.refused:
        return ""
    context = {
        "refused": [(Truncator(passage).chars(60), problem) for passage, problem in outcome.refused[:SHOWN]],
        "further": max(0, len(outcome.refused) - SHOWN),
    }
    return render_to_string("translation/exchange/refused.html", context)


def say(request: HttpRequest, outcome: Outcome) -> None:
    """As messages on the next screen."""
    level = messages.success if outcome.imported or outcome.unchanged else messages.warning
    level(request, in_words(outcome))
    if problems := refused(outcome):
        messages.error(request, problems)


def say_nothing(request: HttpRequest, reason: object) -> None:
    messages.error(request, gettext("Nothing was imported. %(reason)s") % {"reason": reason})
