"""Middleware that refuses requests by their method or size before anything reads them."""

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from iom.caching.addresses import PERSONAL_PATH
from iom.navigation.middleware import preferred_language

SAFE_METHODS = ["GET", "HEAD", "OPTIONS"]
FORM_METHODS = ["POST"]
ADMIN_METHODS = ["PUT", "PATCH", "DELETE"]  # the admin's scripts send them, for previews and dismissed notices
_FORM_PATHS = ("/admin/", "/documents/password/")  # besides PERSONAL_PATH
MAX_ANONYMOUS_BODY = 2 * 1024 * 1024  # bytes; enough for a long article of a user whose session has ended


class AllowedMethodsMiddleware(MiddlewareMixin):
    """Answers 405 to methods that nothing uses at an address, such as TRACE.

    A function-based view would treat them like GET. Where there is no form, nothing reads the body of a request,
    however slowly it comes.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        has_form = request.path.startswith(_FORM_PATHS) or PERSONAL_PATH in request.path
        allowed = SAFE_METHODS + FORM_METHODS * has_form + ADMIN_METHODS * request.path.startswith("/admin/")
        return None if request.method in allowed else _explain(request, HttpResponseNotAllowed(allowed))


class BodySizeMiddleware(MiddlewareMixin):
    """Redirects large requests of anonymous users to the login page, or answers 413, before it reads the body."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        size = request.META.get("CONTENT_LENGTH") or "0"  # without it, Django reads nothing
        if (size.isdigit() and int(size) <= MAX_ANONYMOUS_BODY) or SESSION_KEY in request.session:
            return None
        if request.path.startswith("/admin/"):
            return redirect("wagtailadmin_login")
        return _explain(request, HttpResponse(status=413))


def _explain(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Fills the response with the page of its status, in the language of the address. It makes no query."""
    language = translation.get_language_from_path(request.path_info) or preferred_language(request)
    with translation.override(language):
        response.content = render_to_string(f"errors/{response.status_code}.html")
    response.headers["Content-Language"] = language
    return response
