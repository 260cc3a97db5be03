"""Notes and links on the search page."""

import html
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from iom.navigation.tests.pairs import at, pair
from iom.tests.factories import ArticleFactory
from newsroom.topics import topic_names
from search import engine

pytestmark = pytest.mark.django_db
PLACES = [("fr", "/fr/recherche/"), ("en", "/en/search/")]


def shown(visitor, address, **query):
    return html.unescape(visitor.get(address, query).content.decode())


def titles(visitor, address, **query):
    answer = visitor.get(address, query)
    return [row.result.title for row in answer.context["rows"]]


def head_title(content):
    return re.sub("[ \n]+", " ", re.search(r"<title>\s*(.*?)\s*</title>", content, re.DOTALL)[1])


@pytest.mark.parametrize(("language", "address"), PLACES)
def test_pages_with_some_of_the_words_follow_those_with_all_and_are_counted_apart(visitor, language, address):
    for title in ("Caravansérail zirconium", "Caravansérail", "Zirconium", "Zirconium aussi"):
        ArticleFactory(title=title, language=language)
    content = shown(visitor, address, q="caravansérail zirconium")
    assert (
        "1 avec tous les mots, puis 3 avec une partie" if language == "fr" else "1 with all the words, then 3 w"
    ) in content
    assert titles(visitor, address, q="caravansérail zirconium")[0] == "Caravansérail zirconium"
    content = shown(visitor, address, q="caravansérail zirconium qwertzui")
    assert ("Aucun résultat ne contient\u00a0: qwertzui" if language == "fr" else "No result has: qwertzui") in content
    content = shown(visitor, address, q="zirconium")
    assert not re.search("tous les mots|all the words", content)


def test_where_each_page_has_another_of_the_words_none_has_all(visitor):
    for title in ("Caravansérail", "Zirconium"):
        ArticleFactory(title=title)
    assert "Aucun résultat ne contient tous les mots" in shown(visitor, "/fr/recherche/", q="caravansérail zirconium")


def test_the_number_offered_in_another_language_is_that_of_its_pages_with_all_words(visitor):
    for title in ("Caravanserai zirconium", "Caravanserai", "Zirconium"):
        ArticleFactory(title=title, language="en")
    assert "1 résultat en anglais" in shown(visitor, "/fr/recherche/", q="caravanserai zirconium")
    found = engine.search("en", "caravanserai zirconium")
    assert (found.complete, found.incomplete) == (1, 2)


@pytest.mark.parametrize("quoted", ['"zirconium caravansérail"', "«\u202fzirconium caravansérail\u202f»"])
def test_a_phrase_that_no_page_has_leads_to_its_words(visitor, quoted):
    article = ArticleFactory(title="Caravansérail de zirconium")
    content = shown(visitor, "/fr/recherche/", q=quoted)
    assert f"Aucun résultat pour «\u202f{' '.join(quoted.split())}\u202f». Résultats pour" in content
    assert '?q=zirconium%20caravans%C3%A9rail">zirconium caravansérail</a>' in content
    assert titles(visitor, "/fr/recherche/", q=quoted) == [article.title]
    assert not engine.search("fr", '"caravansérail de zirconium"').corrected
    assert not engine.search("fr", '"qwertzui asdfgh"').corrected


def test_results_are_sorted_by_date_where_a_reader_wants_it(visitor):
    now = timezone.now()
    ArticleFactory(title="Caravansérail, caravansérail", date=now - timedelta(days=900))
    ArticleFactory(title="Un zirconium", summary="Caravansérail", date=now - timedelta(days=1))
    ArticleFactory(title="Zirconium", date=now)
    ArticleFactory(title="Caravansérail ancien", date=now - timedelta(days=2000))
    words = {"q": "caravansérail", "kind": "press-release"}
    content = shown(visitor, "/fr/recherche/", q="caravansérail", section="news")
    (other,) = re.findall(r'<a href="(\?[^"]*)">Les plus récents d’abord', content)
    assert other == "?q=caravans%C3%A9rail&section=news&order=date"
    sorted_titles = ["Un zirconium", "Caravansérail, caravansérail", "Caravansérail ancien"]
    assert titles(visitor, f"/fr/recherche/{other}") == sorted_titles != titles(visitor, "/fr/recherche/", **words)
    by_date = shown(visitor, f"/fr/recherche/{other}")
    assert '<a href="?q=caravans%C3%A9rail&section=news">Les plus pertinents' in by_date
    assert '<input type="hidden" name="order" value="date">' in by_date
    assert titles(visitor, "/fr/recherche/", q="caravansérail zirconium", order="date")[0] == "Un zirconium"


@pytest.mark.parametrize(
    ("address", "query", "title"),
    [
        ("/fr/recherche/", {}, "Recherche – OIM"),
        ("/fr/recherche/", {"q": "OIM"}, "Recherche\u00a0: «\u202fOIM\u202f» – OIM"),
        ("/fr/recherche/", {"q": "OIM", "page": 2}, "Recherche\u00a0: «\u202fOIM\u202f», page\u00a02 – OIM"),
        ("/en/search/", {"q": "IOM", "page": 2}, "Search: “IOM”, page 2 – IOM"),
        ("/fr/actualites/", {"page": 2}, "Actualités, page\u00a02 – OIM"),
        ("/en/news/", {"page": 2, "q": "IOM"}, "News: “IOM”, page 2 – IOM"),
    ],
)
def test_the_title_has_the_query_and_the_page_of_the_list(visitor, address, query, title):
    assert head_title(shown(visitor, address, **query)) == title


@pytest.mark.parametrize(("address", "query"), [("/fr/recherche/", "q=OIM&page=2"), ("/en/news/", "scope=country")])
def test_on_paper_a_list_has_the_address_that_shows_it(visitor, address, query):
    content = shown(visitor, f"{address}?{query}")
    assert f'printed-address">{settings.SITE_URL}{address}?{query}</p>' in content


def test_recommendations_for_the_corrected_words_are_shown_and_counted(visitor):
    page = at("/fr/notre-travail/partenariats/")
    SearchPromotion.objects.create(query=Query.get("migration"), page=page)
    typed = visitor.get("/fr/recherche/", {"q": "migratoin"})
    assert [pick.url for pick in typed.context["picks"]] == [page.url]
    article = ArticleFactory(title="Caravansérail")
    ArticleFactory(title="Caravansérail encore")
    SearchPromotion.objects.create(query=Query.get("caravansérail"), page=article)
    content = shown(visitor, "/fr/recherche/", q="caravansérail")
    assert re.search(r'result-count">\s*2 résultats\s*<', content)


def test_corrected_words_are_offered_in_other_languages(visitor):
    ArticleFactory(title="Caravansérails", language="en")
    ArticleFactory(title="Caravansérails")
    (offer,) = visitor.get("/fr/recherche/", {"q": "caravansréails"}).context["other_languages"]
    assert (offer.url, offer.count) == ("/en/search/?q=caravans%C3%A9rails", 1)


def test_the_language_switch_keeps_a_topic_by_its_address_there(visitor):
    names = {code: topic_names(code) for code in ("fr", "en")}
    key = next(key for key, topic in names["fr"].items() if key in names["en"] and topic.slug != names["en"][key].slug)
    content = shown(visitor, "/fr/recherche/", q="migration", topic=[names["fr"][key].slug, "inconnu"])
    assert f'href="/en/search/?q=migration&topic={names["en"][key].slug}&topic=inconnu"' in content


def test_the_news_found_have_feeds_and_a_newsroom_without_results_leads_to_the_whole_site(visitor):
    original, _translated = pair(title="Caravansérail")
    content = shown(visitor, "/fr/recherche/", q="caravansréail", section="news", order="date")
    (feed,) = re.findall(r'href="([^"]*)">RSS</a>', content.partition("<footer")[0])
    assert feed == "/fr/actualites/rss/?q=caravans%C3%A9rail"
    assert original.title in visitor.get(feed).content.decode()
    assert "Flux des actualités" not in shown(visitor, "/fr/recherche/", q="qwertzui")
    assert titles(visitor, "/fr/recherche/", q="caravansér") == [original.title]
    assert "Flux des actualités" not in shown(visitor, "/fr/recherche/", q="caravansér")  # the newsroom completes none
    listed = shown(visitor, "/fr/actualites/", q="migratoin")
    assert '<a href="/fr/recherche/?q=migratoin">Chercher «\u202fmigratoin\u202f» dans tout le site</a>' in listed
    assert "dans tout le site" not in shown(visitor, "/fr/actualites/", q="caravansérail")
