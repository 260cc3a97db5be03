"""The response at the address of a withdrawn text: a page with the status 410."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from wagtail.models import Page

from iom.caching.marking import mark_cacheable
from iom.navigation.alternates import Alternate, homes
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
    context = {"is_error": True, "text": shown, "switch_to": _in_each_language(shown) if shown else None}
    response = render(request, "withdrawal/gone.html", context, status=410)
    response.headers["X-Robots-Tag"] = "noindex"
    mark_cacheable(request, response)
    return response


def _in_each_language(text: WithdrawnText) -> list[Alternate]:
    """Returns the targets of the language switch: the same text, else the home page."""
    texts = text.withdrawal.texts.select_related("withdrawal", "page__locale")
    known = {one.page.locale.language_code: one.addresses[0] for one in texts if _may_show_reason(one)}
    return [replace(home, url=known.get(home.language, home.url)) for home in homes()]


def _may_show_reason(text: WithdrawnText) -> bool:
    """Whether the text was withdrawn with a reason and before its expiry, and is not private now."""
    if text.withdrawal.is_for_protection:
        return False
    expired_at = parse_datetime(text.content["expire_at"] or "")
    if expired_at and expired_at <= text.withdrawal.withdrawn_at:
        return False
    return Page.objects.filter(~is_private(), pk=text.page_id).exists()
