"""What an article shows beside its text: countries, topics, contacts, corrections, related news."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from iom.tests.factories import ArticleFactory, OfficeFactory, PressContactFactory, TopicFactory
from newsroom.models import ArticleContact, ArticleCountry, ArticleTopic, NewsArticle, RelatedArticle


@pytest.fixture
def shown(rf, db):
    """What the template of an article is given."""

    def shown(page):
        page = NewsArticle.objects.get(pk=page.pk)
        with translation.override(page.locale.language_code):
            return page.get_context(rf.get(page.url))

    return shown


def article(countries=(), topics=(), related=(), contacts=(), **fields):
    made = ArticleFactory(**fields)
    made.countries = [ArticleCountry(country=code) for code in countries]
    made.topics = [ArticleTopic(topic=topic) for topic in topics]
    made.related_articles = [RelatedArticle(related=other) for other in related]
    made.contacts = [ArticleContact(contact=contact) for contact in contacts]
    made.save()
    return made


def days_ago(number):
    return datetime(2031, 6, 30, 12, tzinfo=UTC) - timedelta(days=number)


@pytest.fixture
def topic(db):
    return TopicFactory()


@pytest.mark.parametrize("number", [1, 4])
def test_an_article_costs_the_same_however_much_it_names(rf, db, django_assert_max_num_queries, number):
    topics = [TopicFactory() for _ in range(number)]
    contacts = [PressContactFactory(office=OfficeFactory(email="x@example.org")) for _ in range(number)]
    for _ in range(number):
        article(["EG"], topics)
    made = article(["EG", "JO", "LB", "SY"][:number], topics, contacts=contacts)
    page = NewsArticle.served().get(pk=made.pk)

    with django_assert_max_num_queries(6), translation.override("fr"):
        context = page.get_context(rf.get("/"))
        assert len(context["cards"]) == number
        assert len(list(context["corrections"])) == 0
        assert context["related"]
