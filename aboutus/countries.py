"""The countries in which the organization works, by language: those with an office or with news."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db.models import F, IntegerField, Value
from django.utils.translation import get_language, gettext
from wagtail.models import Locale

from aboutus.country_texts import CountryTextRow
from iom.caching.version import kept
from iom.contacts.answering import answering, cards_of
from iom.contacts.models import ContactCard, Office, PressContact, press_contacts, unique
from iom.core.models import slug_of
from iom.core.searched import Searched
from iom.countries import all_names, in_country, subregion_of
from iom.languages import fold
from iom.listing.reading import counts

_OUTPOSTS = (Office.Kind.COUNTRY, Office.Kind.REGIONAL)


@dataclass(frozen=True)
class ListedCountry:
    """A country in one language: its name in lists and in titles, and the number of its articles.

    `count` is 0 for an office without news.
    """

    code: str
    name: str
    short_name: str
    slug: str
    count: int


@kept
def listed_countries(locale: Locale) -> dict[str, ListedCountry]:
    """The countries by their code, sorted by their names in that language. One query."""
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
    named = {code: names for code, names in all_names(locale.language_code).items() if code in found}
    return {
        code: ListedCountry(code, official, short, slug_of(short), news[code])
        for code, (short, official) in sorted(named.items(), key=lambda item: fold(item[1][1]))
    }


@cache
def addresses_of_countries() -> frozenset[str]:
    """The slugs of all countries in every language, listed or not."""
    slugs: set[str] = set()
    for language, _name in settings.LANGUAGES:
        slugs.update(slug_of(short) for short, _official in all_names(language).values())
    return frozenset(slugs)


def offices_for(code: str) -> tuple[list[Office], Office | None]:
    """The offices in a country, or the regional office where there is none.

    The regional office is the one to which all offices in the country's subregion belong; None if there are several.
    """
    offices = sorted(answering().offices.values(), key=lambda office: Office.Kind.values.index(office.kind))

    def regional(office: Office) -> Office | None:
        return next((above for above in office.upwards() if above.kind == Office.Kind.REGIONAL), None)

    here = [office for office in offices if str(office.country) == code]
    near = subregion_of(code)
    found = {regional(office) for office in offices if str(office.country) in near and office.kind in _OUTPOSTS}
    return here, found.pop() if not here and len(found) == 1 else None


@kept
def offices_with_press(code: str) -> tuple[list[tuple[Office, list[PressContact]]], Office | None]:
    """The same, each office with whom the press asks about it."""
    offices, regional = offices_for(code)
    return [(office, answering().of(office.pk)) for office in offices], regional


@kept
def who_answers(code: str) -> list[ContactCard]:
    """Who answers the press about a country: for the offices there, else for the regional office."""
    here, regional = offices_for(code)
    asked: list[Office | None] = [*here] or [regional]
    return unique(card for office in asked for card in cards_of(office.pk if office else None))


def searched_countries(codes: Collection[str] = ()) -> Iterator[Searched]:
    """What the pages of countries (of all where none is named) say in the interface's language. Three queries."""
    offices = defaultdict(list)
    for office in Office.objects.filter(country__in=codes) if codes else Office.objects.exclude(country=""):
        offices[str(office.country)].append(office)
    press = defaultdict(list)
    for contact in press_contacts().filter(office__in=[one.pk for there in offices.values() for one in there]):
        press[str(contact.office.country)].append(contact)
    rows = CountryTextRow.objects.filter(language=get_language()).select_related("record")
    texts = {str(row.record.country): "\n".join(row.passages) for row in rows}
    for code, called in all_names(get_language() or "").items():
        if not codes or code in codes:
            yield _searched(code, called, offices[code], press[code], texts.get(code, ""))


def described(code: str, has_office: bool) -> str:
    """What the page of a country holds, in one sentence of the interface's language."""
    if has_office:
        text = gettext("IOM %(in_country)s: offices, contact details and the latest news.")
    else:
        text = gettext("The latest news from IOM %(in_country)s.")
    return text % {"in_country": in_country(code)}


def _searched(
    code: str, called: tuple[str, str], offices: list[Office], press: list[PressContact], text: str
) -> Searched:
    short, official = called
    names = [
        str(word)
        for office in offices
        for word in (office.get_kind_display(), office.name, office.city, office.head_title, office.head_name)
    ]
    names += [word for contact in press for word in (contact.name, str(contact.get_role_display()))]
    last_days = [contact.in_post_until for contact in press if contact.in_post_until]
    names += [official] if official != short else []
    return Searched(
        title=short,
        summary=described(code, bool(offices)),
        text=text,
        names=list(filter(None, names)),
        route=f"{slug_of(short)}/",
        country=code,
        facets=[("office", str(office.pk)) for office in offices],
        until=min(last_days, default=None),
    )
