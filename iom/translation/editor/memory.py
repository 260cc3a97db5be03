"""Views of the translators' editor for the memory's matches, machine translation and confirming prefilled passages."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from iom.translation.content import earlier_translations, markup, segments
from iom.translation.content.segments import Segment
from iom.translation.editor import screen
from iom.translation.memory import lookup
from iom.translation.memory.lookup import MemoryMatch
from iom.translation.memory.origins import origin
from iom.translation.models import TranslationState
from iom.translation.workflow import machine_translation, policy, progress, writing
from iom.translation.workflow.policy import allowed


@require_safe
@allowed(policy.may_see)
def list_matches(request: HttpRequest, state: TranslationState, segment_id: int) -> JsonResponse:
    """Returns the matches for a segment as JSON for the editor's script, the closest first."""
    text = segments.load_text(state.translation)
    segment = text.with_pk(segment_id)
    if segment is None:
        raise Http404
    matches = [_as_json(match, segment) for match in _find_matches(state, text, segment)]
    return JsonResponse({"offers": matches}, headers={"Cache-Control": "no-store"})


def _find_matches(state: TranslationState, text: segments.Text, segment: Segment) -> list[MemoryMatch]:
    """Returns matches from the page's earlier versions and the memory, each target once, except the present one."""
    source, target = state.translation.source.locale, state.translation.target_locale
    found = lookup.find_matches(segment.source, source, target)
    change = earlier_translations.find_matches(state.translation, text).get(segment.pk)
    if change and change.target:
        found.append(MemoryMatch(lookup.similarity(change.source, segment.source), change.target, change.pieces))
    here = None if segment.is_unconfirmed else segment.target
    by_target = {match.target: match for match in found if match.target != here}
    return sorted(by_target.values(), key=lambda match: -match.score)[: lookup.MAX_MATCHES]


def _as_json(match: MemoryMatch, segment: Segment) -> dict[str, Any]:
    return {
        "score": match.score,
        "text": markup.to_text(match.target, segment.place),
        "pieces": match.pieces,
        **(origin(match.entry) if match.entry else {"from": gettext("Earlier on this page"), "url": "", "at": ""}),
    }


@require_POST
@allowed(policy.may_translate)
def translate(request: HttpRequest, state: TranslationState) -> HttpResponse:
    """Fills in missing passages by machine translation, and shows the result in a message."""
    service = machine_translation.get_service(state)
    if service is None:
        messages.error(request, gettext("Machine translation is not set up for these languages."))
        return redirect(state.editor_address())
    try:
        count = machine_translation.translate(state, service)
    except machine_translation.MachineTranslationError:
        text = gettext("%(service)s did not answer as expected. Nothing was translated. Try again later.")
        messages.error(request, text % {"service": service.display_name})
    else:
        text = ngettext(
            "%(count)d passage translated by machine. Read it, and confirm it before publication.",
            "%(count)d passages translated by machine. Read them, and confirm them before publication.",
            count,
        )
        messages.success(request, text % {"count": count})
    return redirect(state.editor_address())


@require_POST
@allowed(policy.may_translate)
def confirm(request: HttpRequest, state: TranslationState) -> JsonResponse:
    """Confirms the prefilled segments in `name`, which the user sees; revokes that with `undo`. Returns JSON."""
    keys = request.POST.getlist("name")
    confirmed = writing.confirm(state, keys, request.user, undo="undo" in request.POST)
    data = {"names": confirmed, "obstacles": progress.obstacles(state, request.user)}
    return JsonResponse(data | screen.progress(state))
