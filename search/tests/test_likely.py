"""Suggestions on the page for an address that does not exist; for a page of search results, the search is kept."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from iom.demo.content import stable_uuid
from iom.navigation.tests.pairs import at, pair, restrict, translate
from iom.tests.factories import ArticleFactory
from newsroom.models import NewsArticle


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/fr/actualites/beyrouth-guichet-travailleuses/", "/fr/actualites/beyrouth-un-guichet"),
        ("/en/news/beirut-desk-for-workers/", "/en/news/beirut-an-information-desk"),
        ("/en/our-offices/canada-25000-refugees.html", "/en/news/canada-and-iom-complete"),
        ("/en/colombia-mobil-clinic", "/en/news/colombia-five-mobile-clinics"),
        ("/en/colombia/", "/en/where-we-work/colombia/"),
        ("/fr/haiti/", "/fr/ou-travaillons-nous/haiti/"),
        ("/fr/ou-travaillons-nous/colombia/", "/fr/ou-travaillons-nous/colombie/"),
        ("/en/laos", "/en/where-we-work/lao-people-s-democratic-republic/"),
        ("/en/contacts-presse/", "/en/press-contacts/"),
        ("/fr/who-we-are/", "/fr/qui-sommes-nous/"),
        ("/en/actualites/", "/en/news/"),
        # copied with what follows it in a text
        ("/en/who-we-are/)", "/en/who-we-are/"),
        ("/en/who-we-are/%20", "/en/who-we-are/"),
        ("/fr/qui-sommes-nous/%C2%A0%C2%BB.", "/fr/qui-sommes-nous/"),
    ],
)
def test_an_address_that_does_not_exist_suggests_likely_pages(visitor, address, expected):
    answer = visitor.get(address, follow=True)
    assert answer.status_code == 404
    assert f'<a href="{expected}' in answer.content.decode().split('id="likely"')[1].split("</section>")[0]


@pytest.mark.parametrize(
    "address", ["/fr/xyz/", "/fr/rien-ici/", "/fr/%22*%22/", "/en/zzzzzzz/", "/en/a-b-c/", f"/fr/{'x-' * 900}/"]
)
def test_an_address_like_no_page_has_no_suggestions(visitor, address):
    answer = visitor.get(address)
    assert answer.status_code == 404
    assert 'id="likely"' not in answer.content.decode()


def test_an_article_that_is_asked_for_in_the_wrong_language_leads_to_its_translation(visitor):
    french = NewsArticle.objects.get(
        translation_key=stable_uuid("canada-25000-syrian-refugees"), locale__language_code="fr"
    )
    english = french.get_translation(Locale.objects.get(language_code="en"))
    assert likely(visitor, f"/en/actualites/{french.slug}/")[0] == english.url_path
    english.unpublish()
    assert english.url_path not in likely(visitor, f"/en/actualites/{french.slug}/")


def test_the_address_of_a_draft_does_not_suggest_its_translation(visitor):
    french, english = pair(title="Le caravansérail", slug="le-caravanserail-de-la-frontiere")
    english = translate(french, slug="another-end")
    assert likely(visitor, f"/en/actualites/{french.slug}/") == [english.url_path]
    NewsArticle.objects.get(pk=french.pk).unpublish()
    assert likely(visitor, f"/en/actualites/{french.slug}/") == []


def test_a_country_without_a_page_is_not_likely(visitor):
    assert likely(visitor, "/fr/mongolie/") == []
    restrict(at("/fr/ou-travaillons-nous/"))
    assert not [address for address in likely(visitor, "/fr/haiti/") if "/haiti/" in address]


def test_private_and_unpublished_pages_are_never_likely(visitor):
    for key in ("border-posts-review", "call-for-local-projects"):
        hidden = NewsArticle.objects.get(translation_key=stable_uuid(key), locale__language_code="fr")
        shown = visitor.get(f"/fr/rien/{hidden.slug}/").content.decode()
        assert hidden.title not in shown


def likely(visitor, address):
    """Returns the suggested addresses."""
    content = visitor.get(address).content.decode()
    _before, _mark, after = content.partition('id="likely"')
    return re.findall(r'<a href="([^"]+)"', after.split("</section>")[0]) if after else []


def test_four_pages_at_most_are_likely(visitor):
    for number in range(6):
        ArticleFactory(title="Rien ici", slug=f"haiti-{number}")
    country, *others = likely(visitor, "/fr/haiti/")
    assert (country, len(others)) == ("/fr/ou-travaillons-nous/haiti/", 3)


def queries_of(visitor, address):
    """Returns the SQL statements of a request."""
    visitor.get(address)
    with CaptureQueriesContext(connection) as captured:
        visitor.get(address)
    return [query["sql"] for query in captured.captured_queries]


def test_an_address_that_does_not_exist_costs_the_same_however_many_pages_are_like_it(visitor):
    few = queries_of(visitor, "/fr/rien-ici/")
    for number in range(70):
        ArticleFactory(title="Rien ici", slug=f"rien-ici-{number}")
    many = queries_of(visitor, "/fr/rien-ici/")

    assert len(many) == len(few)
    assert not [sql for sql in many if "indexentry" in sql], "no full-text search"
    assert max(sql.count(",") for sql in many) < 150, "of 140 pages like it"


@pytest.mark.parametrize(
    ("address", "link_text"),
    [
        ("/fr/recherche/", "Résultats pour «\u202fa &amp; b\u202f»"),
        ("/en/search/", "Results for “a &amp; b”"),
    ],
)
@pytest.mark.parametrize("number", ["99", "abc"])
def test_a_page_of_results_that_does_not_exist_keeps_the_search(visitor, address, link_text, number):
    answer = visitor.get(address, {"q": "a & b", "page": number, "kind": "news"})
    content = answer.content.decode()
    assert answer.status_code == 404
    assert 'value="a &amp; b"' in content
    assert re.search(rf'<a href="\?q=a\+%26\+b&amp;kind=news">\s*{link_text}\s*</a>', content)


@pytest.mark.parametrize("address", ["/fr/rien/?q=mali", "/fr/actualites/?q=mali&page=99", "/fr/recherche/?page=99"])
def test_no_results_are_offered_where_there_are_none(visitor, address):
    content = visitor.get(address, follow=True).content.decode()
    assert "search-offer" not in content
