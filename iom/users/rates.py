"""Limits how often one client may ask for something that costs more than a page, such as a search."""

import time
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from iom.users.limits import client_of, key

MINUTE = 60  # seconds
type View[R: HttpResponseBase] = Callable[[HttpRequest], R]


def limited[R: HttpResponseBase](name: str) -> Callable[[View[R]], View[R | HttpResponse]]:
    """A view that answers 429 to a client that asks more than `settings.SEARCHES_PER_MINUTE` times in a minute.

    All processes count together, in the cache that they share; without it, and without the client's address, nobody is
    refused. 0 is no limit. `name`: views with the same name are counted together.
    """

    def decorate(view: View[R]) -> View[R | HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest) -> R | HttpResponse:
            if _is_too_often(request, name):
                reason = gettext("There were too many searches from your address. Please try again in a minute.")
                refused = render(request, "errors/400.html", {"is_error": True, "reason": reason}, status=429)
                refused.headers["Retry-After"] = str(MINUTE)
                return refused
            return view(request)

        return answer

    return decorate


def _is_too_often(request: HttpRequest, name: str) -> bool:
    most, client = settings.SEARCHES_PER_MINUTE, client_of(request)
    if not most or not client:
        return False
    counter = key("rate", name, client, str(int(time.time() // MINUTE)))
    try:
        return not cache.add(counter, 1, 2 * MINUTE) and cache.incr(counter) > most
    except ValueError:  # it is not there: the cache is away
        return False
