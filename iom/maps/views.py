"""The view of locator maps, and their address."""

from collections.abc import Iterable

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from iom.maps.draw import digest, locator_svg
from iom.maps.geometry import codes as known_codes

MAX_COUNTRIES = 40  # countries on one map
KEPT_FOR = 7 * 24 * 3600  # seconds
# The address contains a digest of the drawing code and data.
_IMMUTABLE = "public, max-age=31536000, immutable"


def locator_url(codes: Iterable[str]) -> str:
    """Returns the address of the map of these countries, the first 40 at most: `/-/map/3f2a9c1e/cm-ne-td.svg`."""
    names = sorted({code.lower() for code in codes})
    return reverse("locator_map", kwargs={"version": digest(), "names": "-".join(names[:MAX_COUNTRIES])})


@require_safe
@csp_override({"default-src": [CSP.NONE], "style-src": [CSP.UNSAFE_INLINE]})  # the picture's own <style>
def locator(request: HttpRequest, version: str, names: str) -> HttpResponse:
    """Serves a locator map, only at the address that `locator_url` returns."""
    codes = names.upper().split("-")
    if (
        version != digest()
        or names != names.lower()
        or codes != sorted(set(codes))
        or len(codes) > MAX_COUNTRIES
        or not known_codes().issuperset(codes)
    ):
        raise Http404
    picture = cache.get_or_set(f"map.{version}.{names}", lambda: locator_svg(codes), timeout=KEPT_FOR)
    return HttpResponse(picture, content_type="image/svg+xml; charset=utf-8", headers={"Cache-Control": _IMMUTABLE})
