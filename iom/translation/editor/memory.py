"""What the translators' editor asks of the memory: offers for a passage; and confirms what was filled in."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from iom.translation.content import markup, same_page, segments
from iom.translation.content.segments import Segment
from iom.translation.editor import screen
from iom.translation.memory import lookup
from iom.translation.memory.lookup import Offer
from iom.translation.memory.origins import origin
from iom.translation.models import TranslationState
from iom.translation.workflow import machine, policy, progress, writing
from iom.translation.workflow.policy import allowed


@require_safe
@allowed(policy.may_see)
def offers(request: HttpRequest, state: TranslationState, segment_id: int) -> JsonResponse:
    """For the editor's script: the translations that are offered for a passage, the nearest first."""
    text = segments.of_translation(state.translation)
    segment = text.with_pk(segment_id)
    if segment is None:
        raise Http404
    said = [_as_json(offer, segment) for offer in _offers(state, text, segment)]
    return JsonResponse({"offers": said}, headers={"Cache-Control": "no-store"})


def _offers(state: TranslationState, text: segments.Text, segment: Segment) -> list[Offer]:
    """Earlier passages of the page and those of the memory, each wording once, without the one that stands there."""
    source, target = state.translation.source.locale, state.translation.target_locale
    found = lookup.offers(segment.source, source, target)
    change = same_page.offers(state.translation, text).get(segment.pk)
    if change and change.target:
        found.append(Offer(lookup.likeness(change.source, segment.source), change.target, change.pieces))
    here = None if segment.is_unconfirmed else segment.target
    by_target = {offer.target: offer for offer in found if offer.target != here}
    return sorted(by_target.values(), key=lambda offer: -offer.score)[: lookup.SHOWN]


def _as_json(offer: Offer, segment: Segment) -> dict[str, Any]:
    return {
        "score": offer.score,
        "text": markup.to_text(offer.target, segment.place),
        "pieces": offer.pieces,
        **(origin(offer.entry) if offer.entry else {"from": gettext("Earlier on this page"), "url": "", "at": ""}),
    }


@require_POST
@allowed(policy.may_translate)
def translate(request: HttpRequest, state: TranslationState) -> HttpResponse:
    """Has what is missing translated by machine, and says what has become of it."""
    service = machine.translator_of(state)
    if service is None:
        messages.error(request, gettext("Machine translation is not set up for these languages."))
        return redirect(state.editor_address())
    try:
        count = machine.translate(state, service)
    except machine.NotTranslated:
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
    """For the editor's script: confirms all that was filled in; with `undo`, takes back what `name` has confirmed."""
    names = request.POST.getlist("name") or None
    confirmed = writing.confirm(state, names, request.user, undo="undo" in request.POST)
    said = {"names": confirmed, "obstacles": progress.obstacles(state, request.user)}
    return JsonResponse(said | screen.progress(state))
