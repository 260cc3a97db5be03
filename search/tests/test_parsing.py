"""What is meant by what is typed, without the database."""

import pytest

from search.names import Name
from search.parsing import MOST_WORDS, parse

KNOWN = [
    Name(("topic", "7"), "Retour volontaire et réintégration", "retour"),
    Name(("office", "3"), "OIM Égypte"),
]


def asked(text, language="fr"):
    return parse(text, language, KNOWN)


def ways(term):
    return {one for way in term.ways for one in way.tokens}


def test_a_name_of_several_words_is_one_term():
    (term,) = asked("retour volontaire et réintégration").terms
    assert "fr2topic07" in ways(term)


def test_the_name_of_a_country_finds_the_news_about_it_in_any_language_of_the_site():
    for text, language in (("Colombie", "fr"), ("colombia", "fr"), ("Colombie", "en"), ("Haitian", "en")):
        (term,) = asked(text, language).terms
        assert any("2country0" in one for one in ways(term)), text


def test_the_same_words_count_most():
    (term,) = asked("migrants").terms
    assert [way.weight for way in term.ways] == sorted((way.weight for way in term.ways), reverse=True)
    assert term.ways[0].tokens == ("fr0migr",)


def test_stop_words_do_not_count_unless_there_is_nothing_else():
    assert [term.typed for term in asked("où sont les réfugiés ?").terms] == ["réfugiés"]
    assert asked("qui sommes-nous").is_title


def test_quoted_words_follow_each_other():
    phrase, word = asked("« retour des réfugiés » Canada").terms
    assert phrase.phrase[0] == ("fr0retour", "fr0de", "fr0refugi") or len(phrase.phrase[0]) == 3
    assert word.typed == "canada"


@pytest.mark.parametrize("text", ["", "   ", '"', "!!!", '""', "« »", "🙂", "-", "'"])
def test_nothing_is_meant_by_signs(text):
    assert not asked(text).terms


def test_a_long_question_is_cut():
    text = " ".join(f"mot{number}x" for number in range(100))
    assert len(asked(text).terms) == MOST_WORDS
    assert len(asked(" ".join(f'"{text}"' for _n in range(20))).terms) <= 3 + MOST_WORDS
