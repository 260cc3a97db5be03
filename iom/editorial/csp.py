from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.csp import CSP

# Wagtail's admin has inline scripts and styles without nonces, and shows previews in frames.
ADMIN_POLICY = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "media-src": [CSP.SELF, "https:"],
    "font-src": [CSP.SELF, "data:"],
    "frame-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
}

# A preview shows content on the admin's origin: it may contain no inline scripts, only our files.
PREVIEW_POLICY = settings.SECURE_CSP | {"frame-ancestors": [CSP.SELF]}


class AdminPolicyMiddleware:
    """Sets the admin's own content security policy, so that the policy of public pages can be strict."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.admin = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(self.admin):
            # A preview has already passed the middleware as the public page that it shows.
            is_preview = response.headers.pop(str(CSP.HEADER_ENFORCE), None) is not None
            response._csp_config = PREVIEW_POLICY if is_preview else ADMIN_POLICY  # type: ignore[attr-defined]
        return response
