"""The countries that have an office or news, with their names, offices and press contacts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db.models import F, IntegerField, Value
from django.utils.translation import get_language, gettext
from wagtail.models import Locale

from aboutus.country_texts import CountryTextRow
from iom.caching.version import cached_per_version
from iom.contacts.lookup import cards_for_office, press_contact_lookup
from iom.contacts.models import ContactCard, Office, PressContact, press_contacts, unique_cards
from iom.core.models import slug_of
from iom.core.search_content import SearchContent
from iom.countries import all_names, in_country, subregion_of
from iom.languages import fold
from iom.listing.reading import counts

_FIELD_KINDS = (Office.Kind.COUNTRY, Office.Kind.REGIONAL)


@dataclass(frozen=True)
class ListedCountry:
    """A country in one language: its name in lists and in titles, its slug, and the number of its articles.

    `count` is 0 for a country with an office but without news.
    """

    code: str
    name: str
    short_name: str
    slug: str
    count: int


@cached_per_version
def listed_countries(locale: Locale) -> dict[str, ListedCountry]:
    """Returns the countries by their code, sorted by their names in the language. One query, and those for privacy."""
    offices = (
        Office.objects.exclude(country="").order_by().values(value=F("country"), number=Value(None, IntegerField()))
    )
    news: Counter[str] = Counter()
    with_office = set()
    for row in counts(locale, "country").union(offices, all=True).order_by():
        if row["number"] is None:
            with_office.add(row["value"])
        else:
            news[row["value"]] += row["number"]
    found = with_office | set(+news)
    names_by_code = {code: names for code, names in all_names(locale.language_code).items() if code in found}
    return {
        code: ListedCountry(code, official, short, slug_of(short), news[code])
        for code, (short, official) in sorted(names_by_code.items(), key=lambda item: fold(item[1][1]))
    }


@cache
def country_slugs() -> frozenset[str]:
    """Returns the slugs of all countries in every language, listed or not."""
    slugs: set[str] = set()
    for language, _name in settings.LANGUAGES:
        slugs.update(slug_of(short) for short, _official in all_names(language).values())
    return frozenset(slugs)


def offices_for_country(code: str) -> tuple[list[Office], Office | None]:
    """Returns the offices in a country, and its regional office if it has none.

    The regional office is the one to which all offices in the country's subregion belong, or None if they differ.
    """
    offices = sorted(press_contact_lookup().offices.values(), key=lambda office: Office.Kind.values.index(office.kind))

    def regional(office: Office) -> Office | None:
        return next((above for above in office.upwards() if above.kind == Office.Kind.REGIONAL), None)

    here = [office for office in offices if str(office.country) == code]
    near = subregion_of(code)
    found = {regional(office) for office in offices if str(office.country) in near and office.kind in _FIELD_KINDS}
    return here, found.pop() if not here and len(found) == 1 else None


@cached_per_version
def offices_with_press(code: str) -> tuple[list[tuple[Office, list[PressContact]]], Office | None]:
    """As `offices_for_country`, each office with the press contacts who answer for it."""
    offices, regional = offices_for_country(code)
    return [(office, press_contact_lookup().for_office(office.pk)) for office in offices], regional


@cached_per_version
def press_cards_for_country(code: str) -> list[ContactCard]:
    """Returns the press contacts for a country: those of the offices there, else of the regional office."""
    here, regional = offices_for_country(code)
    offices: list[Office | None] = [*here] or [regional]
    return unique_cards(card for office in offices for card in cards_for_office(office.pk if office else None))


def country_search_contents(codes: Collection[str] = ()) -> Iterator[SearchContent]:
    """Yields the search content of country pages, by default of all, in the interface's language. Three queries."""
    offices = defaultdict(list)
    for office in Office.objects.filter(country__in=codes) if codes else Office.objects.exclude(country=""):
        offices[str(office.country)].append(office)
    press = defaultdict(list)
    for contact in press_contacts().filter(office__in=[office.pk for found in offices.values() for office in found]):
        press[str(contact.office.country)].append(contact)
    rows = CountryTextRow.objects.filter(language=get_language()).select_related("record")
    texts = {str(row.record.country): "\n".join(row.passages) for row in rows}
    for code, country_names in all_names(get_language() or "").items():
        if not codes or code in codes:
            yield _search_content(code, country_names, offices[code], press[code], texts.get(code, ""))


def country_description(code: str, has_office: bool) -> str:
    """Returns a sentence on the content of a country's page, in the interface's language."""
    if has_office:
        text = gettext("IOM %(in_country)s: offices, contact details and the latest news.")
    else:
        text = gettext("The latest news from IOM %(in_country)s.")
    return text % {"in_country": in_country(code)}


def _search_content(
    code: str, country_names: tuple[str, str], offices: list[Office], press: list[PressContact], text: str
) -> SearchContent:
    short, official = country_names
    names = [
        str(word)
        for office in offices
        for word in (office.get_kind_display(), office.name, office.city, office.head_title, office.head_name)
    ]
    names += [word for contact in press for word in (contact.name, str(contact.get_role_display()))]
    last_days = [contact.in_post_until for contact in press if contact.in_post_until]
    names += [official] if official != short else []
    return SearchContent(
        title=short,
        summary=country_description(code, bool(offices)),
        text=text,
        names=list(filter(None, names)),
        route=f"{slug_of(short)}/",
        country=code,
        facets=[("office", str(office.pk)) for office in offices],
        until=min(last_days, default=None),
    )
