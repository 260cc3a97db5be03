"""Views of files at fixed addresses, for robots, browsers and security researchers."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext


def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`: excludes the admin, and search, whose addresses are unlimited."""
    closed = [reverse("wagtailadmin_home")]
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            closed.append(reverse("search"))
    lines = ["User-agent: *", *(f"Disallow: {address}" for address in closed), ""]
    lines += [f"Sitemap: {settings.SITE_URL}/{name}.xml" for name in ("sitemap", "news-sitemap")]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def security(request: HttpRequest) -> HttpResponse:
    """`/.well-known/security.txt` (RFC 9116): the contact for reports of vulnerabilities."""
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=180)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat()}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}{request.path}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def manifest(request: HttpRequest) -> HttpResponse:
    """`/fr/manifest.webmanifest`: the site's name and icon for the home screen of a phone."""
    icons = [
        {"src": static(f"img/icon-{side}.png"), "type": "image/png", "sizes": f"{side}x{side}"} for side in (192, 512)
    ]
    described = {
        "name": gettext("International Organization for Migration"),
        "short_name": gettext("IOM"),
        "lang": get_language(),
        "start_url": f"/{get_language()}/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#f7f5f1",
        "theme_color": "#062f6b",
        "icons": icons,
    }
    return JsonResponse(described, content_type="application/manifest+json")


def favicon(request: HttpRequest) -> HttpResponse:
    """`/favicon.ico`, for clients that do not read the head of a page, such as feed readers."""
    return HttpResponseRedirect(static("img/favicon.ico"))
