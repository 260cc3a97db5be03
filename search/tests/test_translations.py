"""Queries in one language that match only the translation of a page."""

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from iom.navigation.locales import locale_of
from iom.tests.factories import ArticleFactory
from iom.translation.tests import desk
from newsroom.models import NewsArticle
from search import engine
from search.fulltext import translated_hits

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts():
    original = ArticleFactory(title="Le caravansérail", body=desk.body("Un."))
    _state, translation = desk.translated(
        original, NewsArticle(title="Roadside inn", summary="Summary.", body=desk.body("One."))
    )
    return {"fr": original, "en": NewsArticle.objects.get(pk=translation.pk)}


@pytest.mark.parametrize(("language", "other", "text"), [("en", "fr", "caravansérail"), ("fr", "en", "roadside inn")])
def test_a_page_is_found_by_the_words_of_its_translation(visitor, texts, language, other, text):
    results = engine.search(language, text)
    assert (results.matched_language, [result.url for result in results]) == (other, [texts[language].url])
    assert list(engine.search(language, text, {"country": ["HT"]})) == []
    shown = visitor.get({"fr": "/fr/recherche/", "en": "/en/search/"}[language], {"q": text}).content.decode()
    named = {"fr": "Pages qui le disent en anglais\xa0:", "en": "Pages that say it in French:"}
    assert named[language] in shown
    assert texts[language].title in shown


def test_translations_are_searched_only_without_a_match_in_the_own_language(texts):
    written = ArticleFactory(title="A caravansérail", language="en")
    results = engine.search("en", "caravansérail")
    assert (results.matched_language, [hit.page for hit in results.hits]) == ("", [written.pk])


def test_the_page_of_a_country_has_that_of_the_same_country_for_a_translation():
    (hit,) = (hit for hit in engine.search("fr", "Tchad").hits if hit.country == "TD")
    (other,) = translated_hits([hit], locale_of("en").pk)
    assert (other.country, other.page != hit.page) == ("TD", True)


@pytest.mark.parametrize("hidden", ["fr", "en"])
@pytest.mark.parametrize("variant", ["unpublished", "private", "private without a signal", "expired"])
def test_neither_text_is_found_where_visitors_may_not_read_one(texts, hidden, variant):
    page = texts[hidden]
    if variant == "unpublished":
        page.unpublish()
    elif variant == "private":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    elif variant == "expired":
        NewsArticle.objects.filter(pk=page.pk).update(expire_at=timezone.now())
    else:
        restriction = PageViewRestriction(page=page, restriction_type=PageViewRestriction.LOGIN)
        PageViewRestriction.objects.bulk_create([restriction])
    assert len(engine.search("en", "caravansérail")) == 0
