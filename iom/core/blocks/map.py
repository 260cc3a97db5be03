from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock, StructValue

from iom.caching.version import kept
from iom.core.templatetags.site import number
from iom.countries import REGION_NAMES, region_of
from iom.maps.draw import WORLD_HEIGHT, WORLD_WIDTH, country_path
from iom.maps.geometry import codes
from iom.maps.notes import world_notes
from iom.maps.places import Place, places, step

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


def _country(place: Place) -> Country:
    articles = ngettext("1 article", "%(number)s articles", place.count) % {"number": number(place.count)}
    return Country(
        place=place,
        news=articles if place.count else gettext("office"),
        step=step(place.count) if place.count else 0,
        path=country_path(place.code) if place.code in codes() else "",
    )


@dataclass(frozen=True)
class WorldMap:
    """`world` in templates/partials/world_map.html."""

    steps: list[tuple[int, list[Country]]]  # those that the map shows, by their shade; outlines above the others
    regions: list[tuple[str, list[Country]]]  # by the names of the regions
    notes: list[Promise] = field(default_factory=world_notes)
    width: int = WORLD_WIDTH
    height: int = WORLD_HEIGHT


def world_map(region: str = "") -> dict[str, WorldMap]:
    """The template's context, in the interface's language. The list is limited to `region`, if given."""
    countries = [_country(place) for place in places(get_language() or "")]
    names = {region: REGION_NAMES[region]} if region else {**REGION_NAMES, "": _REGIONLESS}
    regions = [
        (str(name), [country for country in countries if region_of(country.place.code) == key])
        for key, name in names.items()
    ]
    drawn = {shade: [one for one in countries if one.path and one.step == shade] for shade in (3, 2, 1, 0)}
    steps = [(shade, listed) for shade, listed in drawn.items() if listed]
    return {"world": WorldMap(steps, [(name, listed) for name, listed in regions if listed])}


def rendered(title: str, region: str = "", loading: str = "lazy") -> SafeString:
    """The map with its list of countries, those of one region if it is given; kept."""
    return _rendered(title, region, loading)


@kept
def _rendered(title: str, region: str, loading: str) -> SafeString:
    return render_to_string("partials/world_map.html", {"title": title, "loading": loading, **world_map(region)})


class MapBlock(StructBlock):
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

    def passages(self, value: StructValue) -> list[str]:
        return []

    class Meta:
        icon = "globe"
        label = _("World map")
        description = _("Countries that have an office or news, on a map and in a list.")
        template = "blocks/map.html"
        preview_value = {"title": _("Our news by country"), "region": ""}
