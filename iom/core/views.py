"""Views beside pages: language negotiation, health checks, errors."""

from django.core.exceptions import BadRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache

from iom.navigation.middleware import preferred_language


def negotiate_language(request: HttpRequest) -> HttpResponse:
    """`/`: redirects to the home page in the first language that the browser prefers and the site has."""
    response = HttpResponseRedirect(f"/{preferred_language(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """Whether the process answers. It queries nothing, so that a slow database causes no restart."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Whether the process can serve: 503 while the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:
        return HttpResponse("database unavailable", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 in the language of the address, with the reason of a BadRequest, which is written for the user."""
    reason = str(exception) if isinstance(exception, BadRequest) else ""
    return render(request, "errors/400.html", {"is_error": True, "reason": reason}, status=400)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in the language of the address."""
    return render(request, "errors/404.html", {"is_error": True}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 in the language of the address, from a template without queries."""
    return render(request, "errors/500.html", {"is_error": True}, status=500)
