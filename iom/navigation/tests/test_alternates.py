"""The language switch and `hreflang`, which must agree."""

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.utils import translation

from iom.navigation import alternates
from iom.navigation.tests.pairs import at, pair, restrict, translate
from iom.navigation.translation_tree import TranslationTree
from iom.tests.factories import ArticleFactory, TopicFactory
from newsroom.models import ArticleTopic, NewsArticle

WATER = {"fr": "Eau", "en": "Water"}


@pytest.fixture
def switch(rf, db):
    """Returns the targets of the switch by language, for a request to the page's address with `tail` added."""

    def switch(page, tail=""):
        with translation.override(page.locale.language_code):
            found = alternates.for_page(TranslationTree(page), rf.get(page.url + tail))
        return {item.language: item for item in found}

    return switch


def test_the_switch_leads_to_the_same_page(switch):
    original, translated = pair()

    assert switch(original)["en"].url == translated.url
    assert switch(translated)["fr"].url == original.url
    assert switch(original)["en"].exact


def test_the_switch_names_each_language_in_itself_and_marks_the_one_being_read(switch):
    items = list(switch(at("/en/news/")).values())

    assert [(item.name, item.current) for item in items] == [("Français", False), ("English", True)]


def test_the_switch_keeps_the_filters(switch):
    assert switch(at("/fr/actualites/"), "?kind=story&country=EG&country=JO&q=été")["en"].url == (
        "/en/news/?kind=story&country=EG&country=JO&q=%C3%A9t%C3%A9"
    )


def test_the_switch_leads_to_the_first_page_of_a_list(switch):
    assert switch(at("/fr/actualites/"), "?kind=story&page=40")["en"].url == "/en/news/?kind=story"
    assert switch(at("/fr/actualites/"), "?page=40")["en"].url == "/en/news/"


def test_a_topic_has_another_address_in_each_language_and_what_is_unknown_stays(switch, db):
    water, work, alone = (TopicFactory(**names) for names in (WATER, {"fr": "Travail", "en": "Work"}, {"fr": "Seul"}))
    for text, topics in zip(pair(), ([water, work, alone], [water, work]), strict=True):
        text.topics = [ArticleTopic(topic=topic) for topic in topics]
        text.save()
    french, english = at("/fr/actualites/"), at("/en/news/")

    assert switch(french, "?topic=eau&kind=story&topic=travail&topic=rien&page=2")["en"].url == (
        "/en/news/?topic=water&topic=work&topic=rien&kind=story"
    )
    assert switch(french, "?topic=eau")["fr"].url == "/fr/actualites/?topic=eau"
    assert switch(english, "?topic=water")["fr"].url == "/fr/actualites/?topic=eau"
    assert switch(english, "?topic=eau")["fr"].url == "/fr/actualites/?topic=eau"
    without = switch(french, "?topic=eau&topic=seul")["en"]
    assert (without.url, without.exact) == ("/en/news/?missing=1", False)


def test_the_switch_does_not_tell_the_address_of_a_topic_that_visitors_may_not_know_of(switch, db):
    TopicFactory(**WATER)
    assert switch(at("/fr/actualites/"), "?topic=eau")["en"].url == "/en/news/?topic=eau"


def test_the_switch_keeps_the_sub_route(switch):
    assert switch(at("/fr/actualites/"), "rss/?kind=story")["en"].url == "/en/news/rss/?kind=story"


def test_without_a_translation_the_switch_leads_to_the_section_and_says_so(switch):
    item = switch(ArticleFactory(), "?kind=story")["en"]

    assert item.url == "/en/news/?missing=1"
    assert not item.exact


def test_the_notice_is_not_carried_on_by_the_next_switch(switch):
    assert switch(at("/en/news/"), "?missing=1")["fr"].url == "/fr/actualites/"
    assert switch(at("/en/news/"), "?missing=1&kind=story")["fr"].url == "/fr/actualites/?kind=story"


def test_a_language_without_any_page_to_lead_to_is_left_out(switch):
    restrict(at("/en/"))

    assert "en" not in switch(ArticleFactory())


def test_the_switch_never_leads_to_a_page_that_a_visitor_may_not_see(switch):
    original = ArticleFactory()
    translate(original, live=False)

    assert switch(original)["en"].url == "/en/news/?missing=1"


def hreflang(page):
    page = NewsArticle.objects.get(pk=page.pk) if isinstance(page, NewsArticle) else page
    return dict(alternates.hreflang(TranslationTree(page)))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_search_engines_are_told_of_both_languages_and_of_the_original(db, language):
    original, translated = pair(language)
    other = "en" if language == "fr" else "fr"

    for page in (original, translated):
        assert hreflang(page) == {language: original.url, other: translated.url, "x-default": original.url}


def test_the_default_of_the_home_pages_is_the_door_that_negotiates(db):
    assert hreflang(at("/en/")) == {"fr": "/fr/", "en": "/en/", "x-default": "/"}


def test_a_page_without_a_translation_is_told_of_alone(db):
    article = ArticleFactory()

    assert hreflang(article) == {"fr": article.url, "x-default": article.url}


def test_search_engines_are_told_of_no_draft(db):
    article = ArticleFactory()
    translate(article, live=False)

    assert hreflang(article) == {"fr": article.url, "x-default": article.url}


def test_where_the_original_was_taken_down_its_translation_is_the_default(db):
    original, translated = pair()
    original.unpublish()

    assert hreflang(translated) == {"en": translated.url, "x-default": translated.url}


@pytest.mark.parametrize("which", [0, 1])
def test_search_engines_are_told_nothing_of_a_private_page_nor_of_its_translation(db, which):
    both = pair()
    restrict(both[which])

    assert hreflang(both[0]) == hreflang(both[1]) == {}


def test_switch_and_search_engines_agree_on_every_page_of_the_demonstration(switch):
    for page in NewsArticle.objects.live().public().select_related("locale"):
        exact = {item.language: item.url for item in switch(page).values() if item.exact}
        told = {code: url for code, url in hreflang(page).items() if code != "x-default"}
        if told:
            assert exact == told, page.url


def tag(name, rf, address, language, **context):
    request = rf.get(address)
    context.setdefault("request", request)
    with translation.override(language):
        rendered = Template("{% load navigation %}{% " + name + " as found %}")
        whole = Context(context)
        rendered.render(whole)
        return whole["found"]


class Resolved:
    """A resolver match, as Django sets it on a request."""

    @staticmethod
    def request(rf, address):
        request: HttpRequest = rf.get(address)
        request.resolver_match = object()
        return request


def test_addresses_for_search_engines_are_absolute(rf, db):
    page = at("/fr/actualites/")

    assert ("en", "https://www.example.org/en/news/") in tag("hreflang", rf, page.url, "fr", page=page)


def test_the_switch_of_the_search_page_leads_to_the_first_results_of_the_same_search(rf, db):
    address = "/fr/recherche/?q=x&page=2"
    found = tag("language_alternates", rf, address, "fr", request=Resolved.request(rf, address))

    assert [item.url for item in found] == ["/fr/recherche/?q=x", "/en/search/?q=x"]


def test_the_search_page_is_told_of_without_its_words(rf, db):
    request = Resolved.request(rf, "/en/search/?q=x")

    assert dict(tag("hreflang", rf, "", "en", request=request)) == {
        "fr": "https://www.example.org/fr/recherche/",
        "en": "https://www.example.org/en/search/",
        "x-default": "https://www.example.org/fr/recherche/",
    }


def test_an_address_that_does_not_exist_offers_the_home_pages_and_tells_search_engines_nothing(rf, db):
    context = {"request": Resolved.request(rf, "/fr/rien/"), "is_error": True}

    assert [item.url for item in tag("language_alternates", rf, "", "fr", **context)] == ["/fr/", "/en/"]
    assert tag("hreflang", rf, "", "fr", **context) == []


@pytest.mark.parametrize(("address", "told"), [("/en/news/?missing=1", True), ("/en/news/?kind=story", False)])
def test_a_reader_who_was_led_to_another_page_sees_a_notice(rf, address, told):
    assert tag("untranslated_notice", rf, address, "en") is told
