"""The newsroom and its filters."""

from datetime import UTC, datetime

import pytest
from django.http import Http404
from django.utils import translation

from iom.listing.tests.listed_articles import articles, keys
from iom.navigation.tests.pairs import at, pair
from iom.tests.factories import ArticleFactory, TopicFactory
from newsroom.models import ArticleTopic, NewsArticle, NewsIndex
from newsroom.tests.test_article import article
from search import engine, paging
from search.filters import FACETS


@pytest.fixture
def ask(rf, db):
    """Returns the context of the newsroom's template for a query."""

    def ask(query="", language="fr"):
        index = NewsIndex.objects.get(locale__language_code=language)
        with translation.override(language):
            return index.get_context(rf.get(index.url + query))

    return ask


@pytest.fixture
def found(ask):
    """All articles that the query finds, whatever the page."""

    def found(query="", language="fr"):
        return set(NewsArticle.objects.filter(pk__in=keys(ask(query, language)["articles"].paginator.object_list)))

    return found


def test_without_filters_everything_is_listed_twelve_a_page(ask, found, db):
    assert found() == set(NewsArticle.objects.filter(pk__in=keys(articles(at("/fr/").locale))))
    assert len(ask()["articles"]) == 12
    assert ask()["filters"].active is False


@pytest.mark.parametrize("kind", ["press-release", "news", "statement", "speech", "story", "media-advisory"])
def test_the_kind_of_article(found, kind):
    shown = article(kind=kind)

    assert shown in found(f"?kind={kind}")
    assert {one.kind for one in found(f"?kind={kind}")} == {kind}


def test_the_scope(found):
    shown, not_shown = article(scope="national"), article(scope="global")

    assert shown in found("?scope=national")
    assert not_shown not in found("?scope=national")


def test_one_country_or_several(found):
    egypt, jordan, both, none = (article(countries) for countries in (["EG"], ["JO"], ["EG", "JO"], []))
    everyone = {egypt, jordan, both, none}

    assert found("?country=EG") & everyone == {egypt, both}
    assert found("?country=EG&country=JO") & everyone == {egypt, jordan, both}


def test_a_region_is_all_its_countries(found):
    kenya, fiji, nowhere = article(["KE"]), article(["FJ"]), article()

    assert found("?region=africa") & {kenya, fiji, nowhere} == {kenya}


def test_one_topic_or_several_by_the_address_that_they_have_in_the_language(found):
    water, work = TopicFactory(fr="Eau", en="Water"), TopicFactory(fr="Travail", en="Work")
    about_water, about_work, about_both = (article(topics=topics) for topics in ([water], [work], [water, work]))
    everyone = {about_water, about_work, about_both}

    assert found("?topic=eau") & everyone == {about_water, about_both}
    assert found("?topic=eau&topic=travail") & everyone == everyone
    assert found("?topic=water") >= everyone, "an English address filters nothing in French"


def test_a_topic_filters_the_translations_too(found):
    water = TopicFactory(fr="Eau", en="Water")
    original = article(topics=[water])
    english = pair()[1]
    english.topics = [ArticleTopic(topic=water)]
    english.save()

    assert found("?topic=water", "en") == {english}
    assert found("?topic=eau") == {original}


def test_a_year_is_a_year_in_zurich(found):
    before = article(date=datetime(2031, 12, 31, 22, 59, tzinfo=UTC))
    after = article(date=datetime(2031, 12, 31, 23, 1, tzinfo=UTC))

    assert found("?year=2031") == {before}
    assert found("?year=2032") == {after}


def test_words_are_looked_for_in_title_summary_and_text(found):
    body = [{"type": "paragraph", "id": "1", "value": "<p>Un caravansérail.</p>"}]
    in_title, in_summary, in_text, elsewhere = (
        article(**fields)
        for fields in (
            {"title": "Le caravansérail"},
            {"summary": "Près du caravansérail."},
            {"body": body},
            {"title": "Rien de cela"},
        )
    )

    assert found("?q=caravansérail") == {in_title, in_summary, in_text}
    assert elsewhere not in found("?q=caravansérail")


def test_of_more_articles_than_are_compared_those_that_fit_the_filters_are_found(found, ask, client, monkeypatch):
    old, *newer = (
        article(title="Le caravansérail", date=datetime(year, 1, 1, 12, tzinfo=UTC)) for year in (2031, 2033, 2034)
    )
    monkeypatch.setattr(engine, "MAX_MATCHES", 2)

    assert found("?q=caravansérail") == set(newer)
    assert found("?q=caravansérail&year=2031") == {old}
    assert {option.results for options in ask("?q=caravansérail")["options"].values() for option in options} == {None}
    assert "plus de 2\N{NO-BREAK SPACE}résultats" in client.get("/fr/actualites/?q=caravansérail").content.decode()
    assert ", 1\N{NO-BREAK SPACE}résultat" in client.get("/fr/actualites/?q=caravansérail&year=2031").content.decode()


def test_words_find_no_draft_and_nothing_of_the_other_language(found):
    english = ArticleFactory(language="en", title="Zanzibar")
    draft = ArticleFactory(live=False, title="Zanzibar")

    assert found("?q=Zanzibar") & {english, draft} == set()
    assert found("?q=Zanzibar", "en") == {english}


@pytest.mark.parametrize("words", ['"', "'", "AND", "*", "a OR", "(", "%", "\\", "<script>", "-"])
def test_signs_that_search_engines_take_for_their_own_language_are_only_words(found, words):
    found(f"?q={words}")


def test_filters_narrow_each_other(found):
    topic = TopicFactory(fr="Eau")
    fields = {"kind": "story", "scope": "national", "date": datetime(2031, 5, 1, tzinfo=UTC)}
    whole = article(["EG"], [topic], **fields)
    for name, other in (("kind", "news"), ("scope", "global"), ("date", datetime(2030, 5, 1, tzinfo=UTC))):
        article(["EG"], [topic], **fields | {name: other})
    article(["JO"], [topic], **fields)
    article(["EG"], [], **fields)

    assert found("?kind=story&scope=national&year=2031&country=EG&topic=eau") == {whole}


@pytest.mark.parametrize(
    "query",
    [
        "?kind=nonsense",
        "?scope=galactic",
        "?region=atlantis",
        "?country=XX",
        "?country=%00",
        "?topic=rien",
        "?topic=",
        "?year=1066",
        "?year=abc",
        "?year=²",
        "?year=99999999999999999999",
        "?q=%00",
        "?unknown=1",
        "?kind=' OR 1=1 --",
    ],
)
def test_an_unknown_value_filters_nothing(ask, found, query):
    assert found(query) == found()
    assert ask(query)["filters"].active is False


@pytest.mark.parametrize("name", [*FACETS, "q"])
def test_every_filter_is_in_the_form_narrows_the_list_and_is_in_the_title_of_its_feed(ask, found, visitor, name):
    values = list(options(ask, name)) if name in ask()["options"] else {"region": ["africa"], "q": ["Canada"]}[name]
    narrower = [query for query in (f"?{name}={value}" for value in values) if found(query) < found()]

    assert narrower
    assert ask(narrower[0])["list_title"] != ask()["list_title"]
    assert f'name="{name}"' in visitor.get(at("/fr/actualites/").url + narrower[0]).content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "abc", "9999", "1.5", "%00", "9" * 5000])
def test_a_page_that_does_not_exist_is_not_found(ask, page):
    with pytest.raises(Http404):
        ask(f"?page={page}")


def test_links_to_other_pages_keep_the_filters(visitor, monkeypatch):
    monkeypatch.setattr(paging, "PER_PAGE", 1)
    address = at("/fr/actualites/").url
    assert '"?kind=news&amp;page=2"' in visitor.get(f"{address}?kind=news").content.decode()
    assert '"?page=2"' in visitor.get(address).content.decode()


def test_a_filter_that_finds_nothing_shows_an_empty_list(ask):
    assert list(ask("?q=nulleparttrouvable")["articles"]) == []


def test_a_country_without_news_has_an_empty_list_that_says_so_and_leads_on(ask, visitor):
    shown = ask("?country=KI")
    page = visitor.get("/fr/actualites/?country=KI").content.decode()

    assert list(shown["articles"]) == []
    assert shown["list_title"] == "Actualités\N{NO-BREAK SPACE}: Kiribati"
    assert "KI" not in options(ask, "country")
    assert "Actualités\N{NO-BREAK SPACE}: Kiribati, aucun résultat" in page
    assert 'class="chips-clear" href="/fr/actualites/"' in page
    assert [option.value for option in shown["options"]["country"] if not option.results] == ["KI"]


def options(ask, name, language="fr"):
    return {option.value: option.label for option in ask(language=language)["options"][name]}


def test_the_countries_on_offer_are_those_of_articles_that_a_visitor_may_see(ask):
    article(["IS"])
    article(["NZ"], live=False)

    assert options(ask, "country")["IS"] == "Islande"
    assert "NZ" not in options(ask, "country")
    assert "IS" not in options(ask, "country", "en")


def test_a_region_narrows_a_choice_of_countries(found):
    shown, not_shown = article(["EG"]), article(["CO"])

    assert shown in found("?country=EG&country=CO&region=africa")
    assert not_shown not in found("?country=EG&country=CO&region=africa")


def test_countries_stand_in_the_order_of_their_names(ask):
    for code in ("EG", "ES", "TR"):
        article([code])
    french = list(options(ask, "country").values())

    assert french.index("Égypte") < french.index("Espagne") < french.index("Türkiye")
    assert "Z" not in {name[0] for name in french[: french.index("Égypte")]}


def test_a_topic_without_a_name_in_a_language_is_not_on_offer_there(ask):
    assert options(ask, "topic")["diasporas"] == "Diasporas"
    assert "Diasporas" not in options(ask, "topic", "en").values()
    assert "" not in options(ask, "topic", "en")


def test_the_years_on_offer_are_those_of_articles_latest_first(ask):
    article(date=datetime(1998, 6, 1, tzinfo=UTC))
    years = list(options(ask, "year"))

    assert years == sorted(years, reverse=True)
    assert years[-1] == "1998"


@pytest.mark.parametrize("more", [0, 10])
def test_the_newsroom_costs_the_same_however_many_articles_it_has(ask, visiting, django_assert_num_queries, more):
    for number in range(1 + more):
        article(["EG", "JO"], date=datetime(2031, 1, number + 1, tzinfo=UTC))
    with visiting():
        ask()
        with django_assert_num_queries(4):  # the page, its language, the keys, the entries
            context = ask("?country=EG")
            assert len([one.title for one in context["articles"]]) > more
