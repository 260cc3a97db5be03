"""Numbers, acronyms and dates are found in any notation."""

from datetime import UTC, datetime

import pytest

from iom.tests.factories import ArticleFactory
from search import engine
from search.parsing import parse

pytestmark = pytest.mark.django_db


def found(text, language):
    return [result.url for result in engine.search(language, text)]


@pytest.mark.parametrize(
    ("language", "written", "others"),
    [
        ("fr", "61\u202f300", ["61300", "61 300", "61\u00a0300", "61.300", "« 61 300 »"]),
        ("fr", "61300", ["61 300"]),
        ("fr", "Q.W.Z.", ["QWZ", "q.w.z.", "l’Q.W.Z"]),
        ("en", "61,300", ["61300", "61,300", "61 300", '"61,300"']),
        ("en", "61300", ["61,300"]),
        ("en", "QWZ", ["Q.W.Z.", "q.w.z", '"Q.W.Z."']),
    ],
)
def test_numbers_and_acronyms_are_found_with_and_without_their_marks(language, written, others):
    article = ArticleFactory(language=language, title="Rien", summary=f"On {written}.")
    for text in others:
        assert found(text, language) == [article.url], text


DAYS = {
    "fr": [
        "12 octobre 2009",
        "le 12 oct. 2009",
        "2009-10-12",
        "12/10/2009",
        "12.10.2009",
        "Communiqué du 12 octobre 2009",
    ],
    "en": ["12 October 2009", "Oct. 12th, 2009", "12th of October 2009", "2009-10-12", "12/10/2009"],
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_news_of_a_day_come_before_later_news_that_mention_it(language, monkeypatch):
    monkeypatch.setattr(engine, "MAX_SCORED", 2)
    month = {"fr": "octobre", "en": "October"}[language]
    moment = datetime(2009, 10, 11, 22, 30, tzinfo=UTC)  # after midnight in Geneva
    article = ArticleFactory(language=language, title="Rien", date=moment)
    later = [ArticleFactory(language=language, title=f"Rien {n}", summary=f"Le 12 {month} 2009.") for n in range(5)]
    for text in DAYS[language]:
        assert found(text, language)[0] == article.url, text
    assert {one.url for one in later} < set(found(DAYS[language][0], language))


def test_a_day_is_that_which_an_article_shows_now():
    article = ArticleFactory(title="Rien", date=datetime(2009, 3, 1, 12, tzinfo=UTC))
    assert found("1er mars 2009", "fr")[:1] == found("1 mars 2009", "fr")[:1] == [article.url]
    article.date = datetime(2009, 3, 2, 12, tzinfo=UTC)
    article.save_revision().publish()
    assert article.pk not in engine.matching_pages("fr", "1er mars 2009")
    assert found("2 mars 2009", "fr")[0] == article.url


@pytest.mark.parametrize(
    ("language", "text"), [("fr", "octobre"), ("fr", "12"), ("en", "October"), ("en", "12 October")]
)
def test_an_incomplete_date_is_searched_as_words(language, text):
    article = ArticleFactory(language=language, title="Rien", date=datetime(2009, 10, 12, 12, tzinfo=UTC))
    assert article.url not in found(text, language)


@pytest.mark.parametrize("text", ["31/02/2009", "0/10/2009", "12/13/2009", "12 oc 2009", "12 octobre 09", "2009-10"])
def test_a_day_that_does_not_exist_is_none(text):
    assert not parse(text, "fr", ()).days
