from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect

from iom.caching.addresses import OF_ONE_PERSON

READING = ["GET", "HEAD", "OPTIONS"]
SENDING = ["POST"]
OF_THE_ADMIN = ["PUT", "PATCH", "DELETE"]  # its scripts send them, for previews and for what has been read
_FORMS = ("/admin/", "/documents/password/")  # besides OF_ONE_PERSON
LARGEST = 2 * 1024 * 1024  # bytes that someone may send who is not signed in, or no longer: a long article

GetResponse = Callable[[HttpRequest], HttpResponse]


class MethodsMiddleware:
    """Answers 405 to methods that nothing uses at an address, such as TRACE; a view that is a function would take them
    for GET. Nothing is read of what a client sends where there is no form, however slowly it comes."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        has_form = request.path.startswith(_FORMS) or OF_ONE_PERSON in request.path
        allowed = READING + SENDING * has_form + OF_THE_ADMIN * request.path.startswith("/admin/")
        return self.get_response(request) if request.method in allowed else HttpResponseNotAllowed(allowed)


class SizeMiddleware:
    """Uploads need an account: whoever sends much without one signs in first, or gets 413, before it is read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"  # without it, Django reads nothing
        is_large = not size.isdigit() or int(size) > LARGEST
        if is_large and SESSION_KEY not in request.session:
            return redirect("wagtailadmin_login") if request.path.startswith("/admin/") else HttpResponse(status=413)
        return self.get_response(request)
