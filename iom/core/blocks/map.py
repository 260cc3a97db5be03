from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, StructValue

from iom.caching.version import kept
from iom.core.blocks.struct import FieldsBlock
from iom.core.templatetags.site import number
from iom.countries import REGION_NAMES, region_of
from iom.maps.draw import country_path, region_box
from iom.maps.geometry import codes
from iom.maps.notes import world_notes
from iom.maps.places import Place, least_of_steps, places, step

_REGIONLESS = _("Other territories")


@dataclass(frozen=True)
class Country:
    """A country on the map and in the list.

    `news`: the number of articles, in words; `step`: the shade of blue, 0 for an office without news; `path`: empty
    where the map does not show the country (Antarctica).
    """

    place: Place
    news: str
    step: int
    path: str


def _articles(count: int) -> str:
    return ngettext("1 article", "%(number)s articles", count) % {"number": number(count)}


def _country(place: Place, least: list[int]) -> Country:
    return Country(
        place=place,
        news=_articles(place.count) if place.count else gettext("office"),
        step=step(place.count, least),
        path=country_path(place.code) if place.code in codes() else "",
    )


@dataclass(frozen=True)
class WorldMap:
    """`world` in templates/partials/world_map.html."""

    steps: list[tuple[int, str, list[Country]]]  # those that the map shows, by their shade and its meaning
    regions: list[tuple[str, list[Country]]]  # by the names of the regions
    box: tuple[int, int, int, int]  # of the world's picture: left, top, width, height
    notes: list[Promise] = field(default_factory=world_notes)


def world_map(region: str = "") -> dict[str, WorldMap]:
    """The template's context, in the interface's language. List and map are limited to `region`, if given."""
    listed = places(get_language() or "")
    least = least_of_steps(place.count for place in listed)
    countries = [_country(place, least) for place in listed]
    names = {region: REGION_NAMES[region]} if region else {**REGION_NAMES, "": _REGIONLESS}
    regions = [
        (str(name), [country for country in countries if region_of(country.place.code) == key])
        for key, name in names.items()
    ]
    shown = [one for one in countries if one.path and region in ("", region_of(one.place.code))]
    drawn = {shade: [one for one in shown if one.step == shade] for shade in (3, 2, 1, 0)}
    steps = [(shade, _meaning(of_shade), of_shade) for shade, of_shade in drawn.items() if of_shade]
    return {
        "world": WorldMap(steps, [(name, of_region) for name, of_region in regions if of_region], region_box(region))
    }


def _meaning(countries: list[Country]) -> str:
    """What a shade says: "1 article", "2 to 14 articles", "Office, no news"."""
    counts = [country.place.count for country in countries]
    low, high = min(counts), max(counts)
    if not high:
        return gettext("Office, no news")
    if low == high:
        return _articles(low)
    return gettext("%(low)s to %(high)s articles") % {"low": number(low), "high": number(high)}


@kept
def rendered(title: str, region: str = "", loading: str = "lazy") -> SafeString:
    """The map with its list of countries, those of one region if it is given."""
    return render_to_string(
        "partials/world_map.html", {"title": title, "loading": loading, "region": region, **world_map(region)}
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
        return super().get_context(value, parent_context) | {"map": rendered(value["title"], value["region"] or "")}

    class Meta:
        icon = "globe"
        label = _("World map")
        description = _("Countries that have an office or news, on a map and in a list.")
        template = "blocks/map.html"
        preview_value = {"title": _("Our news by country"), "region": ""}
