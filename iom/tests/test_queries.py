"""A page needs a limited number of queries, whatever the number of articles."""

from datetime import timedelta

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from iom.contacts.models import Office
from iom.listing.writing import refresh
from iom.media.models import SiteImage
from iom.tests.addresses import LANGUAGES, NAMES, page
from iom.tests.factories import ArticleFactory
from newsroom.models import ArticleCountry, ArticleTopic, NewsArticle, NewsIndex, Topic

pytestmark = pytest.mark.one_language
# The maximum number of queries of a page, including one for the content version, which the page cache also reads.
# Other types have `BUDGET`.
BUDGETS = {NewsArticle: 5, NewsIndex: 3}
BUDGET = 2  # including one for the pictures in the text
# It also queries documents and linked articles.
RICHEST, RICHEST_BUDGET = "article with every block", 7
AFTER_A_CHANGE = 25  # including queries for what all pages share


def queries(client, address: str, change=lambda: None) -> list[str]:
    """Returns the SQL of a second request without transactions. `change` is called before it."""
    client.get(address)
    change()
    cache.clear()
    caches["renditions"].clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return [
        query["sql"]
        for query in captured.captured_queries
        if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK"))
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_keeps_its_budget_and_writes_nothing(visitor, name, language):
    here = page(name, language)
    statements = queries(visitor, here.url)
    budget = RICHEST_BUDGET if name == RICHEST else BUDGETS.get(type(here), BUDGET)
    assert len(statements) <= budget, "\n\n".join(statements)
    assert not [sql for sql in statements if not sql.lstrip("(").startswith(("SELECT", "WITH"))]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_first_request_after_a_change_keeps_its_budget(visitor, name, language):
    statements = queries(visitor, page(name, language).url, lambda: Office.objects.update(phone="+41 22 717 91 12"))
    assert len(statements) <= AFTER_A_CHANGE, "\n\n".join(statements)


def add_articles(number: int, language: str) -> None:
    picture = SiteImage.objects.first()
    for n in range(number):
        date = timezone.now() - timedelta(minutes=n)
        article = ArticleFactory(language=language, date=date, lead_picture=picture, picture_alt="Picture")
        ArticleCountry.objects.create(article=article, country="JO")
        ArticleTopic.objects.create(article=article, topic=Topic.objects.first())
        refresh([article.pk])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["home", "index", "article", "work", "section"])
def test_more_articles_cost_no_more_queries(visitor, name, language):
    address = page(name, language).url
    add_articles(5, language)
    few = len(queries(visitor, address))
    add_articles(15, language)
    assert len(queries(visitor, address)) == few
