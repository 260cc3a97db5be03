"""The newsroom for feed readers, with the filters of the list."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.http import Http404
from django.utils import timezone, translation

from iom.navigation.tests.pairs import at
from iom.tests.factories import ArticleFactory
from newsroom import feeds
from newsroom.models import NewsIndex


@pytest.fixture
def feed(rf, db):
    def feed(name, query=""):
        index = NewsIndex.objects.get(locale__language_code="fr")
        with translation.override("fr"):
            return index.serve(rf.get(f"{index.url}{name}/{query}"), feed=name)

    return feed


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("rss", "application/rss+xml"), ("atom", "application/atom+xml"), ("json", "application/feed+json")],
)
def test_a_feed_says_what_it_is_and_names_every_article_by_its_absolute_address(feed, name, media_type):
    article = ArticleFactory(title="Un « titre » & <b>signes</b>", date=datetime(2031, 1, 1, tzinfo=UTC))
    answer = feed(name)

    assert answer["Content-Type"].startswith(media_type)
    assert f"https://www.example.org{article.url}" in answer.content.decode()
    assert "<b>signes" not in answer.content.decode() or name == "json"


def test_a_feed_holds_the_thirty_latest(feed):
    for number in range(feeds.LENGTH):
        ArticleFactory(title=f"Nouvelle {number}", date=datetime(2031, 1, 1, tzinfo=UTC) + timedelta(days=number))
    items = json.loads(feed("json").content)["items"]

    assert [item["title"] for item in items] == [f"Nouvelle {number}" for number in reversed(range(feeds.LENGTH))]


def test_a_feed_takes_the_filters_and_offers_them_to_the_next_reader(feed, rf, db):
    items = json.loads(feed("json", "?kind=speech").content)["items"]
    index = at("/fr/actualites/")

    assert {item["tags"][0] for item in items} == {"Discours"}
    assert [link.url for link in feeds.links(index, rf.get("/?kind=speech&country=EG&page=2"))] == [
        f"/fr/actualites/{name}/?kind=speech&country=EG" for name in ("rss", "atom", "json")
    ]


def test_a_change_of_the_text_is_told_apart_from_its_release(feed):
    updated = datetime(2031, 2, 1, tzinfo=UTC)
    ArticleFactory(date=datetime(2031, 1, 1, tzinfo=UTC), updated_at=updated)
    item = json.loads(feed("json").content)["items"][0]

    assert item["date_published"].startswith("2031-01-01")
    assert item["date_modified"].startswith("2031-02-01")


def routed(rf, address, *components):
    page = at(address)
    return page.route(rf.get(address), list(components))


def test_feeds_stand_below_the_newsroom_and_nothing_else_does(rf, db):
    assert routed(rf, "/fr/actualites/", "rss").kwargs == {"feed": "rss"}
    for components in (["xml"], ["rss", "more"], ["rss", "rss"], ["RSS"]):
        with pytest.raises(Http404):
            routed(rf, "/fr/actualites/", *components)


@pytest.mark.parametrize("state", ["draft", "expired", "alias"])
def test_a_newsroom_that_is_not_shown_has_no_feed(rf, db, state):
    index = at("/fr/actualites/")
    changes = {
        "draft": {"live": False},
        "expired": {"expire_at": timezone.now() - timedelta(seconds=1)},
        "alias": {"alias_of": at("/en/news/").page_ptr},
    }
    NewsIndex.objects.filter(pk=index.pk).update(**changes[state])

    with pytest.raises(Http404):
        routed(rf, "/fr/actualites/", "rss")


@pytest.mark.parametrize("name", list(feeds.FORMATS))
def test_an_article_does_not_take_the_address_of_a_feed(rf, db, name):
    article = ArticleFactory(title=name.upper(), slug="")

    assert article.slug != name
    assert routed(rf, "/fr/actualites/", name).kwargs == {"feed": name}


@pytest.mark.parametrize("more", [0, 10])
def test_a_feed_costs_the_same_however_many_articles_it_holds(feed, django_assert_max_num_queries, more):
    for _ in range(more):
        ArticleFactory()
    feed("rss")

    with django_assert_max_num_queries(6):
        feed("rss")


def test_the_name_of_a_feed_is_what_readers_know_it_by(rf):
    index = SimpleNamespace(url="/en/news/")

    assert [link.name for link in feeds.links(index, rf.get("/"))] == ["RSS", "Atom", "JSON"]
