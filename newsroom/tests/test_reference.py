"""What proves to a journalist that a text is authentic: reference number, office, time of publication; citations."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from iom.navigation.tests.pairs import translate
from iom.tests.addresses import LANGUAGES, article
from iom.tests.factories import ArticleFactory, OfficeFactory
from newsroom.models import NewsArticle, Reference

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"\d{4}-\d{3,}")
YEAR = datetime(2031, 3, 1, 13, 30, tzinfo=UTC)


def published(**fields):
    return ArticleFactory(**{"date": YEAR, **fields})


def fresh(page):
    return NewsArticle.objects.get(pk=page.pk)


def facts(visitor, page):
    html = BeautifulSoup(visitor.get(page.url).content.decode(), "html.parser")
    return [" ".join(html.select_one(place).text.split()) for place in (".article-kind", ".dateline")]


def plain(visitor, page):
    with translation.override(page.locale.language_code):
        return visitor.get(page.text_url).content.decode()


def test_texts_are_numbered_by_the_year_of_their_date():
    assert [published().reference, published().reference] == ["2031-001", "2031-002"]
    assert published(date=datetime(2031, 12, 31, 23, 30, tzinfo=UTC)).reference == "2032-001"  # in Geneva


def test_a_draft_has_no_number_until_it_is_published():
    draft = ArticleFactory(live=False, first_published_at=None, date=YEAR)
    assert draft.reference == ""
    draft.save_revision().publish()
    assert NUMBER.fullmatch(fresh(draft).reference)


def test_a_number_never_changes():
    one = published()
    number, first = one.reference, one.save_revision()
    one.date = YEAR + timedelta(days=400)
    one.save_revision().publish()
    first.publish()  # written when it had another date
    one = fresh(one)
    one.unpublish()
    fresh(one).save_revision().publish()
    assert fresh(one).reference == number


def test_all_languages_of_a_text_have_its_number():
    one = published()
    assert fresh(translate(one, "en")).reference == one.reference


def test_a_copy_is_another_text():
    one = published()
    copy = one.copy(update_attrs={"slug": "a-copy", "title": "A copy"}, keep_live=True)
    assert copy.reference != one.reference


def test_a_number_is_not_given_again():
    one = published()
    number = one.reference
    one.delete()
    assert published().reference != number
    assert Reference.objects.count() >= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_published_article_has_one(language):
    texts = NewsArticle.objects.filter(live=True, locale__language_code=language)
    assert texts.exists()
    assert all(NUMBER.fullmatch(text.reference) for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_finds_it_wherever_the_text_is(visitor, language):
    one = article("canada-25000-syrian-refugees", language)
    page = visitor.get(one.url).content.decode()
    assert one.reference in facts(visitor, one)[1]
    assert f'"identifier":"{one.reference}"' in page
    assert one.reference in plain(visitor, one)
    newsroom = one.get_parent().url
    for name in ("rss", "atom", "json"):
        feed = visitor.get(f"{newsroom}{name}/").content.decode()
        assert feed.count(one.reference) == 2, name  # for people and for machines


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_finds_an_article_by_its_number(visitor, language):
    one = article("canada-25000-syrian-refugees", language)
    found = visitor.get({"fr": "/fr/recherche/", "en": "/en/search/"}[language], {"q": one.reference})
    assert one.url in found.content.decode()


@pytest.mark.parametrize(
    ("language", "office", "scope", "published_on", "updated_at"),
    [
        ("fr", "OIM Colombie", "National", "Publié le 1er mars 2031, 14 h 30 (Genève)", "15 h 30"),
        ("en", "IOM Colombia", "National", "Published on 1 March 2031, 14:30 (Geneva)", "15:30"),
    ],
)
def test_the_office_and_the_minute_are_said_beside_the_headline_and_in_the_text(
    visitor, language, office, scope, published_on, updated_at
):
    issuing = OfficeFactory(fr="OIM Colombie", en="IOM Colombia")
    one = published(language=language, office=issuing, scope="national", updated_at=YEAR + timedelta(hours=1))
    kind, line = facts(visitor, one)
    assert office in kind
    assert scope not in kind
    assert published_on in line
    assert f", {updated_at} (" in line
    text = plain(visitor, one)
    assert text.splitlines()[0].endswith(f" / {office}")
    assert published_on in " ".join(text.split())


def test_without_an_office_the_scope_is_said(visitor):
    assert "National" in facts(visitor, published(office=None, scope="national"))[0]


def test_where_only_the_day_is_known_no_hour_is_said(visitor):
    one = published(date=datetime(2031, 3, 1, 11, tzinfo=UTC), first_published_at=datetime(2031, 3, 5, tzinfo=UTC))
    assert "1er mars 2031" in facts(visitor, one)[1]
    assert "2031, " not in facts(visitor, one)[1]
    assert "2031, " not in plain(visitor, one)


def test_an_article_is_cited_in_words_and_for_bibtex(visitor):
    one = published(language="en", title="50 % of A_B & {C} $5 #6 ^~\\", place="Geneva", kind="statement")
    html = BeautifulSoup(visitor.get(one.url).content.decode(), "html.parser")
    words, entry = (place.text for place in html.select("#cite .cite-text"))
    assert words == (
        f"International Organization for Migration (IOM). “{one.title}”. Statement {one.reference}, Geneva, "
        f"1 March 2031. {one.full_url}"
    )
    assert entry.startswith(f"@misc{{iom-{one.reference}-en,\n  author = {{{{International Organization for Migration")
    assert r"{50 \% of A\_B \& \{C\} \$5 \#6 \textasciicircum{}\textasciitilde{}\textbackslash{}}" in entry
    assert "  year = {2031},\n  month = mar," in entry
    assert f"note = {{Statement {one.reference}, 1 March 2031}}" in entry
    assert "langid = {english}" in entry
    assert f"url = {{{one.full_url}}}" in entry


def test_a_citation_keeps_the_typography_of_its_language(visitor):
    one = published(title="L’eau", place="Genève")
    html = BeautifulSoup(visitor.get(one.url).content.decode(), "html.parser")
    assert "(OIM). «\N{NARROW NO-BREAK SPACE}L’eau\N{NARROW NO-BREAK SPACE}». " in html.select_one(".cite-text").text


@pytest.mark.parametrize("state", ["preview", "without a date"])
def test_a_draft_can_be_shown_before_it_has_a_number(state):
    draft = ArticleFactory(live=False, first_published_at=None, date=None if state == "without a date" else YEAR)
    with translation.override("fr"):
        answer = fresh(draft).make_preview_request()
    answer.render()
    assert answer.status_code == 200
    assert "Référence" not in answer.content.decode()
