"""Rate limits for requests that cost more than a page, such as searches and previews."""

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from iom.characters import remove_control_characters
from iom.security import client_address
from iom.users.limits import key

MINUTE = 60  # seconds


def refuse_if_too_often(name: str, request: HttpRequest) -> HttpResponse | None:
    """Returns a response 429 for a client that exceeds `settings.SEARCHES_PER_MINUTE`, else None.

    Requests with the same `name` are counted together, by all processes in the shared cache. Without the cache, and
    without the client's address, nobody is refused. The response keeps what was typed.
    """
    if not is_too_often(name, client_address(request), settings.SEARCHES_PER_MINUTE):
        return None
    q = remove_control_characters(request.GET.get("q", ""))
    refused = render(request, "errors/429.html", {"is_error": True, "q": q}, status=429)
    refused.headers["Retry-After"] = str(MINUTE)
    return refused


def is_too_often(name: str, client: str, limit: int) -> bool:
    """Counts a request, and returns whether `client` exceeds the limit for `name` in this minute. 0 is no limit."""
    if not limit or not client:
        return False
    counter = key("rate", name, client, str(int(time.time() // MINUTE)))
    try:
        return not cache.add(counter, 1, 2 * MINUTE) and cache.incr(counter) > limit
    except (ValueError, OSError):  # no counter: the cache does not answer, or its disk is full
        return False


class PreviewsMiddleware(MiddlewareMixin):
    """Answers 429 to a user who requests more previews than `settings.PREVIEWS_PER_MINUTE`: each renders a page."""

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        match = request.resolver_match
        if not match or "preview" not in (match.url_name or "") or not request.user.is_authenticated:
            return None
        if is_too_often("previews", str(request.user.pk), settings.PREVIEWS_PER_MINUTE):
            return HttpResponse(status=429, headers={"Retry-After": str(MINUTE)})
        return None
