"""The lists of the newsroom: contents, order, number of queries."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from iom.listing.reading import latest, shown
from iom.listing.tests.listed_articles import articles, keys
from iom.navigation.tests.pairs import at, pair, restrict, translate
from iom.tests.factories import ArticleFactory, SiteImageFactory
from newsroom.models import NewsArticle


@pytest.fixture
def french(db):
    return at("/fr/").locale


def test_a_list_holds_the_articles_of_its_language_only(french):
    original, translation = pair()
    listed = articles(french)

    assert original.pk in keys(listed)
    assert translation.pk not in keys(listed)
    assert {entry.locale_id for entry in listed} == {french.pk}


def test_the_latest_comes_first_and_of_one_moment_the_last_written(french):
    day = datetime(2030, 1, 1, 12, tzinfo=UTC)
    older, first, second, newer = (
        ArticleFactory(date=date) for date in (day - timedelta(days=1), day, day, day + timedelta(days=1))
    )

    assert keys(articles(french)[:4]) == [newer.pk, second.pk, first.pk, older.pk]


def test_the_order_follows_the_date_of_the_release_not_the_day_it_was_entered(french):
    new = ArticleFactory(date=datetime(2031, 1, 1, tzinfo=UTC))
    ArticleFactory(date=datetime(1999, 1, 1, tzinfo=UTC))

    listed = list(articles(french))
    assert listed[0].pk == new.pk
    assert listed[-1].shown_date.year == 1999


@pytest.mark.parametrize(
    "state", ["draft", "scheduled", "expired", "private", "private translation", "private section"]
)
def test_what_a_visitor_may_not_see_is_in_no_list(french, state):
    article = ArticleFactory(
        live=state not in ("draft", "scheduled"),
        go_live_at=timezone.now() + timedelta(days=1) if state == "scheduled" else None,
        expire_at=timezone.now() - timedelta(seconds=1) if state == "expired" else None,
    )
    if state == "private":
        restrict(article)
    elif state == "private translation":
        restrict(translate(article))
    elif state == "private section":
        restrict(at("/fr/actualites/"))

    assert article.pk not in keys(articles(french))


@pytest.mark.parametrize("number", [1, 8])
def test_a_list_with_its_pictures_costs_the_same_however_long(french, visiting, django_assert_num_queries, number):
    for _ in range(number):
        picture = SiteImageFactory()
        ArticleFactory(lead_picture=picture, picture_decorative=True, date=datetime(2035, 1, 1, tzinfo=UTC))

    with visiting():
        shown()
        with django_assert_num_queries(1):
            for entry in latest(french, "type", ["newsarticle"], number):
                assert entry.picture.credit is not None
                assert entry.picture.rendition_map == {}
                assert entry.country_codes == []


def test_lists_are_read_in_the_order_of_an_index(db):
    """No list sorts articles, whatever their number."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # it would rather sort as few articles as there are here
            cursor.execute("SET LOCAL enable_sort = off")
    assert "newsroom_latest_first" in NewsArticle.objects.order_by("-sort_date", "-id")[:20].explain()
