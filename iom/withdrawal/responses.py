"""The response at the address of a withdrawn text: a page with the status 410."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from wagtail.models import Page

from iom.caching.marking import mark_cacheable
from iom.navigation.visibility import is_private
from iom.withdrawal.models import WithdrawnText
from iom.withdrawal.reading import text_at, withdrawn_address


def response_at(request: HttpRequest) -> HttpResponse | None:
    """Returns the response at the address of a withdrawn text; None at other addresses."""
    address = withdrawn_address(request.path_info)
    return respond(request, text_at(address)) if address else None


def respond(request: HttpRequest, text: WithdrawnText | None) -> HttpResponse:
    """Renders title, reason and date; none of them for a deleted text or one that visitors may not know of."""
    shown = text if text and _may_show_reason(text) else None
    response = render(request, "withdrawal/gone.html", {"is_error": True, "text": shown}, status=410)
    response.headers["X-Robots-Tag"] = "noindex"
    mark_cacheable(request, response)
    return response


def _may_show_reason(text: WithdrawnText) -> bool:
    """Whether the text was withdrawn with a reason and before its expiry, and is not private now."""
    if text.withdrawal.is_for_protection:
        return False
    expired_at = parse_datetime(text.content["expire_at"] or "")
    if expired_at and expired_at <= text.withdrawal.withdrawn_at:
        return False
    return Page.objects.filter(~is_private(), pk=text.page_id).exists()
