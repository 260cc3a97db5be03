"""The page of press contacts, and the links to it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone, translation
from wagtail.models import Page

from aboutus.models import PressContactsPage
from aboutus.press_directory import DirectoryFilters, find_cards
from aboutus.tests.country_pages import DIRECTORY, soup
from iom.contacts.models import PressContact, public_contacts
from iom.countries import all_names
from iom.listing.models import Entry
from iom.tests.addresses import LANGUAGES, PAGES, PRESS, page
from iom.tests.factories import OfficeFactory, PressContactFactory
from iom.tests.test_queries import queries
from newsroom.models import NewsArticle

pytestmark = pytest.mark.django_db
CHOICES = ("country", "language", "region")


def emails(page):
    return [
        link["href"].removeprefix("mailto:") for link in page.select(".press-contacts .contact-card a[href^=mailto]")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_lists_everyone_who_answers_with_languages_local_time_and_vcard(visitor, language):
    OfficeFactory(country="JP", email="nobody.there@example.org")
    PressContactFactory(email="hidden@example.org")
    left = timezone.localdate() - timedelta(days=1)
    PressContactFactory(email="left@example.org", office=OfficeFactory(country="KR"), in_post_until=left)
    press = soup(visitor, PRESS[language])

    known = list(public_contacts())
    assert sorted(emails(press)) == sorted(contact.email for contact in known)
    assert "hidden@example.org" not in str(press), "nor are machines told"
    cards = press.select(".press-contacts .contact-card")
    assert len(cards) == len(known)
    assert all(card.select_one(".contact-clock[data-timezone]") for card in cards)
    with translation.override(language):
        assert {link["href"] for link in press.select(".contact-vcard")} == {contact.vcard_url for contact in known}
    assert not press.select("meta[name=robots]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_contacts_stand_in_the_region_and_country_of_their_office(visitor, language):
    press = soup(visitor, PRESS[language])
    africa = press.select_one("section[aria-labelledby=africa]")
    with translation.override(language):
        names = [all_names("")[code][0] for code in ("EG", "KE", "SN", "TD")]
    assert sorted(heading.text for heading in africa.select("h3")) == sorted(names)
    assert "press.ndjamena@example.org" in africa.text
    assert "press.panama@example.org" not in africa.text
    assert press.select_one("a[href='#africa']")


def test_who_speaks_french_about_chad_is_two_taps_away(visitor):
    home = soup(visitor, "/en/")
    (first,) = {link["href"] for link in home.select("footer a") if link.text == "All media contacts"}
    press = soup(visitor, first)
    (second,) = [link["href"] for link in press.select(".tags a") if link.text == "Chad"]
    chad = soup(visitor, second)

    (card,) = chad.select(".contact-card")
    assert "press.ndjamena@example.org" in card.text
    assert "French, Arabic" in card.text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country=TD", ["press.ndjamena@example.org"]),
        ("country=TD&language=fr", ["press.ndjamena@example.org"]),
        ("country=CO", ["press.panama@example.org"]),  # no contact there: the regional office
        ("country=PE", ["press.panama@example.org"]),  # no office there
        ("language=sw", ["press.nairobi@example.org"]),
        ("region=asia", ["press.amman@example.org", "press.bangkok@example.org"]),
        ("region=africa&language=ar", ["press.ndjamena@example.org"]),
        ("country=TD&language=th", ["press@example.org"]),  # nobody: the press office
    ],
)
def test_a_choice_leaves_those_who_answer(visitor, query, expected):
    press = soup(visitor, f"{PRESS['en']}?{query}")
    assert emails(press) == expected
    assert press.select_one("meta[name=robots]")["content"] == "noindex"
    chosen = dict(part.split("=") for part in query.split("&"))
    assert {name: press.select_one(f"#filter-{name} [selected]") for name in CHOICES if name not in chosen} == {
        name: None for name in CHOICES if name not in chosen
    }
    assert {press.select_one(f"#filter-{name} [selected]")["value"] for name in chosen} == set(chosen.values())
    title = press.title.text
    assert all(press.select_one(f"#filter-{name} [selected]").text in title for name in chosen)


@pytest.mark.parametrize(
    "query", ["country=XX", "language=zz", "region=atlantis", "country=%00", "country[]=TD", "x=1"]
)
def test_what_is_not_offered_chooses_nothing(visitor, query):
    assert emails(soup(visitor, f"{PRESS['en']}?{query}")) == emails(soup(visitor, PRESS["en"]))


def test_someone_answers_for_every_country():
    assert [code for code in all_names("en") if not find_cards(DirectoryFilters(country=code))] == []


@pytest.mark.parametrize("query", ["", "?country=JP", "?language=fr"])
def test_it_costs_as_much_for_many_as_for_few(visitor, query):
    def add(number):
        for _ in range(number):
            PressContactFactory(
                office=OfficeFactory(country="JP", parent=OfficeFactory(country="KR")), languages=["fr"]
            )

    def query_count(digit):
        change = PressContact.objects.filter(name="").update
        return len(queries(visitor, PRESS["fr"] + query, lambda: change(phone=f"+4122717911{digit}")))

    add(1)
    few = query_count(1)
    add(9)
    assert few > 2
    assert query_count(2) == few


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name, model, _key in PAGES if model is NewsArticle] + ["home"])
def test_every_article_and_every_foot_lead_to_it(visitor, name, language):
    shown = soup(visitor, page(name, language).url)
    assert shown.select_one(f"footer a[href='{PRESS[language]}']")
    if name != "home":
        assert shown.select_one(f"main .contact-box a[href='{PRESS[language]}']")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_every_country_names_someone_and_leads_to_it(visitor, language):
    listing = soup(visitor, DIRECTORY[language])
    addresses = {link["href"] for link in listing.select(f"main a[href^='{DIRECTORY[language]}']")}
    assert len(addresses) > 20
    for address in addresses:
        box = soup(visitor, address).select_one(".contact-box")
        assert box.select_one(".contact-way"), address
        assert box.select_one(f"a[href='{PRESS[language]}']"), address


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_is_none_nothing_leads_to_it(visitor, language):
    for one in PressContactsPage.objects.all():
        one.delete()
    html = visitor.get(page("article", language).url).content.decode()
    assert PRESS[language] not in html
    assert BeautifulSoup(html, "html5lib").select_one(".contact-box .contact-way")


def test_there_is_one_for_each_language():
    home = Page.objects.get(url_path="/fr/").specific
    assert not PressContactsPage.can_create_at(home)
    PressContactsPage.objects.get(locale__language_code="fr").delete()
    assert PressContactsPage.can_create_at(Page.objects.get(pk=home.pk).specific)


def test_it_is_in_the_menu_and_in_the_foot_once(visitor):
    assert Entry.objects.filter(url_path=PRESS["fr"], in_menus=True, in_footer=True).exists()
    home = soup(visitor, "/fr/")
    assert len(home.select(f".menu a[href='{PRESS['fr']}']")) == 1
    assert [link.text for link in home.select(f"footer a[href='{PRESS['fr']}']")] == [
        "Contacts presse",
        "Tous les contacts presse",
    ]
