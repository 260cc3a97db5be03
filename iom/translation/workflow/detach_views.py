"""Taking a translation out of the desk's hands, and giving it back: each asked for confirmation first."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from wagtail_localize.strings import StringValue

from iom.translation.models import TranslationState
from iom.translation.workflow import detach


def stop(request: HttpRequest, state: TranslationState) -> HttpResponse:
    back = redirect("wagtailadmin_pages:edit", state.page_id)
    if not state.translation.enabled:
        messages.warning(request, gettext("The translation has been stopped already."))
        return back
    if request.method != "POST":
        return _ask(request, state, "translation/stop_confirm.html", gettext("Stop the translation"))
    detach.stop(state, request.user)
    messages.success(request, gettext("This page is edited like any other now."))
    return back


def restart(request: HttpRequest, state: TranslationState) -> HttpResponse:
    back = redirect("wagtailadmin_pages:edit", state.page_id)
    if state.translation.enabled:
        messages.warning(request, gettext("The page is on the translators’ desk already."))
        return back
    own = [passage for passage in detach.written_by_hand(state) if passage.segment_id is None]
    is_confirmed = request.method == "POST" and (not own or request.POST.get("without") == "on")
    if not is_confirmed:
        texts = [StringValue(passage.text).render_text() for passage in own]
        title = gettext("Give the page back to the translators’ desk")
        error = gettext("Say that you have read this.") if request.method == "POST" else ""
        return _ask(request, state, "translation/restart_confirm.html", title, own=texts, error=error)
    detach.restart(state, request.user)
    messages.success(request, gettext("The page is on the translators’ desk again, with what was written by hand."))
    return back


def _ask(request: HttpRequest, state: TranslationState, template: str, title: str, **said: Any) -> HttpResponse:
    address = reverse("wagtailadmin_pages:edit", args=[state.page_id])
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "wagtail-localize-language",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": ""},
            {"url": address, "label": state.page.get_admin_display_title()},
            {"url": "", "label": title},
        ],
        "state": state,
        "back": address,
        **said,
    }
    return TemplateResponse(request, template, context)
