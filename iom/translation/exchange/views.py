from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext, ngettext_lazy
from django.views.decorators.http import require_POST

from iom.translation.exchange import po
from iom.translation.models import TranslationState
from iom.translation.workflow.views import back

SHOWN = 10  # refused passages; the rest are counted


def download(request: HttpRequest, state: TranslationState) -> HttpResponse:
    translation = state.translation
    name = slugify(translation.source.object_repr) or "page"
    return HttpResponse(
        po.export(state),
        content_type="text/x-gettext-translation; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(
                as_attachment=True, filename=f"{name}-{translation.target_locale.language_code}.po"
            )
        },
    )


@require_POST
def upload(request: HttpRequest, state: TranslationState) -> HttpResponse:
    """Brings in the PO file `file`, and says what has become of it."""
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, gettext("Choose a PO file first."))
    elif file.size is not None and file.size > po.LARGEST:
        messages.error(request, gettext("The file is larger than 2 MB, which no translation of this site is."))
    else:
        try:
            entries = po.read(file.read(), state.translation)
        except po.Unusable as error:
            messages.error(request, gettext("Nothing was imported. %(reason)s") % {"reason": error})
        else:
            _report(request, po.import_file(state, entries, request.user))
    return back(request, reverse("wagtailadmin_pages:edit", args=[state.page_id]))


# What has become of the entries of a file, by the attribute of the outcome that counts them.
COUNTED = {
    "imported": ngettext_lazy("%(count)d passage imported.", "%(count)d passages imported.", "count"),
    "unchanged": ngettext_lazy("%(count)d was the same already.", "%(count)d were the same already.", "count"),
    "fuzzy": ngettext_lazy(
        "%(count)d was left out: it is marked as uncertain (fuzzy).",
        "%(count)d were left out: they are marked as uncertain (fuzzy).",
        "count",
    ),
    "unknown": ngettext_lazy(
        "%(count)d was left out: the original does not have this passage, or no longer.",
        "%(count)d were left out: the original does not have these passages, or no longer.",
        "count",
    ),
    "newer": ngettext_lazy(
        "%(count)d was left out: another person has written there since the file was downloaded.",
        "%(count)d were left out: another person has written there since the file was downloaded.",
        "count",
    ),
}


def _report(request: HttpRequest, outcome: po.Outcome) -> None:
    counts = {name: getattr(outcome, name) for name in COUNTED}
    said = [COUNTED[name] % {"count": count} for name, count in counts.items() if count or name == "imported"]
    level = messages.success if outcome.imported or outcome.unchanged else messages.warning
    level(request, " ".join(said))
    if outcome.refused:
        context = {
            "refused": [(Truncator(passage).chars(60), problem) for passage, problem in outcome.refused[:SHOWN]],
            "further": max(0, len(outcome.refused) - SHOWN),
        }
        messages.error(request, render_to_string("translation/po_refused.html", context))
