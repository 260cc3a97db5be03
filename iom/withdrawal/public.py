"""What readers and machines get at the address of a withdrawn text: a page with the status 410."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iom.caching.marking import may_be_kept
from iom.withdrawal.models import WithdrawnText


def respond(request: HttpRequest, text: WithdrawnText) -> HttpResponse:
    """Title, reason and date; of a text that was withdrawn for protection, none of them."""
    shown = None if text.withdrawal.is_for_protection else text
    response = render(request, "withdrawal/gone.html", {"is_error": True, "text": shown}, status=410)
    response.headers["X-Robots-Tag"] = "noindex"
    may_be_kept(request, response)
    return response
