"""Views for language negotiation and errors."""

import errno
import sys

from django.core.exceptions import BadRequest
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.defaults import permission_denied
from redis.exceptions import RedisError

from iom.navigation.middleware import preferred_language
from iom.navigation.translation_tree import languages_with_home

# A full disk, a read-only one, a folder of another user
_CANNOT_WRITE = {errno.EACCES, errno.EDQUOT, errno.ENOSPC, errno.EROFS}
_READ_ONLY = "25006"  # PostgreSQL's code for a database that is read-only


def negotiate_language(request: HttpRequest) -> HttpResponse:
    """Redirects `/` to the home page in the language that the browser prefers, among those with a home page."""
    try:
        codes = dict(languages_with_home())
    except (OperationalError, InterfaceError):  # the page cache may still have the home page
        codes = None
    response = HttpResponseRedirect(f"/{preferred_language(request, codes)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Renders 400 in the language of the address. The reason of a BadRequest is written for the user."""
    reason = str(exception) if isinstance(exception, BadRequest) else ""
    return render(request, "errors/400.html", {"is_error": True, "reason": reason}, status=400)


def form_outdated(request: HttpRequest, reason: str) -> HttpResponse:
    """Renders 403 in the user's language, for a form that was opened before the user signed in again."""
    if profile := getattr(request.user, "wagtail_userprofile", None):
        translation.activate(profile.get_preferred_language())  # iom.navigation.middleware deactivates it
    return render(request, "errors/403.html", {"is_error": True}, status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Renders Django's 403. A header tells scripts that the user is signed in but has lost the permission."""
    response = permission_denied(request, exception)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest" and request.user.is_authenticated:
        response.headers["X-Signed-In"] = "1"
    return response


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Renders 404 in the language of the address."""
    return render(request, "errors/404.html", {"is_error": True}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Renders 500 in the language of the address, without queries; 503 if a server or the disk is not available.

    Django calls it while the exception is being handled.
    """
    if not _is_unavailable(sys.exception()):
        return render(request, "errors/500.html", {"is_error": True}, status=500)
    context = {"is_error": True, "is_form": request.method == "POST"}
    response = render(request, "errors/503.html", context, status=503)
    response.headers["Retry-After"] = "30"
    return response


def _is_unavailable(error: BaseException | None) -> bool:
    """Whether the database or the cache cannot be used, or nothing can be stored."""
    if isinstance(error, InternalError):
        return getattr(error.__cause__, "sqlstate", "") == _READ_ONLY
    if isinstance(error, OSError) and error.errno in _CANNOT_WRITE:
        return True
    return isinstance(error, (OperationalError, InterfaceError, RedisError))
