from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from iom.caching.marking import CACHEABLE_HEADER
from iom.operation.logs import current_request


class RequestIdMiddleware:
    """Gives each request an id, for the log and a response header. Pages for the page cache get no header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = uuid4().hex
        request.request_id = name  # type: ignore[attr-defined]
        token = current_request.set(request)
        try:
            response = self.get_response(request)
        finally:
            current_request.reset(token)
        if CACHEABLE_HEADER not in response:
            response.headers["X-Request-ID"] = name
        return response
