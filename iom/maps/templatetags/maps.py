"""Template tags for locator maps: `{% locator_map %}` for the picture, `{% locator_notes %}` for its notes."""

from collections.abc import Iterable

from babel.lists import format_list
from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from iom.countries import short_name
from iom.languages import interface_locale
from iom.maps import notes
from iom.maps.draw import HEIGHT, WIDTH
from iom.maps.geometry import codes as known_codes
from iom.maps.views import locator_url

register = template.Library()


@register.simple_tag
def locator_map(codes: Iterable[str], alt: bool = True) -> SafeString:
    """Renders an `<img>` of the countries; empty if the map has none of them. `alt=False`: decorative, beside names.

    The picture is loaded lazily at any position, so that the text and its font come first.
    """
    codes = _drawable(codes)
    if not codes:
        return SafeString()
    return format_html(
        '<img class="locator" src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
        locator_url(codes),
        WIDTH,
        HEIGHT,
        alt_text(codes) if alt else "",
    )


@register.simple_tag
def locator_notes(codes: Iterable[str]) -> list[Promise]:
    """Returns the notes beside the map of these countries; none if the map has none of them."""
    codes = _drawable(codes)
    return notes.locator_notes(codes) if codes else []


def _drawable(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(code for code in map(str, codes) if code in known_codes())


def alt_text(codes: Iterable[str]) -> str:
    """Returns the alternative text: "Map: Haiti and Cuba"."""
    names = [short_name(code) for code in codes]
    return _("Map: %(countries)s") % {"countries": format_list(names, locale=interface_locale())}
