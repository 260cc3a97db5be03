"""`{% locator_map %}`: a picture that shows where countries are."""

from collections.abc import Iterable

from babel.lists import format_list
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_countries import countries

from iom.languages import interface_locale
from iom.maps.draw import HEIGHT, WIDTH
from iom.maps.geometry import codes as known_codes
from iom.maps.views import locator_url

register = template.Library()


@register.simple_tag
def locator_map(
    codes: Iterable[str], alt: bool = True, loading: str = "lazy", fetchpriority: str = "auto"
) -> SafeString:
    """An `<img>` of the countries; decorative with `alt=False`, beside their names. Empty where the map has none."""
    codes = [code for code in map(str, codes) if code in known_codes()]
    if not codes:
        return SafeString()
    return format_html(
        '<img class="locator" src="{}" width="{}" height="{}" alt="{}" loading="{}" decoding="async"{}>',
        locator_url(codes),
        WIDTH,
        HEIGHT,
        alternative(codes) if alt else "",
        loading,
        "" if fetchpriority == "auto" else format_html(' fetchpriority="{}"', fetchpriority),
    )


def alternative(codes: list[str]) -> str:
    """The alternative text: "Map: Haiti and Cuba"."""
    names = [str(countries.name(code)) for code in codes]
    return _("Map: %(countries)s") % {"countries": format_list(names, locale=interface_locale())}
