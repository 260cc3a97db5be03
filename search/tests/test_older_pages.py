"""Pages of the site are found although most news are newer."""

import pytest

from iom.navigation.tests.pairs import at
from iom.tests.factories import ArticleFactory
from search import engine, suggesting


@pytest.fixture
def partnerships(db):
    """The page about partnerships, and newer articles with the word in their titles."""
    for number in range(7):
        ArticleFactory(title=f"Partenariats {number}", summary="Des partenariats.")
    return at("/fr/notre-travail/partenariats/")


def test_a_page_is_compared_with_newer_news(partnerships, monkeypatch):
    monkeypatch.setattr(engine, "MAX_SCORED", 2)
    assert engine.search("fr", "partenariats").read(slice(1))[0].entry.pk == partnerships.pk


def test_a_page_is_proposed_before_newer_news(partnerships, monkeypatch):
    monkeypatch.setattr(suggesting, "MAX_SUGGESTIONS", 2)
    monkeypatch.setattr(suggesting, "MAX_TOPICS", 0)
    found = suggesting.suggestions(partnerships.locale, "partenaria")
    assert found[0].url == partnerships.url
    assert len(found) == 2


def test_the_page_of_a_country_is_compared_with_newer_news(db, monkeypatch):
    for number in range(5):
        ArticleFactory(title=f"Colombie {number}", summary="En Colombie.")
    monkeypatch.setattr(engine, "MAX_SCORED", 2)
    monkeypatch.setattr(engine, "MAX_RESULTS", 4)
    assert engine.search("fr", "Colombie").hits[0].country == "CO"
