"""A link between pages leads to the page in the reader's language or is not shown."""

import pytest
from django.utils import translation
from wagtail.rich_text import expand_db_html

from iom.navigation.links import in_current_language
from iom.navigation.tests.pairs import at, pair, restrict, translate
from iom.tests.factories import ArticleFactory


@pytest.fixture(params=["fr", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


def test_a_link_leads_to_the_page_in_the_readers_language_whichever_of_the_pair_was_chosen(db, language):
    original, translated = pair(title="Titre")
    expected = original if language == "fr" else translated

    for chosen in (original, translated):
        link = in_current_language([chosen.pk])[chosen.pk]
        assert (link.title, link.url) == (expected.title, expected.url)


def test_links_stand_in_the_order_in_which_they_were_chosen(db):
    first, second = ArticleFactory(), ArticleFactory()

    with translation.override("fr"):
        assert list(in_current_language([second.pk, first.pk, second.pk])) == [second.pk, first.pk]


def hidden_page(state):
    original = ArticleFactory(live=state != "draft")
    if state == "private":
        restrict(original)
    elif state == "private translation":
        restrict(translate(original))
    elif state == "english only":
        original.unpublish()
        translate(original)
    return original


STATES = ["draft", "private", "private translation", "english only"]


@pytest.mark.parametrize("state", STATES)
def test_there_is_no_link_to_a_page_that_the_reader_may_not_see(db, state):
    page = hidden_page(state)

    with translation.override("fr"):
        assert in_current_language([page.pk, 999_999]) == {}


@pytest.mark.parametrize("state", STATES)
def test_in_running_text_such_a_link_is_words_only(db, state):
    page = hidden_page(state)

    with translation.override("fr"):
        html = expand_db_html(f'<p>Voir <a linktype="page" id="{page.pk}">la page</a>.</p>')

    assert html == "<p>Voir <a>la page</a>.</p>"


def test_in_running_text_a_link_leads_to_the_page_in_the_readers_language(db, language):
    original, translated = pair()
    url = (original if language == "fr" else translated).url

    html = expand_db_html(f'<p><a linktype="page" id="{original.pk}">x</a></p>')

    assert html == f'<p><a href="{url}">x</a></p>'


@pytest.mark.parametrize("pk", ["", "abc", "999999", "-1", "1 OR 1=1"])
def test_a_link_to_a_page_that_never_was_is_words_only(db, pk):
    assert expand_db_html(f'<a linktype="page" id="{pk}">x</a>') == "<a>x</a>"


def test_links_to_other_sites_are_left_alone(db):
    assert expand_db_html('<a href="https://www.un.org/">x</a>') == '<a href="https://www.un.org/">x</a>'


@pytest.mark.parametrize("number", [1, 6])
def test_all_links_of_a_text_cost_one_query(visiting, django_assert_num_queries, number):
    pages = [pair()[0] for _ in range(number)]
    html = "".join(f'<a linktype="page" id="{page.pk}">x</a>' for page in pages)

    with visiting(), translation.override("en"):
        expand_db_html(html)
        with django_assert_num_queries(1):
            assert expand_db_html(html).count("/en/news/") == number


def test_links_to_sections_cost_none(visiting, django_assert_num_queries):
    html = f'<a linktype="page" id="{at("/fr/notre-travail/").pk}">x</a>'

    with visiting(), translation.override("en"):
        expand_db_html(html)
        with django_assert_num_queries(0):
            assert expand_db_html(html) == '<a href="/en/our-work/">x</a>'


def test_without_links_the_database_is_not_asked(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert in_current_language([]) == {}


def test_the_links_of_the_demonstration_all_lead_somewhere_in_both_languages(db, language):
    from newsroom.models import NewsArticle

    article = NewsArticle.objects.get(url_path=at_every_block(language))
    html = "".join(expand_db_html(block.value.source) for block in article.body if block.block_type == "paragraph")

    assert f'href="/{language}/' in html
    assert "<a>" not in html


def at_every_block(language):
    return {
        "fr": "/fr/actualites/au-bord-du-chari-un-port-remis-en-etat-rapproche-les-villages-du-marche/",
        "en": "/en/news/on-the-chari-a-rebuilt-river-port-brings-villages-closer-to-market/",
    }[language]


def test_a_link_to_a_section_leads_there_in_english(db):
    with translation.override("en"):
        assert in_current_language([at("/fr/qui-sommes-nous/").pk]).popitem()[1].title == "Who we are"
