"""Spelling correction of query words."""

import pytest

from iom.tests.factories import ArticleFactory
from search import engine

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "corrected"),
    [("migraton", "migration"), ("river prot", "river port"), ("trafiking", "trafficking"), ("contarct", "contract")],
)
def test_for_a_misspelt_word_that_no_page_has_the_nearest_is_searched(text, corrected):
    results = engine.search("en", text)
    assert results.corrected == corrected
    assert results.hits == engine.search("en", corrected).hits != []


@pytest.mark.parametrize(
    ("text", "corrected"), [("pawillon violet", "papillon violet"), ("pawillon beige", "pavillon beige")]
)
def test_of_near_words_the_one_is_taken_that_a_page_has_with_the_others(text, corrected):
    ArticleFactory(title="Un papillon violet")
    ArticleFactory(title="Un pavillon beige")
    assert engine.search("fr", text).corrected == corrected


@pytest.mark.parametrize(("text", "corrected"), [("Kambodia", "Cambodia"), ("esettlement", "resettlement")])
def test_a_word_with_another_first_letter_is_corrected(text, corrected):
    assert engine.search("en", text).corrected == corrected


def test_a_correction_is_taken_although_another_word_is_in_no_page():
    results = engine.search("en", "acessibility qwertzuiop")
    assert results.corrected == "accessibility qwertzuiop"
    assert [term.typed for term in results.missing] == ["qwertzuiop"]


def test_a_misspelt_word_is_corrected_by_its_stem():
    ArticleFactory(title="Rien", summary="Les repas crépusculaires.")
    assert engine.search("fr", "crrépusculaire").corrected == "crépusculaires"


def test_a_word_is_not_corrected_because_its_short_stem_is_similar():
    ArticleFactory(title="Rien", summary="Ils revenaient.")
    assert "revenaient" not in engine.search("fr", "pension de réversion").corrected


@pytest.mark.parametrize(
    ("text", "corrected"),
    [("seawalls", "sea walls"), ("screenreader help", "screen reader help"), ("pre2departure", "")],
)
def test_a_word_that_pages_have_as_two_is_found(text, corrected):
    assert engine.search("en", text).corrected == corrected


@pytest.mark.parametrize(
    ("language", "text", "corrected"),
    [
        ("en", "termsofuse", "terms of use"),
        ("en", "whoweare", "who we are"),
        ("en", "ourwork", "our work"),
        ("fr", "quisommesnous", "qui sommes nous"),
        ("fr", "alertealafraude", "alerte a la fraude"),
    ],
)
def test_words_without_spaces_are_found(language, text, corrected):
    results = engine.search(language, text)
    assert results.corrected == corrected
    assert results.hits == engine.search(language, corrected).hits != []


def test_known_words_without_spaces_are_not_parted_where_no_page_has_them_in_this_order():
    assert not engine.search("en", "usetermsof").corrected


def test_two_words_that_pages_have_as_one_are_found_beside_another_unknown_word():
    written = ArticleFactory(title="Le caravansérail", summary="Rien.")
    results = engine.search("fr", "caravan sérail qwertzuiop")
    assert results.corrected == "caravansérail qwertzuiop"
    assert results.hits[0].page == written.pk


def test_two_words_that_pages_have_as_one_are_found():
    written = ArticleFactory(title="Le caravansérail", summary="Rien.")
    results = engine.search("fr", "caravan sérail")
    assert results.corrected == "caravansérail"
    assert results.hits[0].page == written.pk


def test_words_that_pages_write_as_one_are_found_although_other_pages_have_each():
    written = ArticleFactory(title="Le caravansérail", summary="Rien.")
    for word in ("caravan", "sérail"):
        ArticleFactory(title=f"Un {word} tout bleu", summary="Rien.")
    results = engine.search("fr", "caravan sérail")
    assert results.hits[0].page == written.pk
    assert not results.partial
    assert not results.corrected


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_word_of_one_letter_is_not_joined_with_another(language):
    ArticleFactory(title="Gux", language=language)
    assert not engine.search(language, "g ux").corrected


def test_a_word_is_not_parted_where_the_two_do_not_follow_each_other():
    ArticleFactory(title="Un caravansérail tout bleu", summary="Rien.")
    assert "caravansérail" not in engine.search("fr", "caravansérailbleu").corrected


def test_a_misspelt_word_is_corrected_that_pages_have_in_the_plural():
    ArticleFactory(title="Rien", summary="Des travaux cryptauliques.")
    assert engine.search("fr", "cryptolique").corrected == "cryptauliques"


def test_a_short_word_of_a_text_is_proposed():
    ArticleFactory(title="Rien", body=[("paragraph", "<p>On y parle tovex.</p>")])
    assert engine.search("fr", "tovvex").corrected == "tovex"


def test_nothing_is_corrected_that_pages_have():
    ArticleFactory(title="Caravansérial")
    assert not engine.search("fr", "caravansérial").corrected


@pytest.mark.parametrize(("language", "text"), [("fr", "sﾞﾞﾞ"), ("en", "s\u0308\u0308\u0308"), ("fr", "nﾞﾟﾞﾟ")])
def test_missing_accents_are_no_spelling_errors(language, text):
    assert not engine.search(language, text).corrected


def test_an_unfinished_word_in_quotation_marks_is_completed_only_without_them():
    wanted = ArticleFactory(title="Caravansérails")
    results = engine.search("fr", "« caravansér »")
    assert [result.url for result in results] == [wanted.url]
    assert results.corrected == "caravansér"
