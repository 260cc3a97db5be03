"""The world map of countries with an office or news, and its list of links."""

from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, StructValue

from iom.caching.version import cached_per_version
from iom.core.blocks.struct import FieldsBlock
from iom.core.templatetags.site import number
from iom.countries import REGION_NAMES, region_of
from iom.maps.draw import country_path, region_box
from iom.maps.geometry import codes
from iom.maps.notes import world_notes
from iom.maps.places import Place, places, step, step_thresholds

_REGIONLESS = _("Other territories")


@dataclass(frozen=True)
class Country:
    """A country on the map and in the list.

    news: the number of articles, as text.
    step: the shade of blue; 0 for an office without news.
    path: the SVG path; empty if the map does not show the country (Antarctica).
    """

    place: Place
    news: str
    step: int
    path: str


def _format_count(count: int) -> str:
    return ngettext("1 article", "%(number)s articles", count) % {"number": number(count)}


def _build_country(place: Place, thresholds: list[int]) -> Country:
    return Country(
        place=place,
        news=_format_count(place.count) if place.count else gettext("office"),
        step=step(place.count, thresholds),
        path=country_path(place.code) if place.code in codes() else "",
    )


@dataclass(frozen=True)
class WorldMap:
    """The variable `world` of templates/partials/world_map.html."""

    steps: list[tuple[int, str, list[Country]]]  # countries on the map: shade, its meaning, countries
    regions: list[tuple[str, list[Country]]]  # countries in the list, by the name of the region
    box: tuple[int, int, int, int]  # of the world's picture: left, top, width, height
    notes: list[Promise] = field(default_factory=world_notes)


def get_world_map(region: str = "") -> dict[str, WorldMap]:
    """Returns the template's context in the interface's language. `region` limits list and map."""
    listed = places(get_language() or "")
    thresholds = step_thresholds(place.count for place in listed)
    countries = [_build_country(place, thresholds) for place in listed]
    names = {region: REGION_NAMES[region]} if region else {**REGION_NAMES, "": _REGIONLESS}
    regions = [
        (str(name), [country for country in countries if region_of(country.place.code) == key])
        for key, name in names.items()
    ]
    shown = [one for one in countries if one.path and region in ("", region_of(one.place.code))]
    drawn = {shade: [one for one in shown if one.step == shade] for shade in (3, 2, 1, 0)}
    steps = [(shade, _describe_shade(of_shade), of_shade) for shade, of_shade in drawn.items() if of_shade]
    return {
        "world": WorldMap(steps, [(name, of_region) for name, of_region in regions if of_region], region_box(region))
    }


def _describe_shade(countries: list[Country]) -> str:
    """Returns the meaning of a shade: "1 article", "2 to 14 articles", "Office, no news"."""
    counts = [country.place.count for country in countries]
    low, high = min(counts), max(counts)
    if not high:
        return gettext("Office, no news")
    if low == high:
        return _format_count(low)
    return gettext("%(low)s to %(high)s articles") % {"low": number(low), "high": number(high)}


@cached_per_version
def render_world_map(title: str, region: str = "", loading: str = "lazy") -> SafeString:
    """Renders the map with its list of countries. `region` limits both."""
    return render_to_string(
        "partials/world_map.html", {"title": title, "loading": loading, "region": region, **get_world_map(region)}
    )


class MapBlock(FieldsBlock):
    """A world map, and a list of links to the countries."""

    title = CharBlock(label=_("Title"), required=False)
    region = ChoiceBlock(
        label=_("Region"),
        choices=list(REGION_NAMES.items()),
        required=False,
        help_text=_("Lists only the countries of this region. Leave empty to list all countries."),
    )

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        rendered = render_world_map(value["title"], value["region"] or "")
        return super().get_context(value, parent_context) | {"map": rendered}

    class Meta:
        icon = "globe"
        label = _("World map")
        description = _("Countries that have an office or news, on a map and in a list.")
        template = "blocks/map.html"
        preview_value = {"title": _("Our news by country"), "region": ""}
