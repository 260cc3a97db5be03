"""The links below a list of the newsroom without results."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from iom.tests.addresses import NEWS
from iom.tests.test_queries import BUDGETS, queries
from newsroom.models import NewsIndex
from newsroom.tests.test_article import article
from search import engine


def ways_on(visitor, address):
    """Returns the links below an empty list, by their words."""
    listed = BeautifulSoup(visitor.get(address).content, "html.parser").select(".ways-on a")
    return {" ".join(link.text.split()): link["href"] for link in listed}


@pytest.mark.parametrize(
    ("language", "one", "two", "country", "everything"),
    [
        ("fr", "Sans le filtre Kiribati : 2 résultats", "Sans le filtre 1999 : 1 résultat", "Page sur Kiribati", "Toutes les actualités"),
        ("en", "Without the filter Kiribati: 2 results", "Without the filter 1999: 1 result", "Page about Kiribati", "All news"),
    ],
)  # fmt: skip
def test_an_empty_list_leads_to_the_lists_without_one_of_its_filters(visitor, language, one, two, country, everything):
    for day in (1, 2):
        article(["JO"], language=language, date=datetime(1999, 1, day, tzinfo=UTC))
    article(["KI"], language=language, date=datetime(1998, 1, 1, tzinfo=UTC))
    news, query = NEWS[language], "country=KI&year=1999"
    found = ways_on(visitor, f"{news}?{query}&page=1")
    assert list(found) == [one, two, country, everything]
    assert (found[one], found[two], found[everything]) == (f"{news}?year=1999", f"{news}?country=KI", news)
    assert visitor.get(found[country]).status_code == 200

    # What finds nothing either is not offered, nor is the page of a country that has none.
    search = {"fr": "Chercher « zzzz » dans tout le site", "en": "Search the whole site for “zzzz”"}[language]
    assert list(ways_on(visitor, f"{news}?{query}&q=zzzz")) == [country, search, everything]
    assert list(ways_on(visitor, f"{news}?country=NU")) == [everything]
    assert ways_on(visitor, f"{news}?country=KI") == {}


def test_the_ways_on_from_an_empty_list_need_no_more_queries_than_a_list(visitor):
    article(["KI"], date=datetime(1998, 1, 1, tzinfo=UTC))
    article(["JO"], date=datetime(1999, 1, 1, tzinfo=UTC))
    address = f"{NEWS['fr']}?country=KI&year=1999"
    assert len(ways_on(visitor, address)) == 4
    assert len(queries(visitor, address)) <= BUDGETS[NewsIndex]


def test_words_that_find_nothing_in_a_list_count_again_without_a_filter(visitor):
    article(["JO"], title="Zirconium", date=datetime(1999, 1, 1, tzinfo=UTC))
    article(["KI"], date=datetime(1999, 1, 1, tzinfo=UTC))
    found = ways_on(visitor, f"{NEWS['fr']}?country=KI&q=zirconium")
    assert list(found)[:2] == ["Sans le filtre Kiribati : 1 résultat", "Sans le filtre « zirconium » : 1 résultat"]


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("fr", "Sans le filtre Kiribati", "Sans le filtre 1999"),
        ("en", "Without the filter Kiribati", "Without the filter 1999"),
    ],
)
def test_words_of_more_articles_than_are_compared_lead_on_without_numbers(visitor, monkeypatch, language, one, two):
    monkeypatch.setattr(engine, "MAX_MATCHES", 2)
    for country, year in (("JO", 1999), ("KI", 1998), ("FJ", 2001), ("FJ", 2002), ("FJ", 2003)):
        article([country], language=language, title="Zirconium", date=datetime(year, 1, 1, tzinfo=UTC))
    query = "country=KI&year=1999&q=zirconium"
    found = ways_on(visitor, f"{NEWS[language]}?{query}")
    assert list(found)[:2] == [one, two]
    assert found[two] == f"{NEWS[language]}?country=KI&q=zirconium"
    several = ways_on(visitor, f"{NEWS[language]}?{query}&country=NU")
    assert next(iter(several)) == two  # another country remains without the first
