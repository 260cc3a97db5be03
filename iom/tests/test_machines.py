"""What robots read: sitemaps, feeds, robots.txt, security.txt."""

import json
import re
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from iom.listing.reading import latest
from iom.listing.writing import refresh
from iom.media.models import SiteImage
from iom.navigation.visibility import visible
from iom.seo import sitemaps
from iom.tests import sitemap
from iom.tests.addresses import LANGUAGES, NAMES, NEWS, article, page
from iom.tests.factories import ArticleFactory
from iom.tests.test_leaks import hidden_articles
from newsroom.dates import noon
from newsroom.feeds import views as feeds
from newsroom.models import NewsArticle, NewsIndex

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def listed_addresses(visitor) -> dict[str, dict[str, str]]:
    """Returns the addresses of the whole sitemap, each with its alternates by language."""
    return {sitemap.address(url): sitemap.alternates(url) for url in sitemap.entries(visitor)}


def test_the_sitemap_lists_each_public_page_once_and_no_other_page(visitor):
    public = visible(Page.objects.filter(depth__gt=1)).values_list("url_path", flat=True)
    listed = [sitemap.address(url) for url in sitemap.entries(visitor)]
    routes = r"/(ou-travaillons-nous|where-we-work)/.|/(rectificatifs|corrections)/$"
    pages = [address for address in listed if not re.search(routes, address)]

    assert sorted(pages) == sorted(settings.SITE_URL + path for path in public)
    assert len(set(listed)) == len(listed) > 90


def test_every_address_of_the_sitemap_is_served_and_its_alternates_link_back_to_it(visitor):
    listed = listed_addresses(visitor)
    for address, alternates in listed.items():
        answer = visitor.get(address.removeprefix(settings.SITE_URL))
        assert answer.status_code == 200, address
        assert f'rel="canonical" href="{address}"' in answer.content.decode(), address
        assert address in alternates.values()
        for language, other in alternates.items():
            if language != "x-default":
                assert listed[other] == alternates, address


@pytest.mark.parametrize("name", NAMES)
def test_the_sitemap_and_the_head_of_a_page_agree(visitor, name):
    listed = listed_addresses(visitor)
    for language in LANGUAGES:
        here = page(name, language).url
        links = BeautifulSoup(visitor.get(here).content, "html5lib").select("link[rel=alternate][hreflang]")
        assert listed[settings.SITE_URL + here] == {link["hreflang"]: link["href"] for link in links}


def test_a_large_sitemap_is_split_into_parts_without_loss(visitor, monkeypatch):
    whole = listed_addresses(visitor)
    monkeypatch.setattr(sitemaps, "PART_SIZE", 7)
    parts = sitemap.addresses_of_parts(visitor)
    sizes = [visitor.get(address).content.count(b"<loc>") for address in parts if "pages" in address]

    assert len(sizes) > 10
    assert 0 < min(sizes) <= max(sizes) <= 7
    assert listed_addresses(visitor) == whole


def test_a_part_of_the_sitemap_needs_the_same_queries_at_any_size(visitor, monkeypatch):
    monkeypatch.setattr(sitemaps, "PART_SIZE", 100_000)
    with CaptureQueriesContext(connection) as whole:
        visitor.get("/sitemap-pages-1.xml")
    monkeypatch.setattr(sitemaps, "PART_SIZE", 10)
    number = re.search(r"pages-\d+", visitor.get("/sitemap.xml").content.decode())[0]
    with CaptureQueriesContext(connection) as part:
        visitor.get(f"/sitemap-{number}.xml")

    assert len(part) == len(whole) <= 3
    with CaptureQueriesContext(connection) as index:
        visitor.get("/sitemap.xml")
    assert len(index) <= 12


def test_the_sitemap_has_the_picture_of_an_article(visitor):
    here = article("mobile-clinics-bogota", "fr")
    image = here.lead_picture or SiteImage.objects.first()
    SiteImage.objects.filter(pk=image.pk).update(
        rendition_map={"width-720|format-jpeg": ["images/road.jpg", 720, 540]}
    )
    NewsArticle.objects.filter(pk=here.pk).update(lead_picture=image)
    refresh([here.pk])
    pictures = {sitemap.address(url): sitemap.picture(url) for url in sitemap.entries(visitor)}

    assert pictures[settings.SITE_URL + here.url] == f"{settings.SITE_URL}/media/images/road.jpg"
    assert pictures[f"{settings.SITE_URL}/fr/"] is None


def test_a_page_that_has_expired_or_is_private_is_in_no_sitemap(visitor):
    french, english = (article("bridging-classes", language) for language in LANGUAGES)
    Page.objects.filter(pk=french.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    listed = listed_addresses(visitor)
    assert settings.SITE_URL + french.url not in listed
    assert set(listed[settings.SITE_URL + english.url]) == {"en", "x-default"}

    PageViewRestriction.objects.create(page=english, restriction_type="login")
    assert settings.SITE_URL + english.url not in listed_addresses(visitor)


@pytest.mark.parametrize(
    "part", ["nothing", "pages-0", "pages-01", "pages-999", "pages-1٢", "pages-999999999", f"pages-{10**20}"]
)
def test_a_part_that_does_not_exist_is_not_found(visitor, part):
    assert visitor.get(f"/sitemap-{part}.xml").status_code == 404


def test_a_part_without_an_address_is_not_found(visitor):
    NewsIndex.objects.update(live=False)
    refresh(NewsIndex.objects.values_list("pk", flat=True))
    assert "corrections" not in visitor.get("/sitemap.xml").content.decode()
    assert visitor.get("/sitemap-corrections.xml").status_code == 404


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
    recent = [article("bridging-classes", language) for language in LANGUAGES]
    hidden = article("border-posts-review", "fr")
    for text in (*recent, hidden):
        NewsArticle.objects.filter(pk=text.pk).update(date=timezone.now(), sort_date=timezone.now())
    Page.objects.filter(pk=hidden.pk).update(expire_at=timezone.now())
    refresh([text.pk for text in (*recent, hidden)])
    content = visitor.get("/news-sitemap.xml").content.decode()
    assert content.count("<loc>") == len(LANGUAGES)
    assert hidden.url not in content
    for language, name in (("fr", "OIM"), ("en", "IOM")):
        assert f"<news:name>{name}</news:name><news:language>{language}</news:language>" in content


def test_the_news_sitemap_gives_only_the_day_where_the_hour_is_unknown(visitor):
    now = timezone.localtime()
    french, english = (article("bridging-classes", language) for language in LANGUAGES)
    for text, date in ((french, noon(now.date())), (english, now)):
        NewsArticle.objects.filter(pk=text.pk).update(date=date, sort_date=now)
    refresh([french.pk, english.pk])
    content = BeautifulSoup(visitor.get("/news-sitemap.xml").content, "xml")
    dates = {url.loc.text.removeprefix(settings.SITE_URL): url.publication_date.text for url in content("url")}

    assert dates[french.url] == now.date().isoformat()
    assert dates[english.url] == now.isoformat(timespec="seconds")


def test_the_news_sitemap_omits_future_articles_and_has_a_maximum_length(visitor, monkeypatch):
    now = timezone.now()
    later, *news = [ArticleFactory(date=now + timedelta(hours=hours)) for hours in (1, -1, -2)]
    content = visitor.get("/news-sitemap.xml").content.decode()
    assert later.url not in content
    assert all(text.url in content for text in news)

    monkeypatch.setattr(feeds, "_MAX_NEWS", 1)
    assert re.findall("<loc>(.*)</loc>", visitor.get("/news-sitemap.xml").content.decode()) == [news[0].full_url]


def test_robots_txt_disallows_the_admin_and_search(visitor):
    lines = visitor.get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /admin/", "Disallow: /fr/recherche/", "Disallow: /en/search/"} <= set(lines)
    assert {f"Sitemap: {settings.SITE_URL}/{name}.xml" for name in ("sitemap", "news-sitemap")} <= set(lines)


def test_security_txt_names_a_contact_and_has_not_expired(visitor):
    fields = dict(
        line.split(": ", 1) for line in visitor.get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert fields["Contact"].startswith("mailto:security@")
    assert datetime.fromisoformat(fields["Expires"]) > timezone.now()


@pytest.mark.parametrize(
    "address", ["{news}rss/", "{news}atom/", "{news}json/", "/news-sitemap.xml", "/sitemap-pages-1.xml"]
)
@pytest.mark.parametrize("character", ["\0", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_control_character_in_the_database_makes_nothing_unreadable(visitor, address, character):
    words, index = f"before{character}after", page("index", "fr")
    if character == "\0" and connection.vendor == "postgresql":  # PostgreSQL does not store it
        with pytest.raises(DataError), transaction.atomic():
            NewsIndex.objects.filter(pk=index.pk).update(title=words)
        return
    NewsIndex.objects.filter(pk=index.pk).update(title=words, introduction=words)
    (newest,) = latest(index.locale, "type", ["newsarticle"], 1)
    NewsArticle.objects.filter(pk=newest.pk).update(
        title=words,
        summary=words,
        url_path=f"{index.url_path}{words}/",
        date=timezone.now(),
        sort_date=timezone.now(),
        body=json.dumps([{"type": "heading", "value": words}]),
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
def test_a_feed_is_valid_xml_if_a_filter_has_a_control_character(visitor, feed, character):
    ElementTree.fromstring(visitor.get(f"{NEWS['fr']}{feed}/?q=eau{character}").content)  # noqa: S314  (our own)
