"""The translators' editor at the page’s edit URL, and the views that save single segments and show a preview."""

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
from iom.translation.editor.forms import OVERRIDE_FORMS
from iom.translation.models import TranslationState
from iom.translation.workflow import policy, progress, publication, writing
from iom.translation.workflow.policy import get_state_or_404
from iom.translation.workflow.publication import NotPublished

PUBLISH_ACTIONS = ("action-publish", "publish")
REFUSAL = "translation-refusal"  # the editor's script removes this message once it no longer applies


def _get_locked_state(translation_id: int) -> TranslationState:
    """Returns an attached translation's state, locked until the transaction ends. Raises Http404."""
    state = get_state_or_404(pk=translation_id)
    state.lock()
    if not state.translation.enabled:
        raise Http404
    return state


def edit(request: HttpRequest, page: Page) -> HttpResponse:
    """Shows the editor; on POST saves texts, slug, keywords and overrides, and publishes if asked to."""
    state = get_state_or_404(page=page.pk)
    if not policy.may_see(request.user, state):
        raise PermissionDenied
    if request.method == "POST":
        return _post(request, state.pk)
    return _render(request, state)


def _render(
    request: HttpRequest, state: TranslationState, outcome: writing.Outcome | None = None, **more: Any
) -> HttpResponse:
    """Renders the editor, with `outcome` and `more` as in `screen.context`."""
    return TemplateResponse(request, "translation/editor.html", screen.context(request, state, outcome, **more))


@locking.atomic
def _post(request: HttpRequest, translation_id: int) -> HttpResponse:
    publishes = request.POST.get("action") in PUBLISH_ACTIONS
    if publishes:
        locking.lock_tree()  # the page's URL may be new
    state = _get_locked_state(translation_id)
    user, sent = request.user, _fields_with_prefix("text-", request.POST)
    if reason := policy.read_only_reason(user, state):
        messages.error(request, reason)
        return _render(request, state, writing.Outcome(typed=sent))
    outcome = writing.save(state, sent, _fields_with_prefix("seen-", request.POST), user)
    forms = {name: form(state, request.POST) for name, form in OVERRIDE_FORMS.items() if name in request.POST}
    wrong = {name: form for name, form in forms.items() if not form.is_valid()}
    has_more = sum(form.save(user) for name, form in forms.items() if name not in wrong) > 0
    if has_more and state.ready:  # the user who published it has not seen this change
        state.ready = False
        progress.recount(state, "ready")
    if outcome.conflicts or outcome.orphaned or wrong:
        messages.error(request, gettext("Some changes have not been saved. Correct the errors below."))
        return _render(request, state, outcome, forms=wrong)
    _add_message(request, outcome, has_more)
    if publishes and not outcome.problems:
        return _publish(request, state)
    text = segments.load_text(state.translation)
    return redirect(state.editor_address(next((it.pk for it in text if it.key in outcome.problems), None)))


def _fields_with_prefix(prefix: str, data: Mapping[str, Any]) -> dict[str, str]:
    """Returns the submitted fields with this prefix, by the segment's key."""
    return {name.removeprefix(prefix): str(text) for name, text in data.items() if name.startswith(prefix)}


def _add_message(request: HttpRequest, outcome: writing.Outcome, has_more: bool) -> None:
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
        return _render_invalid(request, _get_locked_state(state.pk), error)
    page = Page.objects.get(pk=state.page_id)
    if is_live:
        text = gettext("“%(title)s” has been published.") % {"title": page.title}
        there = messages.button(page.full_url, gettext("View on the site"))
        messages.success(request, text, buttons=[there])
    else:
        text = gettext("“%(title)s” is ready. It will be published with its original.")
        messages.success(request, text % {"title": page.get_admin_display_title()})
    checks.show_warnings(request, state, page.get_admin_display_title())
    return redirect(state.editor_address())


def _render_invalid(request: HttpRequest, state: TranslationState, error: ValidationError) -> HttpResponse:
    """Renders the editor with the page's validation errors, beside the segments that cause them."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    errors = {name: " ".join(texts) for name, texts in by_field.items()}
    messages.error(request, gettext("Not published. %(why)s") % {"why": " ".join(errors.values())})
    return _render(request, state, errors=errors)


@require_http_methods(["GET", "POST"])
def save_segment(request: HttpRequest, translation_id: int, segment_id: int) -> HttpResponse:
    """Saves one segment for the editor's script, and returns JSON with `ok`, `error` and the progress.

    A text with a problem is saved, with `ok` false; a conflict is not saved (`is_saved` false). GET saves nothing: the
    script uses it to check whether the user could save.
    """
    if request.method == "GET":
        if not policy.may_see(request.user, get_state_or_404(pk=translation_id)):
            raise PermissionDenied
        return HttpResponse(status=204)
    return _save_segment(request, translation_id, segment_id)


@locking.atomic
def _save_segment(request: HttpRequest, translation_id: int, segment_id: int) -> JsonResponse:
    state = _get_locked_state(translation_id)
    if not policy.may_see(request.user, state):
        raise PermissionDenied
    if reason := policy.read_only_reason(request.user, state):
        return JsonResponse({"ok": False, "is_saved": False, "error": reason})
    segment = segments.load_text(state.translation).with_pk(segment_id)
    if segment is None:
        message = gettext("The original has been changed. Reload the page to continue. Your text is kept.")
        return JsonResponse({"ok": False, "is_saved": False, "error": message})
    name, text = segment.key, request.POST.get("text", "")
    shown = {name: request.POST["seen"]} if "seen" in request.POST else {}
    outcome = writing.save(state, {name: text}, shown, request.user)
    if "confirm" in request.POST and outcome.is_clean:
        writing.confirm(state, [name], request.user)
    conflict = outcome.conflicts.get(name, "")
    present = next(it for it in segments.load_text(state.translation) if it.pk == segment_id)
    stored = markup.stored_text(present)
    return JsonResponse(
        {
            "ok": outcome.is_clean,
            "is_saved": not conflict,
            "error": conflict or outcome.problems.get(name, ""),
            "seen": markup.text_fingerprint(stored),
            "theirs": stored if conflict else None,
            "is_translated": not present.is_missing,
            "obstacles": progress.obstacles(state, request.user),
        }
        | screen.progress(state)
    )


@policy.allowed(policy.may_see)
def preview(request: HttpRequest, state: TranslationState) -> HttpResponseBase:
    """Shows the translated page as it would be published now, with the original's text for missing passages."""
    page = overrides.translated_page(state, fallback=True)
    return page.make_preview_request(request, page.default_preview_mode)
