from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin

from iom.caching.addresses import OF_ONE_PERSON

READING = ["GET", "HEAD", "OPTIONS"]
SENDING = ["POST"]
OF_THE_ADMIN = ["PUT", "PATCH", "DELETE"]  # its scripts send them, for previews and for what has been read
_FORMS = ("/admin/", "/documents/password/")  # besides OF_ONE_PERSON
LARGEST = 2 * 1024 * 1024  # bytes that someone may send who is not signed in, or no longer: a long article


class MethodsMiddleware(MiddlewareMixin):
    """Answers 405 to methods that nothing uses at an address, such as TRACE; a view that is a function would take them
    for GET. Nothing is read of what a client sends where there is no form, however slowly it comes."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        has_form = request.path.startswith(_FORMS) or OF_ONE_PERSON in request.path
        allowed = READING + SENDING * has_form + OF_THE_ADMIN * request.path.startswith("/admin/")
        return None if request.method in allowed else HttpResponseNotAllowed(allowed)


class SizeMiddleware(MiddlewareMixin):
    """Uploads need an account: whoever sends much without one signs in first, or gets 413, before it is read."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        size = request.META.get("CONTENT_LENGTH") or "0"  # without it, Django reads nothing
        if (size.isdigit() and int(size) <= LARGEST) or SESSION_KEY in request.session:
            return None
        return redirect("wagtailadmin_login") if request.path.startswith("/admin/") else HttpResponse(status=413)
