"""The feeds of the newsroom, with the filters of the list."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from xml.etree import ElementTree

import feedparser
import pytest
from django.http import Http404
from django.utils import timezone, translation

from iom.navigation.tests.pairs import at
from iom.tests.factories import ArticleFactory
from newsroom import feed_links
from newsroom.feeds import views as feeds
from newsroom.models import ArticleCountry, NewsIndex

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def feed(rf, db):
    def feed(name, query=""):
        index = NewsIndex.objects.get(locale__language_code="fr")
        with translation.override("fr"):
            return feeds.respond(index, rf.get(f"{index.url}{name}/{query}"), name)

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
    for number in range(feeds.MAX_ITEMS):
        ArticleFactory(title=f"Nouvelle {number}", date=datetime(2031, 1, 1, tzinfo=UTC) + timedelta(days=number))
    items = json.loads(feed("json").content)["items"]

    assert [item["title"] for item in items] == [f"Nouvelle {number}" for number in reversed(range(feeds.MAX_ITEMS))]


def test_a_feed_takes_the_filters_and_offers_them_to_the_next_reader(feed, rf, db):
    items = json.loads(feed("json", "?kind=speech").content)["items"]
    index = at("/fr/actualites/")

    assert {item["tags"][0] for item in items} == {"Discours"}
    assert [
        link.url
        for link in feed_links.get_links(index.url, feed_links.filter_query(rf.get("/?kind=speech&country=EG&page=2")))
    ] == [f"/fr/actualites/{name}/?kind=speech&country=EG" for name in ("rss", "atom", "json")]


@pytest.mark.parametrize(
    "query", ["?country=KI", "?country=XX", "?topic=rien", "?year=1066", "?kind=nonsense", "?kind=story&scope=x"]
)
@pytest.mark.parametrize("name", list(feed_links.FORMATS))
def test_a_feed_of_what_has_no_news_is_valid_and_empty(feed, name, query):
    answer = feed(name, query)

    assert answer.status_code == 200
    if name == "json":
        assert json.loads(answer.content)["items"] == []
    else:
        parsed = feedparser.parse(answer.content)
        assert (bool(parsed.bozo), parsed.entries) == (False, [])


def test_the_feed_of_a_country_stays_its_own_when_its_last_article_goes(feed):
    article = ArticleFactory()
    article.countries = [ArticleCountry(country="KI")]
    article.save()
    title, (item,) = (json.loads(feed("json", "?country=KI").content)[name] for name in ("title", "items"))
    assert item["url"].endswith(article.url)
    article.unpublish()

    told = json.loads(feed("json", "?country=KI").content)
    assert (told["title"], told["items"]) == (title, [])
    assert title.startswith("Kiribati – ")


def test_a_change_of_the_text_is_told_apart_from_its_release(feed):
    updated = datetime(2031, 2, 1, tzinfo=UTC)
    ArticleFactory(date=datetime(2031, 1, 1, tzinfo=UTC), updated_at=updated)
    item = json.loads(feed("json").content)["items"][0]

    assert item["date_published"].startswith("2031-01-01")
    assert item["date_modified"].startswith("2031-02-01")


def test_an_atom_feed_says_when_a_text_was_changed(feed):
    ArticleFactory(date=datetime(2031, 1, 1, tzinfo=UTC), updated_at=datetime(2031, 2, 1, tzinfo=UTC))
    (entry, *_others) = feedparser.parse(feed("atom").content).entries

    assert (entry.published[:10], entry.updated[:10]) == ("2031-01-01", "2031-02-01")


def test_signs_of_a_summary_are_read_as_they_were_written(feed):
    """The summary of an item of RSS is HTML."""
    ArticleFactory(summary="40 % & <b>plus</b>", date=datetime(2031, 1, 1, tzinfo=UTC))
    item = ElementTree.fromstring(feed("rss").content).find("channel/item")  # noqa: S314  (our own)

    assert item.findtext("description") == "40 % &amp; &lt;b&gt;plus&lt;/b&gt;"
    assert item.find("guid").get("isPermaLink") == "false"


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


@pytest.mark.parametrize("name", list(feed_links.FORMATS))
def test_an_article_does_not_take_the_address_of_a_feed(rf, db, name):
    article = ArticleFactory(title=name.upper(), slug="")

    assert article.slug != name
    assert routed(rf, "/fr/actualites/", name).kwargs == {"feed": name}


@pytest.mark.parametrize("more", [0, 10])
def test_a_feed_costs_the_same_however_many_articles_it_holds(feed, visiting, django_assert_max_num_queries, more):
    for _ in range(more):
        ArticleFactory()
    with visiting():
        feed("rss")
        with django_assert_max_num_queries(13):  # the list, and the texts with what they show
            feed("rss")


def test_the_name_of_a_feed_is_what_readers_know_it_by(rf):
    index = SimpleNamespace(url="/en/news/")

    assert [link.name for link in feed_links.get_links(index.url)] == ["RSS", "Atom", "JSON"]


def heads(answer):
    """The metadata of an Atom, RSS or JSON feed: its title, its own address, that of the list."""
    if "json" in answer["Content-Type"]:
        told = json.loads(answer.content)
        return told["title"], told["feed_url"], told["home_page_url"]
    root = ElementTree.fromstring(answer.content)  # noqa: S314  (our own)
    head = root.find("channel") if root.tag == "rss" else root
    links = {link.get("rel"): link.get("href") for link in head.findall(f"{ATOM}link")}
    name = "" if root.tag == "rss" else ATOM
    return head.findtext(f"{name}title"), links["self"], head.findtext("link") or links["alternate"]


@pytest.mark.parametrize("name", list(feed_links.FORMATS))
@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Actualités – OIM"),
        ("?page=2&unknown=1", "Actualités – OIM"),
        ("?kind=speech&country=TD", "Discours, Tchad – Actualités – OIM"),
        ("?region=africa&q=eau", "Afrique, « eau » – Actualités – OIM"),
    ],
)
def test_a_feed_says_what_it_is_filtered_by_and_leads_to_the_list(feed, name, query, title):
    told, itself, listed = heads(feed(name, query))

    assert told.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ") == title
    assert itself == f"https://www.example.org/fr/actualites/{name}/{query}"
    assert listed == f"https://www.example.org/fr/actualites/{query.replace('page=2&', '')}"


@pytest.mark.parametrize("parameter", ["kind", "scope", "region", "country", "topic", "year", "q"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_two_filters_give_a_feed_the_same_title(visitor, parameter, language):
    index = NewsIndex.objects.get(locale__language_code=language)
    known = visitor.get(index.url).context["options"] | {"region": [("africa", "")], "q": [("eau", "")]}
    addresses = [
        f"{index.url}json/",
        *(f"{index.url}json/?{parameter}={value}" for value, *_label in known[parameter]),
    ]
    titles = [heads(visitor.get(address))[0] for address in addresses]

    assert len(titles) > 1
    assert len(set(titles)) == len(titles)
    assert all(title.endswith(f"{index.title} – {'OIM' if language == 'fr' else 'IOM'}") for title in titles)


def test_the_list_offers_its_feeds_by_their_titles(visitor):
    page = visitor.get("/en/news/?kind=speech").content.decode()

    assert 'title="Speech – News – IOM (RSS)"' in page
