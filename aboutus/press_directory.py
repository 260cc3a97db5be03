"""The directory of media contacts: filters by region, country and language, and the grouped results."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from wagtail.models import Locale

from aboutus.countries import ListedCountry, listed_countries, press_cards_for_country
from iom import languages
from iom.caching.version import cached_per_version
from iom.contacts.lookup import cards_for_office, press_contact_lookup
from iom.contacts.models import ContactCard, cards
from iom.countries import REGION_NAMES, REGIONS, all_names, region_of, short_name
from iom.languages import fold
from search.filters import Chip, Option

Options = dict[str, list[Option]]  # by the name of the filter


@dataclass(frozen=True)
class DirectoryFilters:
    """The values of the filters: the key of a region, the codes of a country and of a language. Empty means all."""

    region: str = ""
    country: str = ""
    language: str = ""

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in vars(self).items() if value})

    def chips(self, options: Options) -> list[Chip]:
        """Returns a chip for each active filter, with the query that removes it."""
        pairs = [(name, option) for name, choices in options.items() for option in choices]
        active = [(name, option.label) for name, option in pairs if option.value == getattr(self, name)]
        queries = [(label, replace(self, **{name: ""}).query) for name, label in active]
        return [Chip(label, f"?{query}" if query else "") for label, query in queries]


@dataclass(frozen=True)
class Place:
    """A country with its press contacts."""

    code: str
    name: str
    cards: list[ContactCard]


@dataclass(frozen=True)
class Region:
    """A region with the countries in which the organization works, and with those that have press contacts."""

    key: str
    name: str
    countries: list[ListedCountry]
    places: list[Place]


@cached_per_version
def options() -> Options:
    """Returns the options of each filter. They contain every country, because each has a press contact."""
    everyone = _everyone()
    regions = {region_of(str(card.office.country)) for card in everyone}
    spoken = {code: languages.name(code) for card in everyone for code in card.languages}
    countries = {code: official for code, (_short, official) in all_names("").items()}
    return {
        "country": _sorted_options(countries),
        "language": _sorted_options(spoken),
        "region": [Option(key, str(name), None) for key, name in REGION_NAMES.items() if key in regions],
    }


def _sorted_options(names: Mapping[str, str]) -> list[Option]:
    return [Option(code, name, None) for code, name in sorted(names.items(), key=lambda pair: fold(pair[1]))]


def read_filters(parameters: Mapping[str, str]) -> DirectoryFilters:
    """Reads the filters from query parameters. Ignores values that are not among the options."""
    valid = {name: {option.value for option in choices} for name, choices in options().items()}
    return DirectoryFilters(
        **{name: value for name, values in valid.items() if (value := parameters.get(name, "")) in values}
    )


@cached_per_version
def _everyone() -> list[ContactCard]:
    """Returns the contacts of the press office first, then those of all other offices in a country."""
    lookup = press_contact_lookup()
    others = [
        contact
        for office, contacts in lookup.contacts.items()
        for contact in contacts
        if office != lookup.press_office and contact.is_public
    ]
    return [*press_office(), *cards(others)]


def press_office() -> list[ContactCard]:
    """Returns the contacts of the press office, who answer where nobody else does."""
    return cards_for_office(None)


@cached_per_version
def find_cards(filters: DirectoryFilters) -> list[ContactCard]:
    """Returns the contacts for the country, or all, that are in the region and speak the language."""
    candidates = press_cards_for_country(filters.country) if filters.country else _everyone()
    return [
        card
        for card in candidates
        if (not filters.language or filters.language in card.languages)
        and (not filters.region or region_of(str(card.office.country)) == filters.region)
    ]


def group_by_region(cards: Iterable[ContactCard], locale: Locale) -> list[Region]:
    """Groups the cards by the regions and countries of their offices."""
    by_country: dict[str, list[ContactCard]] = defaultdict(list)
    for card in cards:
        by_country[str(card.office.country)].append(card)
    listed = listed_countries(locale)
    places = [Place(code, short_name(code), found) for code, found in by_country.items()]
    places.sort(key=lambda place: fold(place.name))
    regions = [
        Region(
            key,
            str(name),
            [country for country in listed.values() if country.code in REGIONS[key]],
            [place for place in places if place.code in REGIONS[key]],
        )
        for key, name in REGION_NAMES.items()
    ]
    return [region for region in regions if region.places or region.countries]
