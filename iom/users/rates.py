"""Limits how often one client may ask for something that costs more than a page, such as a search."""

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from iom.characters import remove_control_characters
from iom.security import client_of
from iom.users.limits import key

MINUTE = 60  # seconds


def refusal(name: str, request: HttpRequest) -> HttpResponse | None:
    """429, which keeps what was typed, for a client that asks more than `settings.SEARCHES_PER_MINUTE` times in a
    minute; None for all others.

    All processes count together, in the cache that they share; without it, and without the client's address, nobody is
    refused. 0 is no limit. `name`: requests with the same name are counted together.
    """
    if not is_too_often(name, client_of(request), settings.SEARCHES_PER_MINUTE):
        return None
    q = remove_control_characters(request.GET.get("q", ""))
    refused = render(request, "errors/429.html", {"is_error": True, "q": q}, status=429)
    refused.headers["Retry-After"] = str(MINUTE)
    return refused


def is_too_often(name: str, client: str, most: int) -> bool:
    """Whether `client` asks for the `most + 1`st time in this minute, or later. `name`: what is counted."""
    if not most or not client:
        return False
    counter = key("rate", name, client, str(int(time.time() // MINUTE)))
    try:
        return not cache.add(counter, 1, 2 * MINUTE) and cache.incr(counter) > most
    except (ValueError, OSError):  # it is not there: the cache is away, or its disk is full
        return False


class PreviewsMiddleware(MiddlewareMixin):
    """Answers 429 to a user who asks for more previews than `settings.PREVIEWS_PER_MINUTE`: each renders a page."""

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        match = request.resolver_match
        if not match or "preview" not in (match.url_name or "") or not request.user.is_authenticated:
            return None
        if is_too_often("previews", str(request.user.pk), settings.PREVIEWS_PER_MINUTE):
            return HttpResponse(status=429, headers={"Retry-After": str(MINUTE)})
        return None
