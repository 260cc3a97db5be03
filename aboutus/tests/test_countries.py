"""The listed countries, and the page that lists them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from aboutus.countries import listed_countries
from aboutus.models import WorkPage
from aboutus.tests.country_pages import DIRECTORY, about, known, soup
from iom.contacts.models import Office
from iom.core.models import slug_of
from iom.countries import all_names
from iom.listing.hidden import private_entries
from iom.listing.writing import refresh
from iom.maps.places import places
from iom.navigation.tests.pairs import at, restrict, translate
from iom.tests import sitemap
from iom.tests.addresses import COUNTRY, LANGUAGES, NEWS_ALONE
from iom.tests.factories import ArticleFactory, OfficeFactory
from iom.tests.test_queries import add_articles, queries
from newsroom.models import ArticleCountry, NewsArticle

# --- Which countries there are ---------------------------------------------------------------------------------------


def test_a_country_with_an_office_or_with_news_has_a_page_and_no_other(visitor):
    for code in ("CH", "HT", "CA"):
        assert code in known("fr")
    assert "JP" not in known("fr")
    for address in ("japon/", "xx/", "haiti/x/", "united-states-of-america/", "HAITI/", "%00/"):
        assert visitor.get(DIRECTORY["fr"] + address).status_code == 404, address


def test_an_office_alone_makes_its_country_known_in_every_language(visitor):
    OfficeFactory(country="JP")

    assert soup(visitor, f"{DIRECTORY['fr']}japon/").h1.text == "Japon"
    assert soup(visitor, f"{DIRECTORY['en']}japan/").h1.text == "Japan"


def test_news_make_a_country_known_in_their_language_alone(visitor):
    about("JP")

    assert visitor.get(f"{DIRECTORY['fr']}japon/").status_code == 200
    assert visitor.get(f"{DIRECTORY['en']}japan/").status_code == 404


def hidden_news():
    """Articles about Japan that no visitor may know of."""
    about("JP", live=False)
    about("JP", expire_at=timezone.now() - timedelta(minutes=1))
    restrict(about("JP"))
    PageViewRestriction.objects.bulk_create([PageViewRestriction(page=about("JP"), restriction_type="login")])
    alias = about("JP")
    NewsArticle.objects.filter(pk=alias.pk).update(alias_of=ArticleFactory().pk)
    refresh([alias.pk])


def test_news_that_no_visitor_may_know_of_make_no_country_known(visitor):
    hidden_news()

    assert "JP" not in known("fr")
    assert visitor.get(f"{DIRECTORY['fr']}japon/").status_code == 404
    assert "Japon" not in visitor.get(DIRECTORY["fr"]).content.decode()
    assert "japon" not in sitemap.text(visitor)


def test_news_that_no_visitor_may_know_of_are_not_counted_nor_shown(visitor):
    about("JP", title="Connu")
    about("JP", language="en", expire_at=timezone.now() - timedelta(minutes=1))
    hidden_news()

    assert known("fr")["JP"].count == 1
    rows = soup(visitor, f"{DIRECTORY['fr']}japon/").select(".row-title")
    assert [row.text.strip() for row in rows] == ["Connu"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_countries_have_the_same_address(language):
    slugs = [slug_of(short) for short, _official in all_names(language).values()]

    assert len(slugs) == len(set(slugs))
    assert all(slugs)


def test_countries_are_in_the_order_in_which_a_reader_looks_for_them(db):
    names = [place.name for place in known("fr").values()]

    assert names.index("Canada") < names.index("Égypte") < names.index("Fidji")


# --- The page that lists them ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_directory_lists_every_country_with_its_address_and_its_news(visitor, language):
    page = soup(visitor, DIRECTORY[language])
    listed = {link["href"]: (link.text, link.find_next("span").text) for link in page.select(".map-regions a")}

    for place in known(language).values():
        name, news = listed.pop(f"{DIRECTORY[language]}{place.slug}/")
        assert name == place.name
        assert news.split()[0] == str(place.count) if place.count else not any(map(str.isdigit, news))
    assert not listed


def test_a_page_that_does_not_list_countries_has_neither_map_nor_countries(visitor):
    assert not soup(visitor, "/fr/notre-travail/").select(".map")
    assert visitor.get("/fr/notre-travail/haiti/").status_code == 404


def test_a_directory_whose_text_has_a_map_gets_no_second_one(visitor):
    page = at(DIRECTORY["fr"])
    page.body = [*page.body.get_prep_value(), {"type": "map", "value": {"title": "Carte", "region": ""}, "id": "m"}]
    page.save()

    (title,) = soup(visitor, DIRECTORY["fr"]).select(".map h2")
    assert title.text == "Carte"


def test_only_one_page_lists_the_countries(db):
    page = at("/fr/notre-travail/")
    page.lists_countries = True

    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert set(refusal.value.error_dict) == {"lists_countries"}
    at(DIRECTORY["en"]).full_clean()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_above_one_with_the_address_of_a_country_lists_none(db, language):
    """In whichever language: the two would have one address."""
    WorkPage.objects.update(lists_countries=False)
    page, above = at("/fr/notre-travail/"), at({"fr": "/fr/notre-travail/", "en": "/en/our-work/"}[language])
    above.add_child(instance=WorkPage(title="Haïti", slug="haiti", locale=above.locale))
    page.lists_countries = True

    with pytest.raises(ValidationError, match="haiti"):
        page.full_clean()


@pytest.mark.parametrize("which", LANGUAGES)
def test_a_private_directory_serves_nothing_below_it_and_tells_no_map_of_it(visitor, which):
    restrict(at(DIRECTORY[which]))

    for language in LANGUAGES:
        response = visitor.get(COUNTRY[language])
        assert response.status_code == 302, language
        assert places(language) == []
    assert "haiti/" not in sitemap.text(visitor)


@pytest.mark.parametrize(
    "change", [{"live": False}, {"expire_at": timezone.now() - timedelta(minutes=1)}, {"lists_countries": False}]
)
def test_a_directory_that_is_not_shown_serves_nothing_below_it(visitor, change):
    WorkPage.objects.filter(pk=at(DIRECTORY["fr"]).pk).update(**change)

    assert visitor.get(COUNTRY["fr"]).status_code == 404
    assert places("fr") == []
    assert COUNTRY["fr"] not in sitemap.text(visitor)


# --- How much it asks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [DIRECTORY["fr"], COUNTRY["en"], NEWS_ALONE["fr"]])
def test_more_articles_and_offices_cost_no_more_queries(visitor, address):
    few = queries(visitor, address)
    for language in LANGUAGES:
        add_articles(15, language)
    for article in NewsArticle.objects.filter(title__startswith="Article"):
        ArticleCountry.objects.bulk_create(ArticleCountry(article=article, country=code) for code in ("HT", "CA"))
        refresh([article.pk])
    for code in ("JP", "KR", "HT", "HT"):
        OfficeFactory(country=code, parent=Office.objects.get(names__language="en", names__city="Bangkok"))
    many = queries(visitor, address)

    assert len(many) == len(few) <= 14, "\n\n".join(many)


def test_the_countries_of_a_language_take_one_query(visiting, django_assert_num_queries):
    locale = Locale.objects.get(language_code="fr")
    OfficeFactory(country="JP")  # a new content version

    with visiting():
        private_entries()  # all lists need it
        with django_assert_num_queries(1):
            assert listed_countries(locale)


def test_a_translation_of_an_article_is_counted_in_its_own_language(db):
    article = about("JP")
    translate(article)

    assert known("fr")["JP"].count == known("en")["JP"].count == 1
