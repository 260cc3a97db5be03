"""An article without a lead picture shows a map of its countries instead."""

import pytest
from bs4 import BeautifulSoup

from iom.listing.reading import latest, shown
from iom.listing.writing import refresh
from iom.maps.views import locator_url
from iom.media.models import SiteImage
from iom.navigation.tests.pairs import at
from iom.tests.factories import ArticleFactory
from newsroom.models import ArticleCountry


@pytest.fixture
def about(db):
    """Makes an article about countries: `about("HT", "CU")`."""

    def about(*codes, **fields):
        article = ArticleFactory(**fields)
        for code in codes:
            ArticleCountry.objects.create(article=article, country=code)
        refresh([article.pk])
        return article

    return about


def soup(visitor, address):
    return BeautifulSoup(visitor.get(address).content, "html5lib")


def pictured(**fields):
    return {"lead_picture": SiteImage.objects.first(), "picture_alt": "Photo"} | fields


def test_an_article_without_a_picture_shows_where_its_countries_lie(visitor, about):
    (map_,) = soup(visitor, about("HT", "CU").url).select(".article-map")

    assert map_.img["src"] == locator_url(["HT", "CU"])
    assert "Haïti" in map_.img["alt"]
    assert map_.img["loading"] == "lazy"  # the text does not wait for it
    assert "Natural Earth" in map_.figcaption.text


def test_an_article_with_a_picture_or_without_countries_shows_no_map(visitor, about):
    for article in (about("HT", **pictured()), about()):
        assert not soup(visitor, article.url).select(".article-map, .article > .locator")


def test_a_card_shows_the_map_in_stead_of_a_picture_and_says_nothing_twice(visitor, about):
    about("HT")
    about("JO", **pictured())
    maps = soup(visitor, "/fr/").select(".latest .card-picture img.locator, .lead-picture img.locator")

    assert locator_url(["HT"]) in [picture["src"] for picture in maps]
    assert locator_url(["JO"]) not in [picture["src"] for picture in maps]
    assert {picture["alt"] for picture in maps} == {""}


def test_the_lead_story_shows_the_map_and_its_text_does_not_wait_for_it(visitor, about):
    lead = about("HT")
    home = at("/fr/")
    home.lead_story = lead
    home.save()

    picture = soup(visitor, "/fr/").select_one(".lead-picture img")
    assert picture["src"] == locator_url(["HT"])
    assert picture["loading"] == "lazy"


def test_related_articles_have_pictures_and_maps_that_wait_until_they_are_seen(visitor, about):
    article = about("HT")
    about("HT", "CU")
    about("HT", **pictured())
    cards = soup(visitor, article.url).select(".cards .card-picture")

    assert len(cards) >= 2
    assert [card.img["src"] for card in cards if card.select("img.locator")] == [locator_url(["HT", "CU"])]
    assert {image["loading"] for card in cards for image in card.select("img")} == {"lazy"}


def test_the_countries_of_a_list_come_with_its_articles(about, visiting, django_assert_num_queries):
    for codes in ([], ["HT"], ["CU"], ["JO", "KE"]):
        about(*codes)
    locale = at("/fr/").locale

    with visiting():
        shown()
        with django_assert_num_queries(1):
            listed = latest(locale, "type", ["newsarticle"], 4)
        assert [set(article.country_codes) for article in listed] == [{"JO", "KE"}, {"CU"}, {"HT"}, set()]


def test_a_preview_shows_the_countries_that_are_not_saved_yet(about, rf):
    article = about("HT")
    article.countries = [ArticleCountry(country="CU")]

    assert article.get_context(rf.get(article.url))["codes"] == ["CU"]
