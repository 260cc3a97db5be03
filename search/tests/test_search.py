"""The search page, without its template."""

import html
import os
import random
import re
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from django.http import Http404, HttpResponse
from django.utils import timezone, translation
from wagtail.models import Page, PageViewRestriction

from iom.listing.models import Entry
from iom.navigation.tests.pairs import at, pair
from iom.tests.addresses import NEWS, SEARCH
from iom.tests.factories import ArticleFactory
from newsroom.models import ArticleCountry
from search import engine, views


@pytest.fixture
def search(rf, db, monkeypatch):
    """Returns the context of the search page for a query."""
    given = []
    monkeypatch.setattr(views, "render", lambda request, template, context: given.append(context) or HttpResponse())

    def search(query, language="fr"):
        with translation.override(language):
            views.search(rf.get("/", {"q": query} if isinstance(query, str) else query))
        return given[-1]

    return search


@pytest.fixture
def found(search):
    return lambda words, language="fr": [row.result.entry.pk for row in search(words, language).get("rows", [])]


def test_pages_of_every_kind_are_found(found):
    work = at("/fr/notre-travail/partenariats/")
    article = ArticleFactory(title="Partenariats et caravansérails")

    assert {work.pk, article.pk} <= set(found("partenariats"))


def test_a_page_is_found_in_the_language_of_the_address_and_offered_in_the_others(search, found):
    original, translation = pair(title="Caravansérail")
    translation.title = "Caravansérail in English"
    translation.save()

    assert found("caravansérail") == [original.pk]
    assert found("caravansérail", "en") == [translation.pk]
    (offer,) = search("caravansérail")["other_languages"]
    assert (offer.url, offer.count) == ("/en/search/?q=caravans%C3%A9rail", 1)


def test_words_of_a_draft_of_a_published_page_are_not_found(found):
    article = ArticleFactory(title="Publié")
    article.title = "Caravansérail"
    article.save_revision()

    assert found("caravansérail") == []


def test_the_name_of_the_holder_of_a_post_is_found(found):
    assert at("/fr/qui-sommes-nous/structure/directrice-generale/").pk in found("Amy Pope")


@pytest.mark.parametrize("words", ["", "   ", "\0", "!!!", '"'])
def test_an_empty_query_has_no_results(found, words):
    assert found(words) == []


@pytest.mark.parametrize(
    "words",
    [
        '"rouge',
        "rouge*",
        "NEAR(a b)",
        "title:rouge",
        "rouge AND",
        "(rouge",
        "rouge'; --",
        "^rouge",
        '"\uff9f" rouge',
        "x" * 5000,
    ],
)
def test_signs_of_the_search_engines_own_language_are_only_words(found, words):
    assert isinstance(found(words), list)


def test_the_words_are_given_back_cleaned(search):
    assert search("  deux \0 mots ")["q"] == "deux mots"


def test_a_page_of_results_that_does_not_exist_is_not_found(search):
    with pytest.raises(Http404):
        search({"q": "caravansérail", "page": "2"})


def test_the_numbers_beside_the_filters_are_those_of_the_results(search):
    """Each count is the number of results if the value were chosen as well, whatever has been chosen."""
    for n, (code, kind) in enumerate((("MN", "news"), ("MN", "story"), ("BT", "news"), ("BT", "news"))):
        article = ArticleFactory(title=f"Caravansérail {n}", kind=kind, date=timezone.now() - timedelta(days=400 * n))
        ArticleCountry.objects.create(article=article, country=code)
        article.save_revision().publish()
    given = ({}, {"country": ["MN"]}, {"kind": ["news"]}, {"country": ["MN", "BT"], "kind": ["story"]})
    for chosen in (*given, {"section": ["page"]}, {"section": ["news"], "kind": ["news"]}):
        options = search({"q": "caravansérail"} | chosen)["choice"].options
        assert any(options.values())
        for name, among in options.items():
            for option in among:
                others = chosen.get(name, []) if name == "country" else []
                shown = search({"q": "caravansérail"} | chosen | {name: [*others, option.value]})
                alone = search({"q": "caravansérail"} | chosen | {name: [option.value]})
                assert alone["results"].paginator.count == option.results, (chosen, name, option)
                assert shown["results"].paginator.count >= option.results


def test_a_country_that_is_chosen_keeps_its_page(search):
    before = search("Colombie")["choice"]
    (number,) = (option.results for option in before.options["country"] if option.value == "CO")
    chosen = search({"q": "Colombie", "country": ["CO"]})["choice"]
    assert len(chosen.results) == number > 1
    assert {hit.section for hit in chosen.results.hits} == {"news", "country"}
    assert {hit.section for hit in search({"q": "Colombie", "country": ["HT"]})["choice"].results.hits} <= {"news"}
    both = search({"q": "Colombie", "country": ["CO"], "kind": ["news"]})["choice"]
    assert {hit.section for hit in both.results.hits} <= {"news"}
    of_news = search({"q": "Colombie", "section": "news"})["choice"]
    assert {"news", "country"} <= {option.value for option in of_news.options["section"]}
    assert {"scope", "region"} <= {
        facet for facet, options in search("migration")["choice"].options.items() if options
    }


def test_no_country_without_a_page_is_offered_in_another_language(search):
    assert search("Bhoutan")["other_languages"] == search("Bhutan", "en")["other_languages"] == []


def test_more_results_than_are_counted_have_no_numbers_beside_the_filters(search, monkeypatch):
    for n in range(4):
        ArticleFactory(title=f"Caravansérail {n}")
    monkeypatch.setattr(engine, "MAX_RESULTS", 3)
    given = search("caravansérail")
    assert given["choice"].results.is_capped
    assert len(given["choice"].results) == 3
    assert {option.results for among in given["choice"].options.values() for option in among} == {None}
    assert search({"q": "caravansérail", "section": "page"})["choice"].results.hits == []
    in_mongolia = search({"q": "caravansérail", "country": "MN"})
    assert [chip.label for chip in in_mongolia["chips"]] == ["Mongolie"]
    assert "MN" in [option.value for option in in_mongolia["choice"].options["country"]]


def test_each_filter_is_shown_and_can_be_removed(visitor):
    article = ArticleFactory(title="Caravansérail", kind="news")
    ArticleCountry.objects.create(article=article, country="MN")
    article.save_revision().publish()
    chosen = {"q": "caravansérail", "section": "news", "kind": "news", "country": "MN"}
    shown = visitor.get("/fr/recherche/", chosen).content.decode()
    chips = re.findall(
        r'<a class="chip" href="([^"]*)"[^>]*>\s*<span[^>]*>Retirer le filtre\s:</span>\s*(.*?)\s*</a>', shown
    )
    assert [label for _address, label in chips] == ["Actualités", "Actualité", "Mongolie"]
    for (address, _label), name in zip(chips, ("section", "kind", "country"), strict=True):
        left = {key: value for key, value in chosen.items() if key != name}
        assert dict(parse_qsl(html.unescape(address)[1:])) == left
    (everything,) = re.findall(r'<a class="chips-clear" href="([^"]*)"', shown)
    assert everything == "?q=caravans%C3%A9rail"
    assert 'class="chips"' not in visitor.get(f"/fr/recherche/{everything}").content.decode()


def test_what_becomes_private_without_a_signal_is_neither_counted_nor_proposed(search):
    hidden = ArticleFactory(title="Kazbeguistan", language="en")
    PageViewRestriction.objects.bulk_create([PageViewRestriction(page=hidden, restriction_type="login")])
    assert search("Kazbeguistan", "en")["choice"].results.hits == []
    assert search("Kazbeguistan")["other_languages"] == []
    assert "kazbeguistan" not in search("trafiking kasbeguistan", "en")["choice"].results.corrected


def test_in_another_language_fewer_results_are_counted(visitor, monkeypatch):
    monkeypatch.setattr(engine, "MAX_ELSEWHERE", 2)
    for n in range(3):
        assert "Plus de" not in visitor.get("/fr/recherche/?q=roadside").content.decode()
        ArticleFactory(title=f"Roadside {n}", language="en")
    assert "Plus de 2 résultats en anglais" in visitor.get("/fr/recherche/?q=roadside").content.decode()


def test_the_page_marks_what_matches_and_says_where_it_is(visitor):
    shown = visitor.get("/fr/recherche/?q=partenariat").content.decode()
    assert "<mark>Partenariats</mark>" in shown
    assert "Notre travail" in shown.split('class="rows"')[1].split("</ol>")[0]


def test_a_misspelling_is_corrected_and_what_was_typed_is_escaped(visitor):
    shown = visitor.get("/en/search/", {"q": "migraton"}).content.decode()
    assert 'No results for “migraton”. Results for “<a href="?q=migration">migration</a>”:' in shown
    assert 'class="rows"' in shown
    shown = visitor.get("/en/search/", {"q": '<script>alert(1)</script>"onx='}).content.decode()
    assert "<script>alert" not in shown
    assert '"onx=' not in shown.replace("&quot;onx=", "")


@pytest.mark.parametrize(
    ("language", "text"), [("fr", "contact presse"), ("en", "press contact"), ("en", "media contact")]
)
def test_a_search_for_the_press_contact_leads_to_it(visitor, language, text):
    with translation.override(language):
        first = next(iter(engine.search(language, text)))
    assert first.document.is_article is False
    content = visitor.get(first.url).content.decode().partition("<footer")[0]
    assert 'class="contact-card"' in content
    assert "press@example.org" in content


def test_nothing_found_is_no_dead_end(visitor):
    shown = visitor.get("/fr/recherche/", {"q": "xyzzyx"}).content.decode()
    assert 'id="sections"' in shown
    main, footer = shown.split("<footer", 1)
    variants = [re.findall(r'href="((?:tel|mailto):[^"]+)"', part) for part in (main, footer)]
    assert "Contact presse" in main
    assert variants == [["tel:+33199001952", "mailto:press@example.org"]] * 2


FUZZED = int(os.environ.get("FUZZED_SEARCHES", "300"))
FUZZED_ADDRESSES = [
    *SEARCH.values(), *(f"{address}suggestions" for address in SEARCH.values()),
    *NEWS.values(), *(f"{address}rss/" for address in NEWS.values()),
]  # fmt: skip
PIECES = [
    "migration", "réfugiés", "OIM", "de la", "Colombie", "œuvre", "N’Djamena", '"', "«", "»", "'", "’", "-", "*", "(", ")",
    "NEAR", "AND", "OR", "NOT", ":", "^", "<b>", "</mark>", "&amp;", "<script>", "%00", "\0", "\u200f", "العربية", "中文", "🙂",
    "x" * 60, "é" * 40, "1951", "25 000", "½", "İ", "ß", "ﬁ", "\ud7ff", "e\u0301", "\u00ad", "_", "\\", ";", "|", "!", "&", "<->", "ﾞﾞ", "ﾟ",
    " 12 ", " 2023",
]  # fmt: skip


def test_whatever_is_typed_is_answered_escaped_and_shows_nothing_hidden(visitor):
    """In the search, its suggestions, the newsroom and its feeds. Seeded; FUZZED_SEARCHES=20000 tries more."""
    rng = random.Random(13)  # noqa: S311
    shown = set(Entry.objects.values_list("url_path", flat=True))
    hidden = set(Page.objects.filter(depth__gt=2).values_list("url_path", flat=True)) - shown
    for number in range(FUZZED):
        text = rng.choice(("", " ")).join(rng.choices(PIECES, k=rng.randint(1, 14)))
        address = rng.choice(FUZZED_ADDRESSES)
        extra = rng.choice(({}, {"kind": "news"}, {"country": text}, {"section": "news"}, {"year": "2016"}))
        answer = visitor.get(address, {"q": text} | extra)
        content = answer.content.decode()
        assert answer.status_code == 200, (number, text)
        assert "<script>\0" not in content
        assert not re.search(r"<b>|<script>(?!<)|</mark></mark>", content), (number, text)
        assert not [url for url in hidden if f'"{url}"' in content], (number, text)


def test_the_type_of_an_article_is_found_in_quotation_marks(found):
    article = ArticleFactory(title="Rien", kind="media-advisory")
    other = ArticleFactory(title="Rien", kind="statement")
    keys = found("« avis aux médias »")
    assert article.pk in keys
    assert other.pk not in keys


@pytest.mark.django_db
def test_every_article_is_about_migrants():
    article = ArticleFactory(title="Un caravansérail", summary="Rien.")
    results = engine.search("fr", "caravansérail migrants")
    assert [hit.page for hit in results.hits if hit.document not in results.partial] == [article.pk]


def test_a_page_with_single_words_of_the_name_of_another_organization_is_no_answer(found):
    """“UNODC” is the United Nations Office on Drugs and Crime."""
    article = ArticleFactory(title="An office", summary="Crime and drugs.", language="en")
    assert article.pk not in found("UNODC", "en")
