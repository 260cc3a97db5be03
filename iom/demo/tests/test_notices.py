"""Every article of the demonstration begins with its notice, in all its forms."""

import html
import json
import re

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.utils import timezone, translation

from iom.demo import content, notices
from iom.demo.generated.records import Records
from iom.demo.generated.story import Story
from iom.listing.reading import shown
from iom.tests.addresses import LANGUAGES, NEWS
from newsroom.feed_links import FORMATS
from newsroom.models import NewsArticle
from newsroom.press import builder, contents
from search.highlighting import Highlighter
from search.models import Document
from search.parsing import parse

TABLES = {table["key"]: table for table in notices.get_articles()}
TEXTS = [(key, language) for key, table in TABLES.items() for language in LANGUAGES if language in table]
KEYS = {content.stable_uuid(key): key for key in TABLES}
CAPTIONS = {"fr": "Scène imaginée. ", "en": "Imagined scene. "}
FICTIONAL = {"fr": "Exemple fictif", "en": "Fictional example"}
SAID = {
    "fr": "Les faits, les chiffres, les citations et les personnes",
    "en": "The facts, figures, quotations and people",
}


def title_of(article):
    """The title of the notice of an article."""
    notice = TABLES[KEYS[article.translation_key]]["body"][0]
    return notice[article.locale.language_code]["title"]


@pytest.fixture
def articles(db):
    """The latest revisions of all articles of the demonstration, in any state."""
    pages = NewsArticle.objects.filter(translation_key__in=KEYS).select_related("locale")
    found = {(KEYS[page.translation_key], page.locale.language_code): page for page in pages}
    assert set(TEXTS) <= set(found)  # besides, translations that have been begun
    return [found[text].get_latest_revision_as_object() for text in TEXTS]


@pytest.fixture
def public(db):
    """The articles that visitors read."""
    keys = shown().filter(translation_key__in=KEYS).values("pk")
    found = list(NewsArticle.objects.filter(pk__in=keys).select_related("locale", "lead_picture"))
    assert len(found) > 40
    return found


@pytest.mark.parametrize(("key", "language"), TEXTS)
def test_summary_description_and_text_begin_with_the_notice(key, language):
    table = TABLES[key]
    notice = table["body"][0]
    title = notice[language]["title"]
    assert notice["type"] == "callout"
    assert table[language]["summary"].startswith(f"{title}. ")
    assert len(table[language]["summary"]) <= NewsArticle._meta.get_field("summary").max_length
    assert table[language].get("search_description", title).startswith(title)
    assert table[language].get("picture_caption", CAPTIONS[language]).startswith(CAPTIONS[language])
    if "adapted" in table:
        assert "2016" in title
    else:
        assert title == FICTIONAL[language]
        assert SAID[language] in notice[language]["text"]
    assert [
        block for block in table["body"][1:] if block["type"] == "callout" and block[language]["title"] == title
    ] == []


@pytest.mark.parametrize(("key", "language"), TEXTS)
def test_figures_that_look_sourced_are_marked(key, language):
    table = TABLES[key]
    if "adapted" in table:
        return
    for block in table["body"]:
        for figure in block.get("figures", []):
            assert "ficti" in figure[language]["source"]
        if block["type"] == "table":
            assert "ficti" in block[language]["caption"]
        for picture in [block] if block["type"] == "picture" else block.get("pictures", []):
            if picture[language]["caption"]:
                assert picture[language]["caption"].startswith(CAPTIONS[language])


def test_one_article_alone_follows_a_real_release():
    assert [key for key, table in TABLES.items() if "adapted" in table] == ["canada-25000-syrian-refugees"]
    quoted = [block.get("speaker", "") for block in TABLES["canada-25000-syrian-refugees"]["body"]]
    assert set(quoted) == {"", "Mohammed"}, "a minister is reported, not quoted"


def test_a_notice_is_put_before_an_article_that_is_added():
    table = {
        "key": "new",
        "fr": {"title": "Titre", "summary": "Un résumé.", "picture_caption": ""},
        "body": [{"type": "heading", "fr": "Un"}, {"type": "paragraph", "fr": "<p>Deux</p>"}],
        "change": {"index": 1, "fr": "<p>Trois</p>"},
        "begun": {"words": [{"fr": "Un", "en": "One"}]},
    }
    marked = notices.add_notices(table)
    assert marked["fr"] == {"title": "Titre", "summary": "Exemple fictif. Un résumé.", "picture_caption": ""}
    assert [block["type"] for block in marked["body"]] == ["callout", "heading", "paragraph"]
    assert marked["body"][marked["change"]["index"]]["fr"] == "<p>Deux</p>"
    assert marked["begun"]["words"] == [FICTIONAL, {"fr": "Un", "en": "One"}]
    assert table["body"][0]["type"] == "heading", "what was read is left as it is"


def test_generated_articles_begin_with_the_notice_as_well():
    known = Records(offices=[1], contacts=[1], topics=[1, 2, 3], pictures=[1], countries=["CO", "JO", "NE"])
    for place in range(30):
        story = Story(place, timezone.now(), known)
        for language in LANGUAGES:
            said = story.text(language)
            assert said.summary.startswith(f"{FICTIONAL[language]}. ")
            assert said.body[0]["value"] == notices.get_notice(language)
            assert said.body[0]["type"] == "callout"
            figures = [block["value"]["figures"] for block in said.body if block["type"] == "key_figures"]
            for item in [item for some in figures for item in some]:
                assert "ficti" in item["value"]["source"]


def test_drafts_scheduled_expired_and_private_texts_have_the_notice_too(articles):
    for article in articles:
        title = title_of(article)
        assert article.summary.startswith(f"{title}. "), article
        assert article.body[0].value["title"] == title, article


def test_the_notice_is_first_on_the_page_and_in_its_structured_data(visitor, public):
    for article in public:
        title = title_of(article)
        soup = BeautifulSoup(visitor.get(article.url).content, "html5lib")
        assert soup.select_one(".article-summary").get_text().startswith(f"{title}. "), article
        assert soup.select_one("#text").get_text(" ", strip=True).startswith(title), article
        for name in ('meta[name="description"]', 'meta[property="og:description"]'):
            assert soup.select_one(name)["content"].startswith(title), article
        graph = json.loads(soup.select_one('script[type="application/ld+json"]').string)["@graph"]
        told = next(thing for thing in graph if thing["@type"] == "NewsArticle")
        assert told["description"].startswith(title), article
        if caption := soup.select_one(".article-picture .figcaption-text"):
            assert caption.get_text().startswith(CAPTIONS[article.locale.language_code]), article


def test_the_notice_is_first_in_the_plain_text_and_in_the_press_archive(visitor, public):
    for article in public:
        title, language = title_of(article), article.locale.language_code
        with translation.override(language):
            text = visitor.get(article.text_url).content.decode()
            packed = contents.collect(article)
            credits = builder.credits_text(article, packed)
            words = [words for block in article.body for words in block.block.passages(block.value)]
        passages = text.split("\n\n")
        assert passages[2].startswith(f"{title}. "), article
        following = [passages.index(word) for word in words[1:] if word in passages]
        assert passages.index(title) < min(following), article
        assert packed.text == text
        pictures = [one for one in [*packed.pictures, *packed.withheld] if one.caption]
        assert all(one.caption.startswith(CAPTIONS[language]) for one in pictures), article
        assert credits.count(CAPTIONS[language]) == len(pictures), article


@pytest.mark.parametrize("name", list(FORMATS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_is_first_in_feeds(visitor, public, name, language):
    here = {article.title: article for article in public if article.locale.language_code == language}
    items = read(visitor.get(f"{NEWS[language]}{name}/").content, name)
    assert set(here) <= {title for title, _summary, _text in items}
    for title, summary, text in items:
        notice = title_of(here[title])
        assert summary.startswith(f"{notice}. "), title
        soup = BeautifulSoup(text, "html.parser")
        figure = soup.find("figure")
        if here[title].lead_picture:
            assert figure.figcaption.get_text(" ", strip=True).startswith(CAPTIONS[language]), title
            figure.decompose()
        before, found, _rest = soup.get_text(" ", strip=True).partition(notice)
        corrections = "".join(row.text for row in here[title].corrections.all())
        assert found, title
        assert len(before) <= len(corrections) + 60 * bool(corrections), title  # a correction alone may precede it


def read(data, name):
    """Title, summary and text of each item of a feed."""
    if name == "json":
        return [(item["title"], item["summary"], item["content_html"]) for item in json.loads(data)["items"]]
    entries = feedparser.parse(data).entries
    return [(entry.title, html.unescape(entry.summary), entry.content[0].value) for entry in entries]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_is_first_in_lists(visitor, public, language):
    titles = {}
    for number in range(1, 9):
        answer = visitor.get(f"{NEWS[language]}?page={number}")
        for row in BeautifulSoup(answer.content, "html5lib").select("main .row"):
            titles[row.select_one(".row-title").get_text(strip=True)] = row.select_one(".row-summary")
    listed = [one for one in public if one.locale.language_code == language and one.title in titles]
    assert listed
    for article in listed:
        assert titles[article.title].get_text().startswith(f"{title_of(article)}. "), article
    entries = shown().filter(translation_key__in=KEYS, locale__language_code=language)
    assert entries
    for entry in entries:
        notice = TABLES[KEYS[entry.translation_key]]["body"][0][language]["title"]
        assert entry.summary.startswith(f"{notice}. ")
        assert entry.description == "" or entry.description.startswith(f"{notice}. ")


def test_the_notice_is_first_in_the_passages_of_search_results(public):
    of_page = {document.page_id: document for document in Document.objects.filter(page__in=public)}
    for article in public:
        document, title = of_page[article.pk], title_of(article)
        words = re.findall(r"[a-zà-ÿ]{7,}", document.text)
        assert len(words) > 30
        for word in [words[len(words) // 2], words[-1], "zzzz"]:
            asked = parse(word, article.locale.language_code, [])
            found = Highlighter(asked).snippet(document.summary, document.text)
            assert BeautifulSoup(found, "html.parser").get_text().startswith(title), (article, word)
