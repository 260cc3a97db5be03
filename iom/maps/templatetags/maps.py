"""`{% locator_map %}`: a picture that shows where countries are; `{% locator_notes %}`: what is to be said of it."""

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
    """An `<img>` of the countries; decorative with `alt=False`, beside their names. Empty where the map has none.

    It is loaded once the text is laid out, wherever it stands: the text and its font come first.
    """
    codes = _shown(codes)
    if not codes:
        return SafeString()
    return format_html(
        '<img class="locator" src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
        locator_url(codes),
        WIDTH,
        HEIGHT,
        alternative(codes) if alt else "",
    )


@register.simple_tag
def locator_notes(codes: Iterable[str]) -> list[Promise]:
    """The notes beside the map of these countries; none where it has none of them."""
    codes = _shown(codes)
    return notes.locator_notes(codes) if codes else []


def _shown(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(code for code in map(str, codes) if code in known_codes())


def alternative(codes: Iterable[str]) -> str:
    """The alternative text: "Map: Haiti and Cuba"."""
    names = [short_name(code) for code in codes]
    return _("Map: %(countries)s") % {"countries": format_list(names, locale=interface_locale())}
