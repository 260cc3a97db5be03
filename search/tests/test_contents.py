"""Which content of a page is searched, and what counts as a heading."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, get_page_models

from iom.contacts.models import Office
from iom.core.blocks import find_headings
from iom.tests.factories import ArticleFactory
from newsroom.models import NewsArticle
from search import engine

pytestmark = pytest.mark.django_db


def found(text, language="fr"):
    return [result.url for result in engine.search(language, text)]


def test_a_page_is_found_by_its_description_for_search_engines():
    article = ArticleFactory(search_description="Comment le caravansérail a rouvert.")
    assert found("caravansérail") == [article.url]


@pytest.mark.parametrize("model", [one for one in get_page_models() if one is not Page], ids=lambda one: one.__name__)
def test_a_page_of_every_type_is_found_by_its_keywords(model):
    french = Page.objects.get(slug="fr", depth=2).path
    page = (
        ArticleFactory() if model is NewsArticle else model.objects.filter(live=True, path__startswith=french).first()
    )
    page.keywords = "auberge, caravansérail, baobab géant"
    page.save_revision().publish()
    for text in ("caravansérail", "Caravanserails", "baobab géant", "auberge caravansérail", '"baobab géant"'):
        assert found(text)[:1] == [page.url]
    without_phrase = engine.search("fr", '"caravansérail baobab"').corrected
    assert without_phrase == "caravansérail baobab", "two keywords are no phrase"


def test_the_text_of_a_page_counts_more_than_its_keywords():
    date = timezone.now()
    in_text = ArticleFactory(title="Le caravansérail", date=date - timedelta(days=900))
    named = ArticleFactory(keywords="caravansérail", date=date)
    assert found("caravansérail") == [in_text.url, named.url]


def test_bold_beginnings_of_paragraphs_and_list_items_count_as_headings():
    body = [
        ("paragraph", "<p><b>Stages.</b> Pour étudiants.</p><p>Le <b>siège</b> est à Genève.</p>"),
        ("paragraph", "<ul><li><b>Consultants.</b> Une mission.</li><li>Achats</li><li>Il pleut.</li></ul>"),
        ("callout", {"title": "Qui décide", "text": "<p>Le Conseil</p>"}),
        ("heading", "Trois domaines"),
    ]
    article = ArticleFactory(body=body)
    assert find_headings(article.body) == ["Stages.", "Consultants.", "Achats", "Qui décide", "Trois domaines"]


def test_a_page_that_names_a_thing_comes_before_one_that_mentions_it():
    date = timezone.now()
    named = ArticleFactory(
        date=date - timedelta(days=90), body=[("paragraph", "<ul><li>Chaîne du caravansérail</li></ul>")]
    )
    in_text = ArticleFactory(body=[("paragraph", "<p>La chaîne du caravansérail est longue.</p>")], date=date)
    assert found("chaîne du caravansérail")[:2] == [named.url, in_text.url]


def test_an_office_is_found_by_its_city_in_another_language():
    assert found("Beirut")[0] == "/fr/ou-travaillons-nous/liban/"
    assert found("Beyrouth", "en")[0] == "/en/where-we-work/lebanon/"


def test_the_name_of_an_office_in_another_language_is_no_name_of_it():
    """Otherwise the French word for an office would find all offices."""
    office = Office.objects.get(country="LB")
    results = engine.search("en", office.names.get(language="fr").name.split()[0])
    assert results.matched_language or not results.hits


def test_a_misspelt_name_is_corrected_to_a_name_that_only_a_text_has():
    ArticleFactory(body=[("paragraph", "<p>Ils ont quitté Kazbeguistan à pied.</p>")])
    results = engine.search("fr", "kasbeguistan")
    assert results.corrected == "kazbeguistan"
    assert results.hits


def test_filler_words_do_not_hide_the_page_with_that_title():
    assert found("latest news", "en")[0] == "/en/news/"
    assert found("les dernières actualités")[0] == "/fr/actualites/"


def test_a_heading_with_stop_words_is_recognized():
    """Other pages contain the words of « État de la migration dans le monde » one by one."""
    assert found("état de la migration dans le monde")[0] == "/fr/donnees-et-recherche/"
