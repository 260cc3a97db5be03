"""What the site answers at wagtail-localize's own addresses, in the place of its views."""

import re
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from rest_framework.authentication import SessionAuthentication
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.exceptions import ParseError
from rest_framework.exceptions import ValidationError as RequestError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.models import Locale, Page
from wagtail_localize.models import OverridableSegment, TranslationSource

from iom.publishing import locking
from iom.translation.content import markup, overrides, segments
from iom.translation.content.places import Places
from iom.translation.editor import saving
from iom.translation.models import TranslationState
from iom.translation.workflow import policy, progress, submission
from iom.translation.workflow.forms import back


def preview(request: HttpRequest, state: TranslationState, mode: str | None = None) -> HttpResponseBase:
    """The translated page as it would be published now, the original's words where some are missing."""
    page = overrides.translated_page(state, fallback=True)
    if mode is not None and mode not in dict(page.preview_modes):
        raise Http404
    return page.make_preview_request(request, mode or page.default_preview_mode)


def submit_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Puts a page on the desk of the translators into the languages that are asked for (`locales`), or all."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not policy.may_submit(request.user, page):
        raise PermissionDenied
    wanted = set(request.POST.getlist("locales"))
    locales = [locale for locale in submission.other_locales(page) if not wanted or str(locale.pk) in wanted]
    return _submit(request, page, locales)


def update(request: HttpRequest, translation_source_id: int) -> HttpResponse:
    """Brings the translations of an original up to date with it: their segments, never what readers see."""
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    page = get_object_or_404(Page, translation_key=source.object_id, locale_id=source.locale_id).specific
    if not policy.may_submit(request.user, page):
        raise PermissionDenied
    states = TranslationState.objects.filter(translation__source=source, translation__enabled=True)
    return _submit(request, page, [state.locale for state in states.select_related("locale")])


def _submit(request: HttpRequest, page: Page, locales: list[Locale]) -> HttpResponse:
    """By POST alone; someone who comes to the address finds the original."""
    there = back(request, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    if request.method != "POST":
        return there
    if request.POST.get("include_subtree"):
        messages.error(request, gettext("Pages are submitted for translation one by one."))
        return there
    for locale in locales:
        said = {"title": page.get_admin_display_title(), "language": locale.get_display_name()}
        if submission.is_stopped(page, locale):
            text = gettext("The translation of “%(title)s” into %(language)s has been stopped.")
            messages.error(request, text % said)
            continue
        try:
            submission.submit(submission.text_to_translate(page), locale, request.user)
        except submission.SectionNotTranslated:
            text = gettext("“%(title)s” has no place in %(language)s yet: translate the page above it first.")
            messages.error(request, text % said)
        else:
            text = gettext("“%(title)s” is on the translators’ desk (%(language)s).")
            messages.success(request, text % said)
    return there


@api_view(["PUT", "DELETE"])
@permission_classes([IsAuthenticated])
@authentication_classes([SessionAuthentication])
def edit_string(request: Request, state: TranslationState, string_segment_id: int) -> Response:
    """Writes one segment (`value`), or takes away what is written.

    `seen` is what an answer has given before: a text that is not that one is not replaced (409). To write where
    nothing is written needs none.
    """
    data = _sent(request)
    text, shown = data.get("value") if request.method == "PUT" else "", data.get("seen")
    if not isinstance(text, str):
        raise RequestError({"value": gettext("This field is required.")})
    return _edit_string(request, state, string_segment_id, text, shown)


@locking.atomic
def _edit_string(request: Request, state: TranslationState, string_segment_id: int, text: str, shown: Any) -> Response:
    state.lock()
    segment = next((one for one in segments.of_translation(state.translation) if one.pk == string_segment_id), None)
    if segment is None:
        raise Http404
    name = segment.key
    known = {name: shown} if isinstance(shown, str) else {}
    outcome = saving.save(state, {name: text}, known, request.user)
    present = next(one for one in segments.of_translation(state.translation) if one.pk == string_segment_id)
    stored = markup.stored_text(present, Places(state.page.specific_class).at(segment.field_path))
    conflict = outcome.conflicts.get(name, "")
    answer = {"segment_id": segment.pk, "data": stored, "seen": markup.seen(stored)}
    answer["error"] = conflict or outcome.problems.get(name) or None
    return Response(answer, status=409 if conflict else 200)


def _sent(request: Request) -> Mapping[str, Any]:
    """What the request brings, by name. Raises RequestError, in the user's language, for what has no names."""
    try:
        data = request.data
    except (ParseError, RecursionError) as error:
        raise RequestError({"value": gettext("The request cannot be read: it is not valid JSON.")}) from error
    if not isinstance(data, Mapping):
        raise RequestError({"value": gettext("The request has to be a JSON object.")})
    return data


def _number(value: Any) -> Any:
    """A key, which a form sends as text; anything else as it is."""
    return int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,18}", value) else value


@api_view(["PUT", "DELETE"])
@permission_classes([IsAuthenticated])
@authentication_classes([SessionAuthentication])
@locking.atomic
def edit_override(request: Request, state: TranslationState, overridable_segment_id: int) -> Response:
    """Chooses another picture, link or address for one language (`value`), or the original's again."""
    state.lock()
    segment = get_object_or_404(OverridableSegment, pk=overridable_segment_id, source_id=state.translation.source_id)
    if request.method == "DELETE":
        overrides.withdraw(state, segment)
    else:
        value = _sent(request).get("value")
        if isinstance(segment.data, int):
            value = _number(value)
        try:
            overrides.choose(state, segment, value, request.user)
        except ValidationError as error:
            raise RequestError({"value": error.messages}) from error
    progress.recount(state)
    return Response({"segment_id": segment.pk})
