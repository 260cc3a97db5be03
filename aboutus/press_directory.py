"""Who answers the press, by region, country and language, as the page of media contacts lists them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from wagtail.models import Locale

from aboutus.countries import ListedCountry, listed_countries, who_answers
from iom import languages
from iom.caching.version import kept
from iom.contacts.answering import answering, cards_of
from iom.contacts.models import ContactCard, cards
from iom.countries import REGION_NAMES, REGIONS, all_names, region_of, short_name
from iom.languages import fold
from search.filters import Chip, Option

Options = dict[str, list[Option]]  # by filter


@dataclass(frozen=True)
class Chosen:
    """What a reader has chosen: the key of a region, the codes of a country and of a language. Empty: all."""

    region: str = ""
    country: str = ""
    language: str = ""

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in vars(self).items() if value})

    def chips(self, options: Options) -> list[Chip]:
        """Each filter in words, with the query without it."""
        chosen = [(name, option) for name, offered in options.items() for option in offered]
        found = [(name, option.label) for name, option in chosen if option.value == getattr(self, name)]
        queries = [(label, replace(self, **{name: ""}).query) for name, label in found]
        return [Chip(label, f"?{query}" if query else "") for label, query in queries]


@dataclass(frozen=True)
class Place:
    """A country, and who answers the press there."""

    code: str
    name: str
    cards: list[ContactCard]


@dataclass(frozen=True)
class Region:
    """A region: the countries in which the organization works, and those with press contacts."""

    key: str
    name: str
    countries: list[ListedCountry]
    places: list[Place]


@kept
def options() -> Options:
    """Every country can be chosen: someone answers for each."""
    everyone = _everyone()
    regions = {region_of(str(card.office.country)) for card in everyone}
    spoken = {code: languages.name(code) for card in everyone for code in card.languages}
    named = {code: official for code, (_short, official) in all_names("").items()}
    return {
        "country": _sorted(named),
        "language": _sorted(spoken),
        "region": [Option(key, str(name), None) for key, name in REGION_NAMES.items() if key in regions],
    }


def _sorted(names: Mapping[str, str]) -> list[Option]:
    return [Option(code, name, None) for code, name in sorted(names.items(), key=lambda one: fold(one[1]))]


def read(parameters: Mapping[str, str]) -> Chosen:
    """What is chosen among the parameters of an address. What is not offered chooses nothing."""
    offered = {name: {one.value for one in choices} for name, choices in options().items()}
    return Chosen(**{name: value for name, values in offered.items() if (value := parameters.get(name, "")) in values})


@kept
def _everyone() -> list[ContactCard]:
    """Those of the press office first, then those of all other offices that are in a country."""
    known = answering()
    others = [
        contact
        for office, contacts in known.contacts.items()
        for contact in contacts
        if office != known.press_office and contact.is_public
    ]
    return [*press_office(), *cards(others)]


def press_office() -> list[ContactCard]:
    """Who answers where nobody else does."""
    return cards_of(None)


@kept
def found(chosen: Chosen) -> list[ContactCard]:
    """Who answers about the country, or all; of these, those in the region who speak the language."""
    asked = who_answers(chosen.country) if chosen.country else _everyone()
    return [
        card
        for card in asked
        if (not chosen.language or chosen.language in card.languages)
        and (not chosen.region or region_of(str(card.office.country)) == chosen.region)
    ]


def by_region(shown: Iterable[ContactCard], locale: Locale) -> list[Region]:
    """The cards in the regions and countries of their offices."""
    there: dict[str, list[ContactCard]] = defaultdict(list)
    for card in shown:
        there[str(card.office.country)].append(card)
    listed = listed_countries(locale)
    places = sorted((Place(code, short_name(code), there[code]) for code in there), key=lambda one: fold(one.name))
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
