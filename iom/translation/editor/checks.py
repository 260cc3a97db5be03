"""The findings of the checks in a translation, as it was last saved, for the translators' editor."""

from typing import Any

from django.http import HttpRequest, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_user_display_name

from iom.core import publication_warnings
from iom.findings import Finding, errors_of, summary, warnings_of
from iom.publishing import locking
from iom.translation.checks import findings as checks
from iom.translation.checks.findings import TranslationFinding
from iom.translation.content import overrides, segments
from iom.translation.content.segments import Segment
from iom.translation.models import Intended, TranslationState
from iom.translation.workflow import policy, progress


def collect_all_findings(state: TranslationState, text: segments.Text) -> list[TranslationFinding]:
    """Returns the findings in passages, then those in the page, except those that the original has as well: the
    translator cannot change these. Findings marked as intended come last."""
    found = checks.check_translation(state, text) + _page_findings(state, text)
    return sorted(found, key=lambda one: one.intended is not None)


def _page_findings(state: TranslationState, text: segments.Text) -> list[TranslationFinding]:
    page = overrides.translated_page(state, text, fallback=True)
    page.original.locale = state.translation.source.locale
    known = {_finding_key(one) for one in _findings(page.original)}
    found = [
        TranslationFinding(one, _segments_at(one, text)) for one in _findings(page) if _finding_key(one) not in known
    ]
    return [one for one in found if all(passage.target for passage in one.passages or text)]


def _findings(page: Any) -> list[Finding]:
    return [*errors_of(page), *warnings_of(page)]


def _finding_key(one: Finding) -> tuple[str, tuple[str, ...], str]:
    return one.code, one.where, str(one.message)


def _segments_at(finding: Finding, text: segments.Text) -> list[Segment]:
    """Returns the segments of the field that the finding names; of its block, where it names no field."""
    where = ".".join(finding.where)
    at = [one for one in text if where and f"{one.path}.".startswith(f"{where}.")]
    return at or [one for one in text if f"{where}.".startswith(f"{one.path}.")]


@policy.allowed(policy.may_see)
def show(request: HttpRequest, state: TranslationState) -> JsonResponse:
    """Returns the findings as JSON for the editor's script. Users who may only read get no corrections."""
    return _findings_response(request, state, segments.load_text(state.translation))


def _findings_response(
    request: HttpRequest, state: TranslationState, text: segments.Text, **more: object
) -> JsonResponse:
    found = collect_all_findings(state, text)
    may_write = policy.may_translate(request.user, state)
    rows = []
    for one in found:
        label = one.passages[0].place.label if one.passages else ""
        row = one.finding.as_json(label, [passage.pk for passage in one.passages])
        row |= {"digest": one.digest, "intended": _intended_label(one.intended) if one.intended else ""}
        rows.append(row if may_write else row | {"fix": (), "digest": ""})
    counted = summary([one.finding for one in found if not one.intended])
    answer = {"summary": counted, "findings": rows, **more}
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})


def _intended_label(row: Intended) -> str:
    name = get_user_display_name(row.by) if row.by else gettext("Another person")
    when = date_format(timezone.localtime(row.at), "SHORT_DATETIME_FORMAT")
    return gettext("Intended: %(name)s, %(when)s") % {"name": name, "when": when}


@require_POST
@policy.allowed(policy.may_translate)
@locking.atomic
def intend(request: HttpRequest, state: TranslationState) -> HttpResponseBase:
    """Marks the finding with this `digest` as intended, or no longer with `undo`. Returns the findings afterwards."""
    digest = request.POST.get("digest", "")
    if not digest.isalnum():
        return HttpResponseBadRequest()
    state.lock()
    text = segments.load_text(state.translation)
    if "undo" in request.POST:
        checks.unmark_intended(state, digest)
    else:
        checks.mark_intended(state, text, digest, request.user)
    return _findings_response(request, state, text, obstacles=progress.obstacles(state, request.user, text))


def show_warnings(request: HttpRequest, state: TranslationState, title: str) -> None:
    """Adds a message with the warnings of a translation that was just published."""
    text = segments.load_text(state.translation)
    found = [
        (state.editor_address(one.passages[0].pk if one.passages else None), one.finding.message)
        for one in collect_all_findings(state, text)
        if not one.intended
    ]
    publication_warnings.show_warnings(request, title, found)
