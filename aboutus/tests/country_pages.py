"""Helpers for the tests of country pages."""

from bs4 import BeautifulSoup
from wagtail.models import Locale

from aboutus.countries import listed_countries
from iom.listing.writing import refresh
from iom.tests.factories import ArticleFactory
from newsroom.models import ArticleCountry

DIRECTORY = {"fr": "/fr/ou-travaillons-nous/", "en": "/en/where-we-work/"}
UNITED_STATES = {"fr": f"{DIRECTORY['fr']}etats-unis-d-amerique/", "en": f"{DIRECTORY['en']}united-states-of-america/"}


def soup(visitor, address):
    response = visitor.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html5lib")


def about(*codes, **fields):
    """An article about the countries."""
    article = ArticleFactory(**fields)
    for code in codes:
        ArticleCountry.objects.create(article=article, country=code)
    refresh([article.pk])
    return article


def known(language):
    return listed_countries(Locale.objects.get(language_code=language))
