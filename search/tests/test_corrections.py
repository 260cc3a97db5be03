"""What is searched for in the place of a misspelt word."""

import pytest

from iom.tests.factories import ArticleFactory
from search import engine

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "meant"), [("migraton", "migration"), ("river prot", "river port"), ("trafiking", "trafficking")]
)
def test_for_a_misspelt_word_that_no_page_has_the_nearest_is_searched(text, meant):
    results = engine.search("en", text)
    assert results.corrected == meant
    assert results.hits == engine.search("en", meant).hits != []


def test_a_correction_is_taken_although_another_word_is_in_no_page():
    results = engine.search("en", "acessibility qwertzuiop")
    assert results.corrected == "accessibility qwertzuiop"
    assert [term.typed for term in results.missing] == ["qwertzuiop"]


def test_a_misspelt_word_is_corrected_by_its_stem():
    ArticleFactory(title="Rien", summary="Les repas crépusculaires.")
    assert engine.search("fr", "crrépusculaire").corrected == "crépusculaires"


def test_nothing_is_corrected_that_pages_have():
    ArticleFactory(title="Caravansérial")
    assert not engine.search("fr", "caravansérial").corrected
