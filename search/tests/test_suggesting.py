"""Suggestions while someone types."""

from datetime import timedelta

import pytest

from iom.tests.factories import ArticleFactory, TopicFactory
from newsroom.models import ArticleTopic

pytestmark = pytest.mark.django_db


def test_suggestions_are_topics_and_pages_that_begin_so(visitor):
    found = visitor.get("/fr/recherche/suggestions", {"q": "migr"}).json()["suggestions"]
    assert 0 < len(found) <= 8
    assert all(one["url"].startswith("/fr/") for one in found)
    assert any("?topic=" in one["url"] for one in found)
    assert (
        visitor.get("/en/search/suggestions", {"q": "where we w"}).json()["suggestions"][0]["url"]
        == "/en/where-we-work/"
    )


@pytest.mark.parametrize("text", ["", "m", "\0", "%", '"', "x" * 5000, "' OR 1=1 --"])
def test_only_words_have_suggestions(visitor, text):
    assert visitor.get("/fr/recherche/suggestions", {"q": text}).json()["suggestions"] == []


def test_the_number_of_suggestions_is_in_the_language_of_the_address(visitor):
    for address, none, many in (
        ("/fr/recherche/suggestions", "0 suggestion", " suggestions"),
        ("/en/search/suggestions", "0 suggestions", " suggestions"),
    ):
        assert visitor.get(address, {"q": "qwertzui"}).json()["said"] == none
        found = visitor.get(address, {"q": "mi"}).json()
        assert found["said"] == f"{len(found['suggestions'])}{many}"
        assert len(found["suggestions"]) > 1


@pytest.mark.parametrize("address", ["/fr/recherche/suggestions", "/en/search/suggestions"])
def test_accents_without_letters_are_ignored(visitor, address):
    with_accents, alone = (visitor.get(address, {"q": text}).json() for text in ("contact ﾞﾞ", "contact"))
    assert with_accents == alone
    assert alone["suggestions"]


def test_topics_leave_room_for_pages(visitor):
    topics = [TopicFactory(fr=f"Caravansérail {number}") for number in range(9)]
    article = ArticleFactory(title="Un caravansérail")
    article.topics = [ArticleTopic(topic=topic) for topic in topics]
    article.save()
    for number in range(9):
        ArticleFactory(title=f"Caravansérail {number}", date=article.date - timedelta(days=1))
    found = [one["url"] for one in visitor.get("/fr/recherche/suggestions", {"q": "caravans"}).json()["suggestions"]]
    assert len([url for url in found if "?topic=" in url]) == 3
    assert article.url in found
    assert len(found) == 8
