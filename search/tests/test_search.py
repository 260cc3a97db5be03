"""The search page, without its template."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.http import Http404, HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from iom.demo.content import identity
from iom.navigation.tests.pairs import at, pair, restrict, translate
from iom.tests.factories import ArticleFactory
from newsroom.models import NewsArticle
from search import query, views


@pytest.fixture
def search(rf, db, monkeypatch):
    """What the search page is given."""
    given = []
    monkeypatch.setattr(views, "render", lambda request, template, context: given.append(context) or HttpResponse())

    def search(query, language="fr"):
        with translation.override(language):
            views.search(rf.get("/", {"q": query} if isinstance(query, str) else query))
        return given[-1]

    return search


@pytest.fixture
def found(search):
    return lambda words, language="fr": [page.pk for page in search(words, language)["results"]]


def test_pages_of_every_kind_are_found(found):
    work = at("/fr/notre-travail/partenariats/")
    article = ArticleFactory(title="Partenariats et caravansérails")

    assert {work.pk, article.pk} <= set(found("partenariats"))


def test_a_page_is_found_in_the_language_of_the_address_only(found):
    original, translation = pair(title="Caravansérail")
    translation.title = "Caravansérail in English"
    translation.save()

    assert found("caravansérail") == [original.pk]
    assert found("caravansérail", "en") == [translation.pk]


@pytest.mark.parametrize("state", ["draft", "expired", "private", "private translation"])
def test_what_a_visitor_may_not_see_is_not_found(found, state):
    article = ArticleFactory(
        title="Caravansérail",
        live=state != "draft",
        expire_at=timezone.now() - timedelta(seconds=1) if state == "expired" else None,
    )
    if state == "private":
        restrict(article)
    elif state == "private translation":
        restrict(translate(article))

    assert found("caravansérail") == []


def test_words_of_a_draft_of_a_published_page_are_not_found(found):
    article = ArticleFactory(title="Publié")
    article.title = "Caravansérail"
    article.save_revision()

    assert found("caravansérail") == []


def test_every_word_must_be_there(found):
    both, one = ArticleFactory(title="Caravansérail rouge"), ArticleFactory(title="Caravansérail bleu")

    assert found("caravansérail rouge") == [both.pk]
    assert set(found("caravansérail")) == {both.pk, one.pk}


def test_the_name_of_the_holder_of_a_post_is_found(found):
    assert at("/fr/qui-sommes-nous/structure/directrice-generale/").pk in found("Amy Pope")


@pytest.mark.parametrize("words", ["", "   ", "\0", "!!!", '"'])
def test_nothing_asked_is_nothing_found(search, words):
    assert list(search(words)["results"]) == []


@pytest.mark.parametrize(
    "words",
    ['"rouge', "rouge*", "NEAR(a b)", "title:rouge", "rouge AND", "(rouge", "rouge'; --", "^rouge", "x" * 5000],
)
def test_signs_of_the_search_engines_own_language_are_only_words(found, words):
    assert isinstance(found(words), list)


def test_the_words_are_given_back_cleaned(search):
    assert search("  deux \0 mots ")["q"] == "deux mots"


def test_a_page_of_results_that_does_not_exist_is_not_found(search):
    with pytest.raises(Http404):
        search({"q": "caravansérail", "page": "2"})


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/fr/actualites/beyrouth-guichet-travailleuses/", "/fr/actualites/beyrouth-un-guichet"),
        ("/en/news/beirut-desk-for-workers/", "/en/news/beirut-an-information-desk"),
        ("/en/our-offices/canada-25000-refugees.html", "/en/news/canada-and-iom-complete"),
        ("/en/colombia-mobil-clinic", "/en/news/colombia-five-mobile-clinics"),
    ],
)
def test_an_address_that_does_not_exist_leads_to_what_was_meant(visitor, address, meant):
    answer = visitor.get(address, follow=True)
    assert answer.status_code == 404
    assert f'<a href="{meant}' in answer.content.decode().split('id="likely"')[1].split("</section>")[0]


@pytest.mark.parametrize(
    "address", ["/fr/xyz/", "/fr/rien-ici/", "/fr/%22*%22/", "/en/zzzzzzz/", "/en/a-b-c/", f"/fr/{'x-' * 900}/"]
)
def test_an_address_that_means_nothing_leads_to_nothing(visitor, address):
    answer = visitor.get(address)
    assert answer.status_code == 404
    assert 'id="likely"' not in answer.content.decode()


def test_what_is_private_or_not_published_is_never_likely(visitor):
    for key in ("border-posts-review", "call-for-local-projects"):
        hidden = NewsArticle.objects.get(translation_key=identity(key), locale__language_code="fr")
        shown = visitor.get(f"/fr/rien/{hidden.slug}/").content.decode()
        assert hidden.title not in shown


def asked(visitor, address):
    """What a request asks the database."""
    visitor.get(address)
    with CaptureQueriesContext(connection) as captured:
        visitor.get(address)
    return [query["sql"] for query in captured.captured_queries]


def test_an_address_that_does_not_exist_costs_the_same_however_many_pages_are_like_it(visitor):
    few = asked(visitor, "/fr/rien-ici/")
    for number in range(70):
        ArticleFactory(title="Rien ici", slug=f"rien-ici-{number}")
    many = asked(visitor, "/fr/rien-ici/")

    assert len(many) == len(few)
    assert not [sql for sql in many if "indexentry" in sql], "no full-text search"
    assert max(sql.count(",") for sql in many) < 150, "of 140 pages like it"


def test_a_search_does_not_compare_its_results_with_one_another(visitor):
    """SQLite looks each result up among all the others where the backend puts them in their order."""
    for address in ("/fr/recherche/?q=canada", "/fr/actualites/?q=canada"):
        searches = [sql.lower() for sql in asked(visitor, address) if "indexentry" in sql]
        assert searches
        assert not [sql for sql in searches if "bm25" in sql or "ts_rank" in sql]


def test_a_search_takes_the_first_words_of_a_long_question(monkeypatch):
    given = []
    pages = SimpleNamespace(
        order_by=lambda: pages, only=lambda *fields: pages, search=lambda words, **options: given.append(words) or []
    )
    query.ranked(pages, " ".join(f"mot{number}" for number in range(100)))

    assert {len(words.split()) for words in given} == {query.MOST_WORDS}


def test_what_has_the_words_in_its_title_comes_first_then_the_newest(found):
    elsewhere = ArticleFactory(summary="Un caravansérail.")
    older, newer = ArticleFactory(title="Caravansérail"), ArticleFactory(title="Le caravansérail")
    later = ArticleFactory(summary="Deux caravansérails, un caravansérail.")

    assert found("caravansérail") == [newer.pk, older.pk, later.pk, elsewhere.pk]
