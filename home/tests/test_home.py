"""The front page: its lead story, the latest news, the fields of work."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from aboutus.models import WorkPageTopic
from aboutus.tests.country_pages import soup
from home.models import FEATURES, MAX_LATEST, HomePage
from iom.listing.tests.listed_articles import as_articles
from iom.navigation.tests.pairs import at, pair, restrict
from iom.navigation.visibility import visible
from iom.tests.addresses import LANGUAGES, page
from iom.tests.factories import ArticleFactory
from iom.tests.test_queries import queries
from newsroom.models import NewsArticle

DAY = datetime(2031, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def shown(rf, db):
    """Returns the context of the home page's template, with this lead story."""

    def shown(lead=None, language="fr"):
        HomePage.objects.update(lead_story=lead)
        home = at(f"/{language}/")
        context = home.get_context(rf.get(home.url))
        leading = as_articles([context["lead"]] if context["lead"] else [])
        return context | {"lead": next(iter(leading), None), "latest": as_articles(context["latest"])}

    return shown


@pytest.fixture
def latest(db):
    """Seven articles, the latest first."""
    return [ArticleFactory(date=DAY - timedelta(days=number)) for number in range(7)]


def test_without_a_choice_the_latest_article_leads(shown, latest):
    context = shown()

    assert context["lead"] == latest[0]
    assert context["latest"] == latest[1 : MAX_LATEST + 1]


def test_the_chosen_article_leads_and_is_not_shown_twice(shown, latest):
    context = shown(latest[2])

    assert context["lead"] == latest[2]
    assert context["latest"] == [latest[0], latest[1], *latest[3:6]]


def test_an_old_article_may_be_chosen(shown, latest):
    old = ArticleFactory(date=DAY - timedelta(days=5000))
    context = shown(old)

    assert context["lead"] == old
    assert context["latest"] == latest[:MAX_LATEST]


@pytest.mark.parametrize("chosen", [0, 1])
def test_whichever_of_a_pair_was_chosen_the_reader_sees_it_in_the_language_of_the_page(shown, chosen):
    both = pair(date=DAY - timedelta(days=9000))

    assert shown(both[chosen], "fr")["lead"] == both[0]
    assert shown(both[chosen], "en")["lead"] == both[1]


@pytest.mark.parametrize("state", ["untranslated", "draft", "expired", "private"])
def test_where_the_chosen_article_cannot_be_shown_the_latest_leads(shown, latest, state):
    chosen = ArticleFactory(
        language="en" if state == "untranslated" else "fr",
        live=state != "draft",
        expire_at=timezone.now() - timedelta(seconds=1) if state == "expired" else None,
    )
    if state == "private":
        restrict(chosen)

    assert shown(chosen)["lead"] == latest[0]


def test_an_article_that_is_deleted_leaves_the_home_page_standing(shown, latest):
    chosen = ArticleFactory()
    shown(chosen)
    chosen.delete()

    assert at("/fr/").lead_story is None


def test_a_newsroom_without_any_article_has_no_lead(shown):
    for article in at("/fr/actualites/").get_children().live():
        article.unpublish()
    context = shown()

    assert context["lead"] is None
    assert context["latest"] == []


def test_fields_of_work_are_those_of_the_language_in_the_order_of_the_tree(shown):
    french, english = (
        [entry for entry, _newest in shown(language=language)["fields_of_work"]] for language in ("fr", "en")
    )

    assert french
    assert [page.translation_key for page in french] == [page.translation_key for page in english]
    assert all(page.url.startswith("/en/") for page in english)
    assert [entry.page.path for entry in french] == sorted(entry.page.path for entry in french)


def test_a_private_field_of_work_is_not_shown(shown):
    first, _newest = shown()["fields_of_work"][0]
    restrict(first.page)

    assert first not in [entry for entry, _newest in shown()["fields_of_work"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_field_of_work_says_what_is_new_there(shown, language):
    newest = {entry.page.specific: news for entry, news in shown(language=language)["fields_of_work"] if news}

    assert newest
    for field, news in newest.items():
        topics = WorkPageTopic.objects.filter(page__path__startswith=field.path).values("topic")
        about = visible(NewsArticle.objects.all()).filter(locale=field.locale, topics__topic__in=topics)
        assert news.pk == about.order_by("-sort_date", "-pk").first().pk


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_is_no_article_can_lead(visitor, language):
    HomePage.objects.update(lead_story=page("work", "fr"))
    lead = soup(visitor, f"/{language}/").select_one(".lead")

    assert lead.select_one("h2 a")["href"] == page("work", language).url
    assert lead.select_one(".kicker") is lead.select_one(".meta") is None


def test_one_article_alone_has_no_list_beside_it(visitor):
    lead = NewsArticle.objects.live().filter(locale__language_code="fr").latest("sort_date")
    NewsArticle.objects.filter(locale__language_code="fr").exclude(pk=lead.pk).delete()
    home = soup(visitor, "/fr/")

    assert home.select_one(".lead h2").text.strip() == lead.title
    assert home.select_one("#latest-news") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demonstration_says_what_it_is_before_anything_else(visitor, language):
    page = soup(visitor, f"/{language}/")
    said = page.select(".callout, .home-introduction, article, .figures")

    assert said[0]["class"] == ["callout"]
    assert {"fr": "n’est pas celui de l’OIM", "en": "not the website of IOM"}[language] in said[0].text
    assert len(page.select(".callout")) == 1


def test_only_a_callout_at_the_beginning_comes_before_the_introduction(db):
    home = at("/fr/")
    kinds = [block.block_type for block in home.body]
    assert home.notice is home.body[0]
    assert kinds[0] == "callout"

    home.body = [(block.block_type, block.value) for block in list(home.body)[1:]]
    assert home.notice is None


@pytest.mark.parametrize("more", [0, 10])
def test_the_home_page_costs_the_same_however_many_articles_there_are(
    rf, visiting, django_assert_max_num_queries, more
):
    for _ in range(more):
        ArticleFactory()
    home = at("/fr/")

    with visiting():
        home.get_context(rf.get("/fr/"))  # what all pages share is kept then
        with django_assert_max_num_queries(4):
            context = home.get_context(rf.get("/fr/"))
            assert len(list(context["fields_of_work"])) >= 1


def test_there_is_one_home_page_a_language_and_they_are_translations_of_each_other(db):
    french, english = at("/fr/"), at("/en/")

    assert french.translation_key == english.translation_key
    assert not HomePage.can_create_at(french)


# --- Features --------------------------------------------------------------------------------------------------------


def feature(*pages):
    HomePage.objects.update(**dict(zip(FEATURES, [*pages, None, None, None, None], strict=False)))


def titles(visitor, language="fr"):
    return [link.text.strip() for link in soup(visitor, f"/{language}/").select(".features .card-title")]


def test_without_features_there_is_no_section_for_them(visitor):
    feature()
    assert not soup(visitor, "/fr/").select("#features")


def test_features_are_shown_in_their_order_and_not_among_the_latest(shown, visitor, latest):
    old = ArticleFactory(date=DAY - timedelta(days=5000))
    work = at("/fr/notre-travail/")
    feature(old, latest[1], work)

    assert titles(visitor) == [old.title, latest[1].title, work.title]
    context = shown()
    assert context["lead"] == latest[0]
    assert context["latest"] == latest[2:7]


def test_the_lead_story_is_not_featured_twice(shown, visitor, latest):
    feature(latest[3], latest[4])
    assert shown(latest[3])["lead"] == latest[3]
    assert titles(visitor) == [latest[4].title]


def test_a_feature_of_either_language_is_shown_in_the_language_of_the_page(visitor):
    french, english = pair(date=DAY)
    feature(english)
    assert titles(visitor, "fr") == [french.title]
    assert titles(visitor, "en") == [english.title]


@pytest.mark.parametrize("state", ["untranslated", "draft", "expired", "private"])
def test_a_feature_that_visitors_may_not_know_of_is_left_out(visitor, latest, state):
    chosen = ArticleFactory(
        language="en" if state == "untranslated" else "fr",
        live=state != "draft",
        expire_at=timezone.now() - timedelta(seconds=1) if state == "expired" else None,
    )
    if state == "private":
        restrict(chosen)
    feature(chosen, latest[2])
    assert titles(visitor) == [latest[2].title]


def test_features_cost_readers_no_query_once_they_are_known(visitor, latest):
    feature()
    without = len(queries(visitor, "/fr/"))
    feature(*latest[:4])
    assert len(queries(visitor, "/fr/")) <= without


def test_a_translation_follows_its_original_unless_it_chooses(sign_in, latest):
    assert dict.fromkeys(FEATURES, "overridable") == {
        declaration.field_name: "overridable" if declaration.overridable else ""
        for declaration in HomePage.override_translatable_fields
        if declaration.field_name in FEATURES
    }
