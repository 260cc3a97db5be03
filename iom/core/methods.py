from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

ALLOWED = ["GET", "HEAD", "POST", "OPTIONS"]


class MethodsMiddleware:
    """Answers 405 to methods that nothing uses, such as TRACE; a view that is a function would take them for GET."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request) if request.method in ALLOWED else HttpResponseNotAllowed(ALLOWED)
