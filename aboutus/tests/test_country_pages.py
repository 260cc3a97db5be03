"""Country pages: content, language switch, and what search engines read."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from aboutus.countries import offices_for_country
from aboutus.models import WorkPage, WorkPageCountry
from aboutus.tests.country_pages import DIRECTORY, UNITED_STATES, about, known, soup
from iom.contacts.models import Office
from iom.core.models import slug_of
from iom.countries import in_country, short_name
from iom.navigation.tests.pairs import at, restrict
from iom.publishing import gate
from iom.tests import sitemap
from iom.tests.addresses import COUNTRY, LANGUAGES, NEWS_ALONE
from iom.tests.factories import OfficeFactory, PressContactFactory
from iom.tests.test_machines import listed_addresses
from iom.tests.test_queries import queries

# --- The page of a country -------------------------------------------------------------------------------------------


def office_of(visitor, office, language="fr"):
    """The text about the office on its country's page."""
    with translation.override(language):
        address = DIRECTORY[language] + slug_of(short_name(office.country.code)) + "/"
    texts = soup(visitor, address).select(".office")
    names = [row.name for row in office.names.all()]
    return next(" ".join(text.stripped_strings) for text in texts if any(name in text.text for name in names))


def test_an_office_is_named_with_where_it_is_and_how_it_is_reached(visitor):
    office = OfficeFactory(
        country="JP", fr=("Bureau", "Tokyo"), address="OIM\nTokyo", email="tokyo@example.org", phone="+33199001951"
    )
    page = soup(visitor, f"{DIRECTORY['fr']}japon/")

    assert page.select_one("address a[href='tel:+33199001951']").text.split() == ["+33", "1", "99", "00", "19", "51"]
    assert page.select_one("address a[href='mailto:tokyo@example.org']")
    text = office_of(visitor, office)
    for part in ("Bureau", "Tokyo", "OIM", office.utc_offset):
        assert part in text
    assert not page.select(".office .kicker")  # 14 px: never a place


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_press_contacts_of_an_office_come_before_its_general_address(visitor, language):
    office = OfficeFactory(country="JP", email="tokyo@example.org", phone="+33199001951")
    yesterday = timezone.localdate() - timedelta(days=1)
    PressContactFactory(office=office, name="Who has left", email="left@example.org", in_post_until=yesterday)
    PressContactFactory(office=office, name="Ana Ruiz", email="ana@example.org")
    PressContactFactory(office=office, name="", role="media-unit", email="press@example.org")
    PressContactFactory(email="elsewhere@example.org")

    page = soup(visitor, f"{DIRECTORY[language]}{'japon' if language == 'fr' else 'japan'}/")
    ways = [link["href"].partition(":")[2] for link in page.select(".country .contact-way")]
    assert ways == ["press@example.org", "ana@example.org", "+33199001951", "tokyo@example.org"]
    assert len(page.select(".contact-box .contact-vcard")) == len(page.select(".contact-box .contact-clock")) == 2


@pytest.mark.parametrize(
    ("language", "country"), [("fr", "haiti"), ("fr", "colombie"), ("en", "haiti"), ("en", "colombia")]
)
def test_where_a_country_has_no_press_contact_that_of_the_regional_office_is_named(visitor, language, country):
    text = soup(visitor, f"{DIRECTORY[language]}{country}/").select_one(".contact-box").get_text()
    with translation.override(language):
        regional = Office.objects.get(email="panama@example.org").name
    assert regional in text
    assert "press.panama@example.org" in text


def test_the_page_of_a_country_costs_one_query_more_for_its_press_contacts_however_many(visitor):
    address = f"{DIRECTORY['fr']}japon/"
    office = OfficeFactory(country="JP")
    few = len(queries(visitor, address))
    for _ in range(3):
        PressContactFactory(office=office)
        PressContactFactory(office=OfficeFactory(country="JP"))
    assert len(queries(visitor, address)) == few


@pytest.mark.parametrize("kind", ["country", "regional", "liaison"])
@pytest.mark.parametrize("gender", ["f", "m"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_of_an_office_is_named_with_a_title_that_agrees(visitor, kind, gender, language):
    office = OfficeFactory(country="JP", kind=kind, head_name="Dominique Exemple", head_gender=gender)
    with translation.override(language):
        title = office.head_title

    text = office_of(visitor, office, language)
    assert f"{title} Dominique Exemple" in text
    assert text.casefold().count(title.casefold()) == 1
    with translation.override(language):
        assert translation.gettext("Ad interim") not in text
        assert translation.gettext("Vacant post") not in text


def test_an_acting_head_and_a_vacant_post_are_shown_in_words(visitor):
    acting = OfficeFactory(country="JP", head_name="Dominique", head_gender="f", head_is_acting=True)
    vacant = OfficeFactory(country="KR", head_is_vacant=True)
    untold = OfficeFactory(country="CN")

    with translation.override("fr"):
        assert translation.gettext("Ad interim") in office_of(visitor, acting)
        assert translation.gettext("Vacant post") in office_of(visitor, vacant)
        assert translation.gettext("Head of office") not in office_of(visitor, untold)


def test_headquarters_has_no_head_of_office_and_no_vacancy(visitor):
    headquarters = Office.objects.get(kind="headquarters")

    with translation.override("en"):
        assert "Vacant" not in office_of(visitor, headquarters, "en")
        assert "Head of office" not in office_of(visitor, headquarters, "en")


def test_the_latest_news_of_a_country_lead_to_all_of_it(visitor):
    news = [about("JP", date=timezone.now() - timedelta(days=day)) for day in range(7)]
    about("KR")
    page = soup(visitor, f"{DIRECTORY['fr']}japon/")

    assert [link["href"] for link in page.select(".row-title a")] == [article.url for article in news[:5]]
    assert page.select_one(".more a")["href"] == "/fr/actualites/?country=JP"


def test_a_country_with_an_office_and_no_news_says_so(visitor):
    OfficeFactory(country="JP")

    page = soup(visitor, f"{DIRECTORY['en']}japan/")
    assert "No news about Japan for the moment." in " ".join(page.text.split())
    assert not page.select(".rows")


def test_a_country_with_news_and_no_office_says_so_and_names_nobody_where_nobody_is_known(visitor):
    offices = soup(visitor, NEWS_ALONE["en"]).select_one(".country-offices")

    text = " ".join(offices.get_text(" ").split())
    assert text == "Offices No IOM office in Canada is listed here."


def test_a_country_without_an_office_has_its_map_in_their_place(visitor):
    without, with_office = soup(visitor, NEWS_ALONE["en"]), soup(visitor, COUNTRY["en"])

    assert without.select_one(".country-offices + .country-map .locator")
    assert not without.select(".country-facts .country-map")
    assert with_office.select_one(".country-facts .country-map .locator")
    assert len(with_office.select(".country-map")) == 1


def test_a_country_without_an_office_names_the_regional_office_of_its_neighbours(visitor):
    page = soup(visitor, f"{DIRECTORY['en']}costa-rica/")

    link = page.select_one(".country-offices a")
    assert link["href"] == f"{DIRECTORY['en']}panama/"
    assert link.text == "IOM Regional Office for Latin America and the Caribbean"


def test_neighbours_that_belong_to_different_regional_offices_name_none(db):
    assert offices_for_country("SY") == ([], None)  # Jordan and Lebanon belong to Cairo, Türkiye to Vienna


def test_an_office_nearby_that_belongs_to_no_region_changes_nothing(db):
    before = offices_for_country("CR")
    OfficeFactory(country="NI", kind="liaison")
    assert offices_for_country("CR") == before != ([], None)


def test_of_several_offices_in_a_country_the_regional_one_comes_first(db):
    for kind in ("liaison", "country", "regional"):
        OfficeFactory(country="JP", kind=kind)
    assert [office.kind for office in offices_for_country("JP")[0]][:1] == ["regional"]


def test_the_fields_of_work_in_a_country_are_listed(visitor):
    french, english = at("/fr/donnees-et-recherche/"), at("/en/data-and-research/")
    for page in (french, english):
        page.countries = [WorkPageCountry(country="HT")]
        with gate.opened_for(page):
            page.save()

    for language, page in (("fr", french), ("en", english)):
        assert [a["href"] for a in soup(visitor, COUNTRY[language]).select(".text-card-title a")] == [page.url]
    restrict(english)
    assert not soup(visitor, COUNTRY["fr"]).select(".text-card-title a")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_to_a_country_ends_with_the_page_that_lists_it(visitor, language):
    steps = soup(visitor, COUNTRY[language]).select(".breadcrumbs a")

    assert [step["href"] for step in steps] == [f"/{language}/", DIRECTORY[language]]
    assert len(soup(visitor, DIRECTORY[language]).select(".breadcrumbs a")) == 1


# --- Languages and robots --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("addresses", [UNITED_STATES, COUNTRY, NEWS_ALONE])
@pytest.mark.parametrize("language", LANGUAGES)
def test_head_switch_and_sitemap_of_a_country_agree(visitor, addresses, language):
    page = soup(visitor, addresses[language])
    other = next(code for code in LANGUAGES if code != language)
    absolute = {code: settings.SITE_URL + address for code, address in addresses.items()}
    name = page.h1.text

    assert page.select_one("link[rel=canonical]")["href"] == absolute[language]
    told = {link["hreflang"]: link["href"] for link in page.select("link[rel=alternate][hreflang]")}
    assert told == absolute | {"x-default": absolute["fr"]}
    assert listed_addresses(visitor)[absolute[language]] == told
    assert page.select_one(f"header a[hreflang={other}]")["href"] == addresses[other]
    assert page.title.text.startswith(f"{name} – ")
    assert page.select_one("meta[property='og:title']")["content"] == name
    assert page.select_one("meta[property='og:url']")["content"] == absolute[language]
    described = page.select_one("meta[name=description]")["content"]
    code = next(place.code for place in known(language).values() if place.short_name == name)
    with translation.override(language):
        assert f"{translation.gettext('IOM')} {in_country(code)}" in described
    assert page.select_one("meta[property='og:description']")["content"] == described
    assert not page.select("meta[name=robots]")


def test_every_country_of_every_language_is_in_the_sitemap_once(visitor):
    content = sitemap.text(visitor)

    for language in LANGUAGES:
        for place in known(language).values():
            assert content.count(f"<loc>{settings.SITE_URL}{DIRECTORY[language]}{place.slug}/</loc>") == 1


def test_a_country_in_one_language_has_no_alternates_and_switches_to_the_directory(visitor):
    about("JP")
    address = f"{DIRECTORY['fr']}japon/"
    page = soup(visitor, address)

    told = {link["hreflang"]: link["href"] for link in page.select("link[rel=alternate][hreflang]")}
    assert told == {"fr": settings.SITE_URL + address, "x-default": settings.SITE_URL + address}
    assert listed_addresses(visitor)[settings.SITE_URL + address] == told
    assert page.select_one("header a[hreflang=en]")["href"] == f"{DIRECTORY['en']}?missing=1"
    assert "not available in English" in soup(visitor, f"{DIRECTORY['en']}?missing=1").text


def test_a_country_that_english_alone_knows_has_its_own_address_as_default(visitor):
    about("JP", language="en")
    address = f"{settings.SITE_URL}{DIRECTORY['en']}japan/"

    told = soup(visitor, f"{DIRECTORY['en']}japan/").select("link[rel=alternate][hreflang]")
    assert {link["hreflang"]: link["href"] for link in told} == {"en": address, "x-default": address}


def test_the_switch_keeps_filters_and_leaves_feeds_as_they_are(visitor):
    page = soup(visitor, f"{UNITED_STATES['fr']}?x=1")
    assert page.select_one("header a[hreflang=en]")["href"] == f"{UNITED_STATES['en']}?x=1"
    assert at("/fr/actualites/").sub_route_in("en", "rss/") == "rss/"


@pytest.mark.parametrize("slug", ["japon", "japan"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_takes_the_address_of_a_country_in_any_language_listed_or_not(db, language, slug):
    directory = WorkPage.objects.get(lists_countries=True, locale__language_code=language)

    with pytest.raises(ValidationError) as refused:
        directory.add_child(instance=WorkPage(title="Page", slug=slug, locale=directory.locale))
    assert "slug" in refused.value.message_dict
    named = directory.add_child(instance=WorkPage(title=slug.capitalize(), locale=directory.locale))
    assert named.slug == f"{slug}-2", "where the title proposes it, another is found"
