"""What the desk's small forms share: an answer for a page or for a script, and words that are not lost."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request

from iom.translation.models import TranslationState
from iom.translation.workflow.questions import LONGEST


def wants_json(request: HttpRequest) -> bool:
    """Whether a script of the editor asks, and not a form."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def editor_address(state: TranslationState, segment_id: int | None = None) -> str:
    """The translators’ editor, at a segment."""
    address = reverse("wagtailadmin_pages:edit", args=[state.page_id])
    return f"{address}#segment-{segment_id}" if segment_id else address


def back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """To the address on this site that the form names (`next`), which `redirect` would take for the name of a view."""
    return HttpResponseRedirect(get_valid_next_url_from_request(request) or otherwise)


def ask_again(
    request: HttpRequest,
    state: TranslationState,
    heading: str,
    label: str,
    name: str,
    text: str,
    error: ValidationError,
    segment_id: int | None = None,
    about: str = "",
) -> HttpResponse:
    """The form once more, with what was typed and what is wrong with it."""
    if wants_json(request):
        return JsonResponse({"error": " ".join(error.messages)}, status=400)
    context = {
        "page_title": heading,
        "header_title": heading,
        "page_subtitle": str(state.page),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": ""},
            {"url": editor_address(state), "label": state.page.get_admin_display_title()},
            {"url": "", "label": heading},
        ],
        "label": label,
        "name": name,
        "text": text,
        "errors": error.messages,
        "about": about,
        "longest": LONGEST,
        "back": editor_address(state, segment_id),
    }
    return TemplateResponse(request, "translation/words.html", context, status=400)
