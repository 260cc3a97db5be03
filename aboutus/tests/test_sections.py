"""Sections and pages about the organization's work: their lists and goals."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from aboutus.goals import GOALS, validate_goals
from aboutus.models import WorkPage, WorkPageTopic
from aboutus.tests.country_pages import soup
from iom.listing.tests.listed_articles import as_articles
from iom.listing.writing import refresh
from iom.navigation.tests.pairs import at, pair, restrict
from iom.publishing import gate
from iom.tests.factories import ArticleFactory, TopicFactory
from iom.users.models import User
from newsroom.models import ArticleTopic


@pytest.mark.parametrize("goals", [[0], [18], ["1"], ["x"], [1, 99], "1", {"1": 1}, 5, None])
def test_what_is_no_goal_of_the_united_nations_is_refused(goals):
    with pytest.raises(ValidationError):
        validate_goals(goals)


def test_all_seventeen_goals_are_known():
    validate_goals(list(range(1, 18)))
    assert list(GOALS) == list(range(1, 18))


def test_goals_are_shown_in_their_order_by_the_names_of_the_language():
    page = WorkPage(goals=[13, 5])

    with translation.override("en"):
        assert [(goal.number, goal.name) for goal in page.goal_list] == [
            (5, "Gender equality"),
            (13, "Climate action"),
        ]
    with translation.override("fr"):
        assert [(goal.number, goal.name) for goal in page.goal_list] == [
            (5, "Égalité entre les sexes"),
            (13, "Mesures relatives à la lutte contre les changements climatiques"),
        ]


def test_goals_are_ticked_by_name_and_kept_by_number(db):
    form_class = WorkPage.get_edit_handler().get_form_class()
    page = at("/fr/notre-travail/partenariats/")
    form = form_class(instance=page, for_user=User.objects.get(email="admin@example.org"))
    field = form.fields["goals"]

    assert field.clean(["17", "5"]) == [17, 5]
    assert form["goals"].value() == [17]
    assert len(field.choices) == 17
    assert field.choices[0] == (1, f"1. {GOALS[1]}")
    with pytest.raises(ValidationError):
        field.clean(["18"])


def context(page, rf):
    return page.get_context(rf.get(page.url))


def test_a_section_lists_what_its_menu_lists(rf, db):
    section = at("/fr/notre-travail/")
    titles = [page.title for page in context(section, rf)["children"]]
    assert titles == ["Ce que nous faisons", "Partenariats"]
    assert [page.title for page in context(at("/fr/qui-sommes-nous/"), rf)["children"]] == ["Structure"]

    restrict(at("/en/our-work/partnerships/"))
    below = at("/fr/notre-travail/ce-que-nous-faisons/")
    below.show_in_menus = False
    below.save()

    assert list(context(section, rf)["children"]) == []


@pytest.mark.parametrize(("description", "said"), [("En bref.", "En bref."), ("", "Tout.")])
def test_a_section_says_of_a_page_its_description_or_else_its_introduction(visitor, description, said):
    below = at("/fr/notre-travail/partenariats/")
    below.search_description, below.introduction = description, "Tout."
    with gate.opened_for(below):
        below.save()
    refresh([below.pk])

    assert soup(visitor, "/fr/notre-travail/").select(".text-card-text")[-1].text == said


@pytest.fixture
def water(db):
    """A page about a topic, with its English translation."""
    topic = TopicFactory()
    pages = [at("/fr/donnees-et-recherche/"), at("/en/data-and-research/")]
    for page in pages:
        page.topics = [WorkPageTopic(topic=topic), WorkPageTopic(topic=TopicFactory())]
        with gate.opened_for(page):
            page.save()
    return topic, *pages


def about(topics, **fields):
    article = ArticleFactory(**fields)
    article.topics = [ArticleTopic(topic=topic) for topic in topics]
    article.save()
    return article


def test_a_page_lists_the_four_latest_news_of_its_topics(rf, water):
    topic, page, _english = water
    news = [about([topic], date=datetime(2031, 1, day, tzinfo=UTC)) for day in (3, 5, 1, 4, 2)]
    about([TopicFactory()], date=datetime(2031, 1, 9, tzinfo=UTC))

    assert as_articles(context(page, rf)["news"]) == [news[1], news[3], news[0], news[4]]


def test_an_article_about_two_topics_of_a_page_is_listed_once(rf, water):
    topic, page, _english = water
    article = about([topic, page.topics.all()[1].topic])

    assert as_articles(context(page, rf)["news"]) == [article]


def test_a_page_lists_news_of_its_own_language_that_a_visitor_may_see(rf, water):
    topic, french, english = water
    original, translation = pair()
    for article in (original, translation):
        article.topics = [ArticleTopic(topic=topic)]
        article.save()
    about([topic], live=False)
    restrict(about([topic]))

    assert as_articles(context(french, rf)["news"]) == [original]
    assert as_articles(context(english, rf)["news"]) == [translation]


def test_a_page_without_topics_lists_no_news(rf, db):
    assert list(context(at("/fr/ou-travaillons-nous/"), rf)["news"]) == []
