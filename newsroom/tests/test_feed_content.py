"""The content of articles in feeds."""

import json
import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.http import http_date

from iom.listing.writing import refresh
from iom.media.models import SiteImage
from iom.tests.addresses import LANGUAGES, NEWS, article
from iom.tests.factories import ArticleFactory, TopicFactory
from newsroom.feed_links import FORMATS
from newsroom.feeds import content
from newsroom.models import ArticleCountry, ArticleTopic, Correction, NewsArticle, NewsIndex

SITE = "https://www.example.org"
LATEST = datetime(2031, 1, 1, tzinfo=UTC)


def listed(**fields):
    """The latest article of a newsroom, as if it had just been published."""
    created = ArticleFactory(**{"date": LATEST, **fields})
    refresh([created.pk])
    return created


def newest(visitor, name, language="fr", **headers):
    """The latest item of a feed, as a feed reader parses it."""
    answer = visitor.get(f"{NEWS[language]}{name}/", **headers)
    if name == "json":
        return json.loads(answer.content)["items"][0]
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed.entries[0]


def html_of(item):
    return item["content_html"] if "content_html" in item else item.content[0].value


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["rss", "atom"])
def test_a_feed_reader_reads_every_article_whole(visitor, name, language):
    parsed = feedparser.parse(visitor.get(f"{NEWS[language]}{name}/").content)

    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == {"rss": "rss20", "atom": "atom10"}[name]
    assert parsed.feed.language == language or parsed.feed.title_detail.language == language
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries) > 10
    for entry in parsed.entries:
        here = NewsArticle.objects.get(url_path=urlsplit(entry.link).path)
        assert entry.title == here.title
        assert entry.published_parsed
        with translation.override(language):
            assert entry.tags[0].term == str(here.get_kind_display())
        words = BeautifulSoup(entry.content[0].value, "html.parser").get_text(" ", strip=True)
        assert len(words) > 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_json_feed_has_what_its_specification_asks_for(visitor, language):
    feed = json.loads(visitor.get(f"{NEWS[language]}json/").content)

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["language"], feed["feed_url"]) == (language, f"{SITE}{NEWS[language]}json/")
    for item in feed["items"]:
        assert item["id"]
        assert item["content_html"]
        assert datetime.fromisoformat(item["date_published"]).tzinfo
        assert "content_text" not in item
        assert all(isinstance(value, dict) for name, value in item.items() if name.startswith("_"))
    here = NewsArticle.objects.get(url_path=urlsplit(feed["items"][0]["url"]).path)
    assert feed["items"][0]["_iom"]["reference"] == here.reference != ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_stands_alone_without_scripts_and_leads_back_to_the_site(db, language):
    with translation.override(language):
        html = content.get_contents([article("every-block", language).pk])[article("every-block", language).pk].html
    soup = BeautifulSoup(html, "html.parser")

    assert not soup.find(["script", "style", "svg", "form", "button", "iframe", "div", "picture"])
    assert not soup.select("[class], [id], [style], [onclick], [srcset]")
    assert soup.find("blockquote")
    assert soup.find("table")
    addresses = [tag.get("href") or tag.get("src") for tag in soup.select("[href], [src]")]
    assert any(address.startswith(f"{SITE}/") for address in addresses)
    assert all(re.match(r"(https?://|mailto:|tel:)", address) for address in addresses)
    assert "@" not in soup.get_text(), "contacts leave, and a feed is kept"


def test_scripts_are_removed_from_the_content():
    wicked = (
        '<p onclick="x()">A <a href="javascript:x()">b</a> <a href="/fr/">c</a><script>x()</script></p>'
        '<img src="data:text/html,x" onerror="x()" alt="d">'
    )
    assert content.clean_html(wicked) == f'<p>A <a>b</a> <a href="{SITE}/fr/">c</a></p><img alt="d"/>'


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_text_begins_with_the_summary(visitor, name):
    here = listed(summary="40 % & <b>plus</b>", body=json.dumps([{"type": "paragraph", "value": "<p>Texte.</p>"}]))
    Correction.objects.create(article=here, date=LATEST.date(), text="Un chiffre.", locale=here.locale)
    paragraphs = BeautifulSoup(html_of(newest(visitor, name)), "html.parser").find_all("p")
    texts = [paragraph.text for paragraph in paragraphs]

    assert texts[0] == "40 % & <b>plus</b>"
    assert texts.index("Un chiffre.") < texts.index("Texte.")


def test_without_a_summary_the_text_has_no_empty_paragraph(db):
    here = ArticleFactory(summary="")
    assert "<p></p>" not in content.get_contents([here.pk])[here.pk].html


@pytest.mark.parametrize("name", list(FORMATS))
def test_links_within_the_site_lead_to_the_page_in_the_language_of_the_feed(visitor, name):
    target = article("mobile-clinics-bogota", "fr")
    paragraph = f'<p>Voir <a linktype="page" id="{target.pk}">ceci</a> et <a linktype="page" id="0">cela</a>.</p>'
    listed(body=json.dumps([{"type": "paragraph", "value": paragraph}]))

    html = html_of(newest(visitor, name))
    assert f'<a href="{SITE}{target.url}">ceci</a>' in html
    assert "linktype" not in html
    assert "cela" in html


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_picture_of_an_article_comes_with_it(visitor, name):
    image = SiteImage.objects.first()
    files = {"width-720|format-jpeg": ["images/road.jpg", 720, 540], "width-720|format-avif": ["images/r.avif", 8, 6]}
    SiteImage.objects.filter(pk=image.pk).update(rendition_map=files)
    listed(lead_picture=image, picture_alt="Une route")
    item = newest(visitor, name)

    url = f"{SITE}/media/images/road.jpg"
    if name == "json":
        assert item["image"] == url
    else:
        assert item.media_content[0] == {
            "url": url, "type": "image/jpeg", "width": "720", "height": "540", "medium": "image"
        }  # fmt: skip
    assert BeautifulSoup(html_of(item), "html.parser").img["src"] == url
    assert BeautifulSoup(html_of(item), "html.parser").img["alt"] == "Une route"


@pytest.mark.parametrize("name", list(FORMATS))
def test_topics_and_countries_are_categories_in_the_language_of_the_feed(visitor, name):
    here = listed(kind="speech")
    ArticleCountry.objects.create(article=here, country="TD")
    for topic in (TopicFactory(fr="Eau", en="Water"), TopicFactory(fr="", en="English only")):
        ArticleTopic.objects.create(article=here, topic=topic)
    refresh([here.pk])
    item = newest(visitor, name)

    assert (item["tags"] if name == "json" else [tag.term for tag in item.tags]) == ["Discours", "Eau", "Tchad"]


@pytest.mark.parametrize("name", list(FORMATS))
def test_an_article_leads_to_its_translation_while_readers_may_see_it(visitor, name):
    french, english = (article("mobile-clinics-bogota", language) for language in LANGUAGES)

    def translations():
        answer = visitor.get(f"{NEWS['fr']}{name}/")
        if name == "json":
            item = next(one for one in json.loads(answer.content)["items"] if one["url"] == SITE + french.url)
            return [(one["language"], one["url"]) for one in item["_iom"]["translations"]]
        entry = next(one for one in feedparser.parse(answer.content).entries if one.link == SITE + french.url)
        assert len(entry.links) == 1, "a reader may take any for the article's own"
        return [(entry.xhtml_link["hreflang"], entry.xhtml_link["href"])] if "xhtml_link" in entry else []

    assert translations() == [("en", SITE + english.url)]
    english.unpublish()
    assert translations() == []


@pytest.mark.parametrize("name", list(FORMATS))
def test_an_article_that_gets_another_address_is_the_same_to_feed_readers(visitor, name):
    here = listed()
    before = newest(visitor, name)["id"]
    here.slug = "another"
    here.save_revision().publish()

    assert newest(visitor, name)["id"] == before


def test_an_atom_feed_keeps_its_identifier_when_the_newsroom_gets_another_address(visitor):
    newsroom = NewsIndex.objects.get(url_path=NEWS["fr"])

    def identifiers():
        newsroom.refresh_from_db()
        addresses = [f"{newsroom.url}{below}" for below in ("atom/", "atom/?kind=speech", "rectificatifs/atom/")]
        return [feedparser.parse(visitor.get(address).content).feed.id for address in addresses]

    before = identifiers()
    newsroom.slug = "presse"
    newsroom.save_revision().publish()

    assert identifiers() == before
    assert newsroom.url == "/fr/presse/"
    assert len({*before}) == 3


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_reader_that_has_all_gets_304_before_any_text_is_read(visitor, name):
    address = f"{NEWS['fr']}{name}/"
    first = visitor.get(address)
    assert first.headers["Cache-Control"] == "no-cache"
    with CaptureQueriesContext(connection) as captured:
        by_tag = visitor.get(address, headers={"if-none-match": first.headers["ETag"]})

    assert (by_tag.status_code, by_tag.content, by_tag.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert not [query for query in captured if '"body"' in query["sql"] and "newsarticle" in query["sql"]]
    assert visitor.get(address, headers={"if-none-match": '"another"'}).status_code == 200


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_reader_that_asks_by_date_alone_is_told_of_what_was_withdrawn(visitor, name):
    here = article("mobile-clinics-bogota", "fr")
    address = f"{NEWS['fr']}{name}/"
    assert here.url in visitor.get(address).content.decode()
    here.unpublish()
    answer = visitor.get(address, headers={"if-modified-since": http_date()})

    assert answer.status_code == 200
    assert here.url not in answer.content.decode()


@pytest.mark.parametrize(
    "change", ["published", "changed", "withdrawn", "translation withdrawn", "filter", "topic", "picture"]
)
def test_a_reader_is_told_of_every_change(visitor, change):
    address = f"{NEWS['fr']}rss/"
    here = article("mobile-clinics-bogota", "fr")
    image, topic = SiteImage.objects.first(), TopicFactory()
    SiteImage.objects.filter(pk=image.pk).update(rendition_map={})
    illustrated = listed(lead_picture=image, picture_decorative=True)
    ArticleTopic.objects.create(article=illustrated, topic=topic)
    tag = visitor.get(address).headers["ETag"]
    if change == "topic":
        topic.names.update(name="Autre")
    elif change == "picture":  # which is rendered by a job
        SiteImage.objects.filter(pk=image.pk).update(rendition_map={"width-720|format-jpeg": ["images/a.jpg", 72, 54]})
    elif change == "published":
        ArticleFactory(live=False, date=LATEST).save_revision().publish()
    elif change == "changed":
        here.summary = "Autre."
        here.save_revision().publish()
    elif change == "withdrawn":
        here.unpublish()
    elif change == "translation withdrawn":
        article("mobile-clinics-bogota", "en").unpublish()
    else:
        address += "?kind=speech"

    assert visitor.get(address, headers={"if-none-match": tag}).status_code == 200


def test_texts_cost_the_same_queries_however_many_they_are(visitor, db):
    address = f"{NEWS['fr']}rss/"
    target = article("mobile-clinics-bogota", "fr")
    image = SiteImage.objects.first()
    body = [
        {"type": "paragraph", "value": f'<p><a linktype="page" id="{target.pk}">Lien</a></p>'},
        {"type": "paragraph", "value": '<p><a linktype="document" id="1">Guide</a></p>'},
        {"type": "picture", "value": {"image": image.pk, "decorative": True, "alt": "", "caption": ""}},
        {"type": "related_pages", "value": {"title": "", "pages": [target.pk]}},
    ]

    def queries():
        visitor.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert visitor.get(address).status_code == 200
        return len(captured)

    listed(body=json.dumps(body))
    one = queries()
    for _ in range(20):
        listed(body=json.dumps(body))
    assert queries() <= one
