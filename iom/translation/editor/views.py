"""The editor at the page’s own address, and what it sends to, a segment at a time."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page

from iom.publishing import locking
from iom.translation.content import markup, overrides, segments
from iom.translation.editor import checks, screen
from iom.translation.editor.forms import OWN_FORMS
from iom.translation.models import TranslationState
from iom.translation.workflow import policy, progress, publication, writing
from iom.translation.workflow.policy import state_or_404
from iom.translation.workflow.publication import NotPublished

PUBLISHES = ("action-publish", "publish")
REFUSAL = "translation-refusal"  # the editor's script removes this message once it no longer holds


def _locked(translation_id: int) -> TranslationState:
    """The state of a translation on the desk, locked until the transaction ends. Raises Http404."""
    state = state_or_404(pk=translation_id)
    state.lock()
    if not state.translation.enabled:
        raise Http404
    return state


def edit(request: HttpRequest, page: Page) -> HttpResponse:
    """The screen, and what its one form sends: texts, address, own values; and what to do then."""
    state = state_or_404(page=page.pk)
    if not policy.may_see(request.user, state):
        raise PermissionDenied
    if request.method == "POST":
        return _post(request, state.pk)
    return _answer(request, state)


def _answer(
    request: HttpRequest, state: TranslationState, outcome: writing.Outcome | None = None, **more: Any
) -> HttpResponse:
    """The screen; `outcome` and `more` as in `screen.context`."""
    return TemplateResponse(request, "translation/editor.html", screen.context(request, state, outcome, **more))


@locking.atomic
def _post(request: HttpRequest, translation_id: int) -> HttpResponse:
    publishes = request.POST.get("action") in PUBLISHES
    if publishes:
        locking.lock_tree()  # its address may be new
    state = _locked(translation_id)
    user, sent = request.user, _sent_as("text-", request.POST)
    if reason := policy.read_only_reason(user, state):
        messages.error(request, reason)
        return _answer(request, state, writing.Outcome(typed=sent))
    outcome = writing.save(state, sent, _sent_as("seen-", request.POST), user)
    forms = {name: form(state, request.POST) for name, form in OWN_FORMS.items() if name in request.POST}
    wrong = {name: form for name, form in forms.items() if not form.is_valid()}
    has_more = sum(form.save(user) for name, form in forms.items() if name not in wrong) > 0
    if has_more and state.ready:  # whoever published it has not seen this
        state.ready = False
        progress.recount(state, "ready")
    if outcome.conflicts or outcome.orphaned or wrong:
        messages.error(request, gettext("Some changes have not been saved. Correct the errors below."))
        return _answer(request, state, outcome, forms=wrong)
    _say(request, outcome, has_more)
    if publishes and not outcome.problems:
        return _publish(request, state)
    return redirect(_next(state, outcome))


def _sent_as(prefix: str, data: Mapping[str, Any]) -> dict[str, str]:
    """What a form brings in the fields with this prefix, by the segment's key."""
    return {name.removeprefix(prefix): str(text) for name, text in data.items() if name.startswith(prefix)}


def _say(request: HttpRequest, outcome: writing.Outcome, has_more: bool) -> None:
    if outcome.problems:
        count = len(outcome.problems)
        text = ngettext(
            "Saved. %(count)d passage contains an error: correct it before publication.",
            "Saved. %(count)d passages contain errors: correct them before publication.",
            count,
        )
        messages.error(request, text % {"count": count})
    elif outcome.written or has_more:
        messages.success(request, gettext("Saved."))
    elif request.POST.get("action") == "save":
        messages.info(request, gettext("No changes to save."))


def _next(state: TranslationState, outcome: writing.Outcome) -> str:
    """The screen again, at the first passage that has something wrong."""
    text = segments.of_translation(state.translation)
    return state.editor_address(next((segment.pk for segment in text if segment.key in outcome.problems), None))


def _publish(request: HttpRequest, state: TranslationState) -> HttpResponse:
    if not policy.may_publish(request.user, state):
        raise PermissionDenied
    try:
        is_live = publication.publish(state, request.user)
    except NotPublished as refusal:
        text = gettext("Not published. %(why)s") % {"why": refusal}
        messages.error(request, text, extra_tags=REFUSAL)
        return redirect(state.editor_address())
    except ValidationError as error:
        return _refused(request, _locked(state.pk), error)
    page = Page.objects.get(pk=state.page_id)
    if is_live:
        text = gettext("“%(title)s” has been published.") % {"title": page.title}
        there = messages.button(page.full_url, gettext("View on the site"))
        messages.success(request, text, buttons=[there])
    else:
        text = gettext("“%(title)s” is ready. It will be published with its original.")
        messages.success(request, text % {"title": page.get_admin_display_title()})
    checks.say_warnings(request, state, page.get_admin_display_title())
    return redirect(state.editor_address())


def _refused(request: HttpRequest, state: TranslationState, error: ValidationError) -> HttpResponse:
    """The screen with what is not valid for the page, beside the segments that cause it."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    errors = {name: " ".join(texts) for name, texts in by_field.items()}
    messages.error(request, gettext("Not published. %(why)s") % {"why": " ".join(errors.values())})
    return _answer(request, state, errors=errors)


@require_http_methods(["GET", "POST"])
def save_segment(request: HttpRequest, translation_id: int, segment_id: int) -> HttpResponse:
    """Saves one segment, for the editor's script: JSON with `ok`, `error` and the progress.

    A text with a problem is saved and answered with `ok` false; a conflict is not saved (`is_saved`). By GET nothing
    is saved: the script asks whether it would be.
    """
    if request.method == "GET":
        if not policy.may_see(request.user, state_or_404(pk=translation_id)):
            raise PermissionDenied
        return HttpResponse(status=204)
    return _save_segment(request, translation_id, segment_id)


@locking.atomic
def _save_segment(request: HttpRequest, translation_id: int, segment_id: int) -> JsonResponse:
    state = _locked(translation_id)
    if not policy.may_see(request.user, state):
        raise PermissionDenied
    if reason := policy.read_only_reason(request.user, state):
        return JsonResponse({"ok": False, "is_saved": False, "error": reason})
    segment = segments.of_translation(state.translation).with_pk(segment_id)
    if segment is None:
        message = gettext("The original has been changed. Reload the page to continue. Your text is kept.")
        return JsonResponse({"ok": False, "is_saved": False, "error": message})
    name, text = segment.key, request.POST.get("text", "")
    shown = {name: request.POST["seen"]} if "seen" in request.POST else {}
    outcome = writing.save(state, {name: text}, shown, request.user)
    if "confirm" in request.POST and outcome.is_clean:
        writing.confirm(state, [name], request.user)
    conflict = outcome.conflicts.get(name, "")
    present = next(it for it in segments.of_translation(state.translation) if it.pk == segment_id)
    stored = markup.stored_text(present)
    return JsonResponse(
        {
            "ok": outcome.is_clean,
            "is_saved": not conflict,
            "error": conflict or outcome.problems.get(name, ""),
            "seen": markup.seen(stored),
            "theirs": stored if conflict else None,
            "is_translated": not present.is_missing,
            "obstacles": progress.obstacles(state, request.user),
        }
        | screen.progress(state)
    )


@policy.allowed(policy.may_see)
def preview(request: HttpRequest, state: TranslationState) -> HttpResponseBase:
    """The translated page as it would be published now, the original's words where some are missing."""
    page = overrides.translated_page(state, fallback=True)
    return page.make_preview_request(request, page.default_preview_mode)
