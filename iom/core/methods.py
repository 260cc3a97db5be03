from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

ALLOWED = ["GET", "HEAD", "POST", "OPTIONS"]
OF_THE_ADMIN = ["PUT", "PATCH", "DELETE"]  # its scripts send them, for previews and for what has been read


class MethodsMiddleware:
    """Answers 405 to methods that nothing uses, such as TRACE; a view that is a function would take them for GET."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        allowed = ALLOWED + OF_THE_ADMIN * request.path.startswith("/admin/")
        return self.get_response(request) if request.method in allowed else HttpResponseNotAllowed(allowed)
