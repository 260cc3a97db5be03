"""The translation tree: a page, its ancestors, and all their translations."""

import pytest

from iom.navigation.tests.pairs import at, pair, restrict, translate
from iom.navigation.translation_tree import TranslationTree
from iom.tests.factories import ArticleFactory
from newsroom.models import NewsArticle


def urls(members):
    return [member.url for member in members]


def test_breadcrumbs_lead_from_the_home_page_to_the_page_above(db):
    tree = TranslationTree(at("/en/who-we-are/structure/director-general/"))

    assert urls(tree.ancestors) == ["/en/", "/en/who-we-are/", "/en/who-we-are/structure/"]
    assert tree.ancestors[1].title == "Who we are"


def test_the_home_page_has_none_above_it(db):
    assert TranslationTree(at("/fr/")).ancestors == []


def test_breadcrumbs_leave_out_a_page_that_a_visitor_may_not_see(db):
    at("/en/who-we-are/structure/").unpublish()

    assert urls(TranslationTree(at("/en/who-we-are/structure/director-general/")).ancestors) == [
        "/en/",
        "/en/who-we-are/",
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_original_comes_first_whatever_its_language(db, language):
    original, translation = pair(language)

    for page in (original, translation):
        assert urls(TranslationTree(page).translations) == [original.url, translation.url]


def test_the_nearest_page_in_a_language_is_its_translation(db):
    original, translation = pair()

    assert TranslationTree(original).nearest_page("en").pk == translation.pk
    assert TranslationTree(original).nearest_page("fr").pk == original.pk


def test_without_a_translation_the_nearest_is_that_of_the_page_above(db):
    assert TranslationTree(ArticleFactory()).nearest_page("en").url == "/en/news/"


@pytest.mark.parametrize("state", ["draft", "private section", "draft section"])
def test_the_nearest_page_is_one_that_a_visitor_may_see(db, state):
    article = ArticleFactory() if state == "draft" else pair()[0]
    if state == "draft":
        translate(article, live=False)
    elif state == "private section":
        restrict(at("/en/news/"))
    else:
        at("/en/news/").unpublish()
        article.get_translation(at("/en/").locale).unpublish()
    article = NewsArticle.objects.get(pk=article.pk)

    assert TranslationTree(article).nearest_page("en").url == ("/en/news/" if state == "draft" else "/en/")


def test_there_is_no_nearest_page_where_a_language_has_none_that_may_be_seen(db):
    restrict(at("/en/"))

    assert TranslationTree(ArticleFactory()).nearest_page("en") is None
    assert TranslationTree(ArticleFactory()).nearest_page("de") is None


@pytest.mark.parametrize(
    ("address", "queries"), [("/fr/", 0), ("/en/who-we-are/structure/director-general/", 0), ("an article", 1)]
)
def test_one_query_tells_the_translations_of_an_article_and_the_rest_is_kept(
    visiting, django_assert_num_queries, address, queries
):
    page = ArticleFactory() if address == "an article" else at(address)

    with visiting():
        TranslationTree(page)
        with django_assert_num_queries(queries):
            tree = TranslationTree(page)
            assert tree.ancestors is not None
            assert tree.translations
            assert tree.ancestor_paths
            assert tree.nearest_page("fr")


@pytest.mark.parametrize("address", ["/fr/", "/en/who-we-are/structure/director-general/"])
def test_outside_of_a_visit_three_queries_tell_it(db, django_assert_num_queries, address):
    page = at(address)
    TranslationTree(page)  # Django keeps the types of pages

    with django_assert_num_queries(2):  # restrictions, sections
        tree = TranslationTree(page)
        assert tree.ancestors is not None
        assert tree.translations
        assert tree.ancestor_paths
        assert tree.nearest_page("fr")


def test_a_page_keeps_its_translation_tree_for_the_time_of_a_request(db, django_assert_num_queries):
    page = at("/fr/actualites/")
    assert page.translation_tree

    with django_assert_num_queries(0):
        assert page.translation_tree.translations
