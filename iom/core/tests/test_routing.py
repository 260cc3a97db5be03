"""Finding the page of an address."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import Page

from aboutus.models import AboutPage
from iom.core.routing import resolve
from iom.navigation.tests.pairs import at, pair
from iom.tests.factories import ArticleFactory

LONGEST_SLUG = Page._meta.get_field("slug").max_length


@pytest.fixture
def ask(rf, db):
    def ask(address):
        language, path = address.strip("/").partition("/")[::2]
        with translation.override(language):
            return resolve(rf.get(address), path)

    return ask


@pytest.mark.parametrize("address", ["/fr/", "/en/", "/fr/actualites/", "/en/who-we-are/structure/director-general/"])
def test_an_address_leads_to_the_page_that_stands_there(ask, address):
    route = ask(address)

    assert route.page.url == address
    assert type(route.page) is type(at(address))


def test_a_page_is_found_below_another_of_the_same_slug(ask):
    parent = at("/fr/actualites/")
    article = ArticleFactory(slug="actualites", parent=parent)

    assert ask("/fr/actualites/actualites/").page.pk == article.pk
    assert ask("/fr/actualites/").page.pk == parent.pk


@pytest.mark.parametrize(
    "address",
    [
        "/fr/actualites/rien/",
        "/fr/actualites/rien/du/tout/",
        "/fr/rien/actualites/",
        "/fr/who-we-are/",
        "/en/actualites/",
        "/fr/en/news/",
        "/fr/fr/actualites/",
        "/fr/ACTUALITES/",
        "/fr/actualites/" + "x/" * 300,
    ],
)
def test_an_address_without_a_page_gives_none(ask, address):
    assert ask(address) is None


def test_a_french_page_is_not_shown_below_an_english_address_nor_the_reverse(ask):
    original, translated = pair()

    assert ask(f"/en/news/{original.slug}/") is None
    assert ask(f"/fr/actualites/{translated.slug}/") is None
    assert ask(translated.url).page.pk == translated.pk


def test_a_draft_is_not_found(ask):
    assert ask(ArticleFactory(live=False).url) is None


def test_an_expired_page_is_not_found_even_before_it_is_unpublished(ask):
    article = ArticleFactory(expire_at=timezone.now() - timedelta(seconds=1))

    assert article.live
    assert ask(article.url) is None


def test_a_page_that_will_expire_is_found(ask):
    article = ArticleFactory(expire_at=timezone.now() + timedelta(minutes=1))

    assert ask(article.url).page.pk == article.pk


def test_a_scheduled_page_is_not_found(ask):
    article = ArticleFactory(live=False)
    article.go_live_at = timezone.now() + timedelta(minutes=1)
    article.save_revision().publish()

    assert ask(article.url) is None


@pytest.mark.parametrize("address", ["/fr/", "/fr/actualites/", "/en/who-we-are/structure/director-general/"])
def test_a_cached_section_needs_no_query(ask, visiting, django_assert_num_queries, address):
    with visiting():
        ask(address)
        with django_assert_num_queries(0):
            assert ask(address).page.url == address


def test_one_query_finds_an_article_with_its_translations(ask, visiting, django_assert_num_queries):
    original, translated = pair()

    with visiting():
        ask("/en/news/")
        with django_assert_num_queries(1):
            page = ask(translated.url).page
            assert page.pk == translated.pk
            assert [text.pk for text in page.translation_tree.translations] == [original.pk, translated.pk]


def test_related_records_are_loaded_with_the_page(ask, django_assert_num_queries):
    article = ask("/en/news/canada-and-iom-complete-the-resettlement-of-25000-syrian-refugees/").page

    with django_assert_num_queries(0):
        assert article.locale.language_code == "en"
        assert article.lead_picture.credit


def test_the_path_does_not_override_the_language_of_the_request(rf, db):
    with translation.override("en"):
        assert resolve(rf.get("/en/actualites/"), "actualites/") is None


def test_an_alias_in_another_language_is_not_found(ask):
    original = ArticleFactory(live=False)
    alias = original.copy_for_translation(at("/en/").locale, alias=True)
    Page.objects.filter(pk__in=[original.pk, alias.pk]).update(live=True)

    assert ask(alias.url) is None
    assert ask(original.url).page.pk == original.pk


@pytest.mark.parametrize(
    "shape",
    [
        lambda length: "x/" * (length // 2),
        lambda length: "actualites/" + "x/" * (length // 2),
        lambda length: f"{'x' * length}/",
        lambda length: f"actualites/{'x' * length}/",
        lambda length: "".join(f"{'x' * (length // 20)}/" for _part in range(20)),
    ],
    ids=["many parts", "many parts below a page", "one part", "one part below a page", "long parts"],
)
def test_the_length_of_an_address_in_queries_is_bounded(ask, visiting, shape):
    def query_length(path):
        with visiting(), CaptureQueriesContext(connection) as captured:
            assert ask(f"/fr/{path}") is None
        return sum(len(query["sql"]) for query in captured.captured_queries)

    ask("/fr/x/")
    short = max(query_length("x/"), query_length("actualites/x/"))
    for length in (1_000, 2_000, 4_000, 8_000):
        assert query_length(shape(length)) <= short + 3 * LONGEST_SLUG


def test_the_deepest_page_that_the_tree_can_hold_is_found(ask):
    page = at("/fr/")
    while len(page.path) + Page.steplen <= Page._meta.get_field("path").max_length:
        page = page.add_child(instance=AboutPage(title="Profondeur", slug="profondeur", locale=page.locale))

    assert ask(page.url_path).page.pk == page.pk


def test_a_site_without_home_pages_has_no_route(ask):
    Page.objects.filter(depth=2).update(slug="elsewhere", url_path="/elsewhere/")

    assert ask("/fr/root/") is None


def test_only_types_that_a_section_allows_are_queried(ask):
    """For an article, no query is made for types that may not be below its section."""
    ask("/en/news/nothing/"), ask("/en/who-we-are/nothing/")
    for address, asked in (("/en/news/nothing/", True), ("/en/who-we-are/nothing/", False)):
        with CaptureQueriesContext(connection) as captured:
            assert ask(address) is None
        assert ("newsroom_newsarticle" in str(captured.captured_queries)) is asked, address
