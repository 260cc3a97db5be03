"""Reading the listing: selection, counts, order and cost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.paginator import Paginator
from django.utils import timezone
from wagtail.models import PageViewRestriction

from iom.listing import reading
from iom.listing.reading import latest, related, shown
from iom.listing.tests.listed_articles import articles, keys
from iom.listing.writing import refresh
from iom.navigation.tests.pairs import at
from iom.tests.factories import ArticleFactory, TopicFactory
from newsroom.models import ArticleCountry, ArticleTopic, NewsArticle

DAY = datetime(2040, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def french(db):
    return at("/fr/").locale


def article(*countries, topics=(), **fields):
    made = ArticleFactory(**fields)
    made.countries = [ArticleCountry(country=code) for code in countries]
    made.topics = [ArticleTopic(topic=topic) for topic in topics]
    made.save()
    return made


@pytest.fixture
def several(french):
    """Twelve articles of the same future year, the oldest first, two for each moment."""
    return [
        article("JP" if number % 2 else "KE", *(["TO"] if number % 3 == 0 else []), kind="news", date=DAY + timedelta(days=number // 2))
        for number in range(12)
    ]  # fmt: skip


def test_values_of_one_facet_are_alternatives_and_facets_are_combined(french, several):
    assert set(keys(articles(french, country=["JP"], year=["2040"]))) == {one.pk for one in several[1::2]}
    assert articles(french, country=["JP", "KE"], year=["2040"]).count() == 12
    assert set(keys(articles(french, country=["KE"], year=["2040"], kind=["news"], region=["oceania"]))) == {
        several[0].pk, several[6].pk,
    }  # fmt: skip
    assert articles(french, country=["XX"]).count() == 0
    assert articles(at("/en/").locale, year=["2040"]).count() == 0


def test_the_counts_beside_the_values_are_those_of_the_lists_that_choosing_them_gives(french, several):
    chosen = articles(french, year=["2040"], country=["JP"])

    for facet in ("kind", "scope", "region", "country", "year"):
        counts = chosen.counts(facet)
        assert counts
        for value, number in counts.items():
            there = articles(french, **({"year": ["2040"], "country": ["JP"]} | {facet: [value]}))
            assert number == there.count() == len(list(there))


def test_what_has_expired_is_neither_listed_nor_counted_before_it_is_taken_down(french):
    before = articles(french).count(), articles(french).counts("country").get("JP", 0)
    expired = article("JP", expire_at=timezone.now() + timedelta(hours=1))
    assert articles(french).count() == before[0] + 1

    NewsArticle.objects.filter(pk=expired.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    refresh([expired.pk])

    assert (articles(french).count(), articles(french).counts("country").get("JP", 0)) == before
    assert expired.pk not in keys(articles(french))
    assert expired.pk not in keys(latest(french, "country", ["JP"], 5))
    assert not shown().filter(pk=expired.pk).exists()


def test_what_becomes_private_without_a_signal_is_neither_listed_nor_counted(french):
    hidden = article("JP", date=DAY)
    PageViewRestriction.objects.bulk_create([PageViewRestriction(page=hidden, restriction_type="login")])

    assert articles(french, country=["JP"]).count() == 0
    assert not shown().filter(pk=hidden.pk).exists()
    assert keys(latest(french, "country", ["JP"], 3)) == []
    assert hidden.pk not in keys(latest(french, "country", ["JP", "CO"], 3))
    assert len(latest(french, "country", ["JP", "CO"], 3)) == 3


def test_what_is_below_a_page_that_becomes_private_without_a_signal_is_not_listed_in_any_language(french):
    restriction = PageViewRestriction(page=at("/fr/actualites/"), restriction_type="login")
    PageViewRestriction.objects.bulk_create([restriction])
    assert articles(french).count() == articles(at("/en/").locale).count() == 0


def test_what_is_not_shown_takes_no_place_beside_a_page_nor_among_the_latest(french):
    page, expired, private, *shown_ones = (article("JP", date=DAY - timedelta(days=days)) for days in range(5))
    NewsArticle.objects.filter(pk=expired.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    PageViewRestriction.objects.bulk_create([PageViewRestriction(page=private, restriction_type="login")])
    expected = [one.pk for one in shown_ones]

    assert keys(related(page, [], {("country", "JP"): 1}, 2)) == expected
    assert keys(latest(french, "country", ["JP", "KR"], 3)) == [page.pk, *expected]


@pytest.mark.parametrize("few", [0, 1000])
def test_what_has_expired_takes_no_place_of_another(french, several, monkeypatch, few):
    monkeypatch.setattr(reading, "MAX_LISTED_KEYS", few)
    monkeypatch.setattr(reading, "MAX_READ", 0)
    past = timezone.now() - timedelta(seconds=1)
    NewsArticle.objects.filter(pk=several[10].pk).update(expire_at=past)
    refresh([several[10].pk])

    pages = Paginator(articles(french, year=["2040"]), 4)

    assert [len(page.object_list) for page in pages] == [4, 4, 3]
    assert {entry.pk for page in pages for entry in page.object_list} == {one.pk for one in several} - {several[10].pk}


def test_a_page_whose_row_alone_has_been_changed_is_not_shown(french):
    hidden = ArticleFactory(date=DAY)
    NewsArticle.objects.filter(pk=hidden.pk).update(live=False)

    assert hidden.pk not in keys(articles(french)[:3])
    assert hidden.pk not in keys(latest(french, "type", ["newsarticle"], 3))


@pytest.mark.parametrize("few", [0, 1000])
@pytest.mark.parametrize(
    "chosen", [{}, {"year": ["2040"]}, {"year": ["2040"], "country": ["JP"]}, {"country": ["JP", "KE", "TO"]}]
)
def test_every_page_of_a_list_continues_the_one_before(french, several, monkeypatch, few, chosen):
    monkeypatch.setattr(reading, "MAX_LISTED_KEYS", few)
    monkeypatch.setattr(reading, "MAX_READ", 0)
    expected = sorted(
        NewsArticle.objects.filter(pk__in=list(articles(french, **chosen).pages)),
        key=lambda one: (one.sort_date, one.pk),
        reverse=True,
    )

    pages = Paginator(articles(french, **chosen), 5)

    assert pages.count == len(expected) > 0
    assert [entry.pk for page in pages for entry in page.object_list] == [one.pk for one in expected]


def test_a_list_costs_the_same_queries_on_every_page(
    french, several, visiting, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(reading, "MAX_LISTED_KEYS", 3)
    last = articles(french).count() - 1
    with visiting():
        list(articles(french)[:1])
        for start in (0, 7, last):
            with django_assert_num_queries(2):  # the keys, the entries
                list(articles(french)[start : start + 5])


def test_the_latest_of_several_values_are_listed_once_each(french):
    water, work = TopicFactory(), TopicFactory()
    both = article(topics=[water, work], date=DAY)
    older = article(topics=[work], date=DAY - timedelta(days=1))
    article(topics=[water], date=DAY - timedelta(days=2))

    assert keys(latest(french, "topic", [str(water.pk), str(work.pk)], 2)) == [both.pk, older.pk]
    assert latest(french, "topic", [], 2) == []


def test_the_nearest_entries_stand_before_later_ones_that_share_less(french):
    water = TopicFactory()
    page = article("JP", topics=[water], date=DAY)
    chosen = article(date=DAY - timedelta(days=9))
    nearest = article("JP", topics=[water], date=DAY - timedelta(days=8))
    later = article(topics=[water], date=DAY + timedelta(days=1))
    weights = {("topic", str(water.pk)): 2, ("country", "JP"): 1}

    assert keys(related(page, [chosen.pk], weights, 3)) == [chosen.pk, nearest.pk, later.pk]
    assert page.pk not in keys(related(page, [page.pk], weights, 9))


def test_a_page_without_topics_countries_or_choices_has_nothing_beside_it(french):
    assert related(article(), [], {}, 3) == []
