"""The public page and the feeds of corrections in each language."""

import datetime
import json

import feedparser
import pytest
from bs4 import BeautifulSoup

from iom.tests.addresses import CORRECTIONS, LANGUAGES, NEWS, article
from iom.tests.factories import ArticleFactory
from newsroom.feed_links import FORMATS
from newsroom.models import Correction, NewsArticle

pytestmark = pytest.mark.django_db
DAY = datetime.date(2031, 5, 2)


def corrected(day, *texts, **fields):
    one = ArticleFactory(**fields)
    one.corrections = [
        Correction(date=day + datetime.timedelta(days=number), text=text, locale=one.locale)
        for number, text in enumerate(texts)
    ]
    one.save()
    return one


def page(visitor, language="fr", query=""):
    answer = visitor.get(f"{CORRECTIONS[language]}{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content.decode(), "html.parser").main


def test_the_last_corrected_stands_first_with_all_that_was_said(visitor):
    early = corrected(DAY, "Avant.", title="Tôt")
    late = corrected(DAY + datetime.timedelta(days=9), "Un <b>chiffre</b>.", "Deux.", title="Tard")
    rows = page(visitor).select(".row")
    assert [row.a["href"] for row in rows[:2]] == [late.url, early.url]
    assert rows[0].text.index("Deux.") < rows[0].text.index("Un <b>chiffre</b>.")
    assert "11 mai 2031" in rows[0].text
    assert "12 mai 2031" in rows[0].text


def test_the_day_of_an_only_correction_is_said_once(visitor):
    corrected(DAY, "Un chiffre.")
    (row,) = [row for row in page(visitor).select(".row") if "Un chiffre." in row.text]
    assert row.text.count("2 mai 2031") == 1


def test_without_corrections_the_page_says_so_in_the_place_of_the_rows(visitor):
    for one in NewsArticle.objects.filter(corrections__isnull=False).distinct():
        one.unpublish()
    (row,) = page(visitor).select(".rows .row-text")
    assert row.text == "Aucun article n’a été rectifié."


@pytest.mark.parametrize("language", LANGUAGES)
def test_newsroom_and_each_correction_lead_there(visitor, language):
    one = article("mobile-clinics-bogota", language)
    link = f'href="{CORRECTIONS[language]}"'
    assert link in visitor.get(NEWS[language]).content.decode()
    assert link in visitor.get(one.url).content.decode()
    assert one.corrections.first().public_text in page(visitor, language).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_leads_to_its_counterpart_in_the_other_language(visitor, language):
    other = "en" if language == "fr" else "fr"
    html = visitor.get(CORRECTIONS[language]).content.decode()
    assert f'hreflang="{other}" href="https://www.example.org{CORRECTIONS[other]}"' in html
    assert f'href="{CORRECTIONS[other]}"' in html


def test_corrections_of_hidden_articles_are_not_listed(visitor):
    one = corrected(DAY, "Une phrase secrète.", title="Caché")
    assert "secrète" in page(visitor).text
    NewsArticle.objects.get(pk=one.pk).unpublish()
    assert "secrète" not in page(visitor).text
    for name in FORMATS:
        assert "secrète" not in visitor.get(f"{CORRECTIONS['fr']}{name}/").content.decode()


def test_a_long_list_has_several_pages(visitor):
    for number in range(14):
        corrected(DAY, f"Texte {number}.")
    assert page(visitor, query="?page=2").select(".row")
    assert visitor.get(f"{CORRECTIONS['fr']}?page=99").status_code == 404


def test_a_feed_has_a_bounded_number_of_corrections(visitor, monkeypatch):
    monkeypatch.setattr("newsroom.feeds.corrections.MAX_ITEMS", 2)
    corrected(DAY, "Un.", "Deux.", "Trois.")
    items = visitor.get(f"{CORRECTIONS['fr']}json/").json()["items"]
    assert [item["summary"] for item in items] == ["Trois.", "Deux."]


@pytest.mark.parametrize("name", FORMATS)
def test_a_feed_has_an_item_for_each_correction(visitor, name):
    one = corrected(DAY, "Un <b>chiffre</b>.", "Deux.", title="Titre & <i>signe</i>")
    answer = visitor.get(f"{CORRECTIONS['fr']}{name}/")
    assert answer["Content-Type"].startswith(FORMATS[name][1])
    text = answer.content.decode()
    assert text.count(f"https://www.example.org{one.url}") >= 2
    if name == "json":
        items = json.loads(text)["items"]
        assert items[0]["title"] == "Rectificatif\N{NO-BREAK SPACE}: Titre & <i>signe</i>"
        assert items[1]["content_html"] == "<p>Un &lt;b&gt;chiffre&lt;/b&gt;.</p>"
        assert items[0]["date_published"].startswith("2031-05-03T00:00")
        assert len({item["id"] for item in items}) == len(items)
    else:
        parsed = feedparser.parse(text)
        assert not parsed.bozo, parsed.get("bozo_exception")
        assert parsed.version == {"rss": "rss20", "atom": "atom10"}[name]
        latest, earlier = parsed.entries[:2]
        assert latest.title == "Rectificatif\N{NO-BREAK SPACE}: Titre & <i>signe</i>"
        assert earlier.content[0].value == "<p>Un &lt;b&gt;chiffre&lt;/b&gt;.</p>"
        assert latest.link == f"https://www.example.org{one.url}"
        assert latest.published.startswith({"rss": "Sat, 03 May 2031", "atom": "2031-05-03T00:00"}[name])
        assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)


def test_a_feed_reader_is_told_of_a_correction_that_reads_otherwise(visitor):
    one = corrected(DAY, "Un.")
    address = f"{CORRECTIONS['fr']}json/"
    tag = visitor.get(address)["ETag"]
    assert visitor.get(address, headers={"if-none-match": tag}).status_code == 304
    Correction.objects.filter(article=one.pk).update(text="Deux.")
    assert visitor.get(address, headers={"if-none-match": tag}).status_code == 200


def test_the_page_of_corrections_is_in_the_sitemap(visitor):
    assert "/sitemap-corrections.xml" in visitor.get("/sitemap.xml").content.decode()
    listed = visitor.get("/sitemap-corrections.xml").content.decode()
    for language in LANGUAGES:
        assert f"<loc>https://www.example.org{CORRECTIONS[language]}</loc>" in listed
