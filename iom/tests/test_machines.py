"""What robots read: sitemaps, feeds, robots.txt, security.txt, health."""

import json
import re
from datetime import datetime
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import DataError, OperationalError, connection, transaction
from django.utils import timezone
from wagtail.models import Page

from iom.listing.reading import latest
from iom.listing.writing import refresh
from iom.navigation.visibility import visible
from iom.tests.addresses import LANGUAGES, NAMES, NEWS, article, page
from iom.tests.test_leaks import hidden_articles
from newsroom.models import NewsArticle, NewsIndex

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def sitemap(visitor) -> dict[str, dict[str, str]]:
    """Address → its alternates by language."""
    root = ElementTree.fromstring(visitor.get("/sitemap.xml").content)  # noqa: S314  (our own)
    return {
        url.find("s:loc", SITEMAP).text: {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", SITEMAP)
        }
        for url in root.findall("s:url", SITEMAP)
    }


def test_the_sitemap_lists_every_page_that_anyone_may_see_and_no_other(visitor):
    expected = {
        settings.SITE_URL + url for url in visible(Page.objects.filter(depth__gt=1)).values_list("url_path", flat=True)
    }
    countries = {
        address for address in sitemap(visitor) if re.search(r"/(ou-travaillons-nous|where-we-work)/.", address)
    }
    assert set(sitemap(visitor)) - countries == expected
    assert len(expected) > 90


@pytest.mark.parametrize("name", NAMES)
def test_the_sitemap_and_the_head_of_a_page_agree(visitor, name):
    listed = sitemap(visitor)
    for language in LANGUAGES:
        here = page(name, language).url
        links = BeautifulSoup(visitor.get(here).content, "html5lib").select("link[rel=alternate][hreflang]")
        assert listed[settings.SITE_URL + here] == {link["hreflang"]: link["href"] for link in links}


def test_the_sitemap_takes_the_same_queries_however_many_pages(visitor, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        visitor.get("/sitemap.xml")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("feed", ["rss", "atom", "json"])
def test_a_feed_holds_the_latest_articles_of_its_language_and_nothing_hidden(visitor, language, feed):
    response = visitor.get(f"{NEWS[language]}{feed}/")
    assert response.status_code == 200
    content = response.content.decode()
    locale = page("index", language).locale
    for text in latest(locale, "type", ["newsarticle"], 10):
        assert settings.SITE_URL + text.url in content
    for text in hidden_articles():
        assert text.title not in content
        assert text.url not in content
    if feed == "json":
        assert json.loads(content)["language"] == language
    else:
        ElementTree.fromstring(content)  # noqa: S314  (our own)


def test_a_feed_takes_the_filters_of_the_index(visitor):
    items = json.loads(visitor.get(f"{NEWS['en']}json/?kind=speech").content)["items"]
    assert items
    assert {item["tags"][0] for item in items} == {"Speech"}


def test_the_news_sitemap_holds_the_news_of_two_days_in_both_languages(visitor):
    for language in LANGUAGES:
        NewsArticle.objects.filter(pk=article("bridging-classes", language).pk).update(date=timezone.now())
    NewsArticle.objects.filter(pk=article("border-posts-review", "fr").pk).update(date=timezone.now())
    content = visitor.get("/news-sitemap.xml").content.decode()
    assert content.count("<loc>") == len(LANGUAGES)
    assert article("border-posts-review", "fr").url not in content


def test_robots_stay_out_of_the_admin_and_of_search(visitor):
    lines = visitor.get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /admin/", "Disallow: /fr/recherche/", "Disallow: /en/search/"} <= set(lines)
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in lines


def test_security_txt_names_a_contact_and_has_not_expired(visitor):
    fields = dict(
        line.split(": ", 1) for line in visitor.get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert fields["Contact"].startswith("mailto:security@")
    assert datetime.fromisoformat(fields["Expires"]) > timezone.now()


def test_readiness_asks_the_database_and_liveness_does_not(client, monkeypatch, db):
    assert client.get("/-/ready").status_code == 200

    def fail(*args, **kwargs):
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr("iom.core.views.connection.cursor", fail)
        assert client.get("/-/ready").status_code == 503
        assert client.get("/-/live").status_code == 200


@pytest.mark.parametrize("address", ["{news}rss/", "{news}atom/", "{news}json/", "/news-sitemap.xml", "/sitemap.xml"])
@pytest.mark.parametrize("character", ["\0", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_control_character_in_the_database_makes_nothing_unreadable(visitor, address, character):
    words, index = f"before{character}after", page("index", "fr")
    if character == "\0" and connection.vendor == "postgresql":  # which does not store it
        with pytest.raises(DataError), transaction.atomic():
            NewsIndex.objects.filter(pk=index.pk).update(title=words)
        return
    NewsIndex.objects.filter(pk=index.pk).update(title=words, introduction=words)
    newest = latest(index.locale, "type", ["newsarticle"], 1)[0]
    NewsArticle.objects.filter(pk=newest.pk).update(
        title=words, summary=words, url_path=f"{index.url_path}{words}/", date=timezone.now()
    )
    refresh([newest.pk])
    content = visitor.get(address.format(news=NEWS["fr"])).content.decode()
    if "json" in address:
        json.loads(content)
    else:
        ElementTree.fromstring(content)  # noqa: S314  (our own)
    assert "after" in content


@pytest.mark.parametrize("character", ["%00", "%0B", "%EF%BF%BF"])
@pytest.mark.parametrize("feed", ["rss", "atom"])
def test_a_control_character_in_a_filter_makes_no_feed_unreadable(visitor, feed, character):
    ElementTree.fromstring(visitor.get(f"{NEWS['fr']}{feed}/?q=eau{character}").content)  # noqa: S314  (our own)
