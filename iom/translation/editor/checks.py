"""What the checks say of a translation: of the passages that are written, as they were last saved."""

from typing import Any

from django.http import HttpRequest, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_user_display_name

from iom.core import warnings_said
from iom.findings import Finding, errors_of, summary, warnings_of
from iom.publishing import locking
from iom.translation.checks import text as checks
from iom.translation.checks.text import Checked
from iom.translation.content import overrides, segments
from iom.translation.content.segments import Segment
from iom.translation.models import Intended, TranslationState
from iom.translation.workflow import policy, progress


def of_state(state: TranslationState, text: segments.Text) -> list[Checked]:
    """What each passage says beside its original; then what the page says, without what the original says likewise:
    its translator cannot change that. What is intended comes last."""
    found = checks.of_text(state, text) + _of_page(state, text)
    return sorted(found, key=lambda one: one.intended is not None)


def _of_page(state: TranslationState, text: segments.Text) -> list[Checked]:
    page = overrides.translated_page(state, text, fallback=True)
    page.original.locale = state.translation.source.locale
    known = {_known(one) for one in _findings(page.original)}
    found = [Checked(one, _passages(one, text)) for one in _findings(page) if _known(one) not in known]
    return [one for one in found if all(passage.target for passage in one.passages or text)]


def _findings(page: Any) -> list[Finding]:
    return [*errors_of(page), *warnings_of(page)]


def _known(one: Finding) -> tuple[str, tuple[str, ...], str]:
    return one.code, one.where, str(one.message)


def _passages(finding: Finding, text: segments.Text) -> list[Segment]:
    """Those of the field that the finding names; of the whole block, where it names no field of it."""
    where = ".".join(finding.where)
    at = [one for one in text if where and f"{one.path}.".startswith(f"{where}.")]
    return at or [one for one in text if f"{where}.".startswith(f"{one.path}.")]


@policy.allowed(policy.may_see)
def show(request: HttpRequest, state: TranslationState) -> JsonResponse:
    """For the editor's script. Who may only read is offered no correction."""
    return _answer(request, state, segments.of_translation(state.translation))


def _answer(request: HttpRequest, state: TranslationState, text: segments.Text, **more: object) -> JsonResponse:
    found = of_state(state, text)
    may_write = policy.may_translate(request.user, state)
    said = []
    for one in found:
        label = one.passages[0].place.label if one.passages else ""
        shown = one.finding.as_json(label, [passage.pk for passage in one.passages])
        shown |= {"digest": one.digest, "intended": _said_by(one.intended) if one.intended else ""}
        said.append(shown if may_write else shown | {"fix": (), "digest": ""})
    counted = summary([one.finding for one in found if not one.intended])
    answer = {"summary": counted, "findings": said, **more}
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})


def _said_by(row: Intended) -> str:
    name = get_user_display_name(row.by) if row.by else gettext("Another person")
    when = date_format(timezone.localtime(row.at), "SHORT_DATETIME_FORMAT")
    return gettext("Intended: %(name)s, %(when)s") % {"name": name, "when": when}


@require_POST
@policy.allowed(policy.may_translate)
@locking.atomic
def intend(request: HttpRequest, state: TranslationState) -> HttpResponseBase:
    """Says that the finding with this `digest` is intended, or, with `undo`, that it is not. The findings then."""
    digest = request.POST.get("digest", "")
    if not digest.isalnum():
        return HttpResponseBadRequest()
    state.lock()
    text = segments.of_translation(state.translation)
    if "undo" in request.POST:
        checks.take_back(state, digest)
    else:
        checks.intend(state, text, digest, request.user)
    return _answer(request, state, text, obstacles=progress.obstacles(state, request.user, text))


def say_warnings(request: HttpRequest, state: TranslationState, title: str) -> None:
    """After publication, which no error has refused."""
    text = segments.of_translation(state.translation)
    found = [
        (state.editor_address(one.passages[0].pk if one.passages else None), one.finding.message)
        for one in of_state(state, text)
        if not one.intended
    ]
    warnings_said.say(request, title, found)
