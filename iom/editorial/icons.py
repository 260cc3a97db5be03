"""Wagtail's icon sprite with long caching: its URL contains a hash of the icons."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from wagtail.admin.icons import get_icon_sprite_hash
from wagtail.admin.views import home

_YEAR = 365 * 24 * 3600


def sprite(request: HttpRequest) -> HttpResponse:
    """Wagtail's view, made cacheable. Wagtail forbids caching, so that every screen would load the sprite."""
    response: HttpResponse = home.sprite(request)
    if request.GET.get("h") == get_icon_sprite_hash():
        patch_cache_control(response, public=True, max_age=_YEAR, immutable=True)
    return response
