"""`manage.py demo --articles N`: articles for measurements, which leave no trace when they are removed."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from iom.demo.generated import article_count, translation_keys
from iom.demo.generated.articles import People
from iom.demo.generated.records import Records, read_words
from iom.demo.generated.story import Story
from iom.demo.tests.rows import GROUP, row_counts
from iom.demo.tests.test_second_run import inventory
from iom.listing.checking import differences
from iom.tests.addresses import LANGUAGES, page
from iom.translation.models import TranslationState
from newsroom.models import NewsArticle, NewsIndex

pytestmark = GROUP
KNOWN = Records(offices=[1, 2], contacts=[1], topics=[1, 2, 3], pictures=[1], countries=["CO", "JO", "NE"])


def generated(language="fr"):
    return NewsArticle.objects.filter(
        pk__in=translation_keys.pages().filter(locale__language_code=language).values("pk")
    )


@pytest.fixture
def twenty(db):
    before = row_counts()
    article_count.set_article_count(20, People())
    return before


def test_twenty_articles_are_shown_in_each_language(twenty, visitor):
    for language in LANGUAGES:
        articles = generated(language)
        assert articles.filter(live=True).count() == 20
        newest = articles.latest("date")
        assert newest.title in visitor.get(page("index", language).url).text
        shown = visitor.get(newest.url)
        assert shown.status_code == 200
        assert newest.summary[:30] in shown.text


def test_the_tree_and_the_listing_are_sound(twenty):
    assert not any(Page.find_problems())
    for index in NewsIndex.objects.all():
        assert index.numchild == index.get_children().count()
    assert not list(differences())


def test_half_of_the_originals_are_written_in_each_language(twenty):
    states = TranslationState.objects.filter(page__in=translation_keys.pages())
    assert states.filter(step=TranslationState.Step.TRANSLATED).count() == 20
    assert states.filter(locale__language_code="fr").count() == 10
    assert not TranslationState.objects.waiting().filter(page__in=translation_keys.pages())


def test_a_revision_has_the_content_of_its_page(twenty):
    article = generated().first()
    said = json.loads(article.to_json())
    kept = article.live_revision.content
    rows = ("countries", "topics", "contacts")
    own = {"latest_revision", "live_revision", "body", *rows}
    assert {name: kept[name] for name in said if name not in own} == {
        name: said[name] for name in said if name not in own
    }
    assert json.loads(kept["body"]) == json.loads(said["body"])
    for name in rows:
        assert [row | {"pk": None} for row in said[name]] == kept[name]


def test_an_article_can_be_edited_and_published_again(twenty):
    article = generated().first()
    article.title = "Un autre titre"
    article.save_revision().publish()
    assert NewsArticle.objects.get(pk=article.pk).title == "Un autre titre"
    assert article.countries.count() == len(article.live_revision.content["countries"])


def test_removing_all_articles_leaves_every_table_as_it_was(twenty):
    article = generated().first()
    article.save_revision().publish()  # with all that follows from it
    article_count.set_article_count(0, People())

    after = row_counts()
    left = {name: (twenty[name], after[name]) for name in after if after[name] != twenty[name]}
    # What is not the article's own: words that localize shares between texts
    assert not {name for name in left if not name.startswith("wagtail_localize.")}


def test_none_of_what_was_there_before_is_touched(db):
    before = inventory()
    article_count.set_article_count(20, People())
    article_count.set_article_count(0, People())
    assert inventory() == before


def test_the_same_number_changes_nothing_and_another_replaces_all(twenty):
    before = inventory()
    article_count.set_article_count(20, People())
    assert inventory() == before

    article_count.set_article_count(8, People())
    assert generated().count() == 8
    article_count.set_article_count(0, People())
    assert row_counts() == twenty


@pytest.mark.postgresql
def test_the_content_version_is_raised_once_for_all_rows_of_a_table(db):
    """If each row raised it, the one row would get millions of versions, which later queries would have to skip."""
    with connection.cursor() as cursor:
        article_count.set_article_count(20, People())
        cursor.execute("SELECT pg_stat_get_xact_tuples_updated('caching_contentchange'::regclass)")
        assert cursor.fetchone()[0] < 40


def test_the_command_takes_a_number_and_refuses_nonsense(db):
    with pytest.raises(CommandError):
        call_command("demo", "--articles", "-1")


def test_the_same_number_gives_the_same_story():
    one, same, another = (Story(place, timezone.now(), KNOWN).text("fr") for place in (7, 7, 8))
    assert one == same
    assert one.title != another.title


def test_both_languages_have_the_same_blocks_and_a_text_of_some_length():
    for place in range(50):
        story = Story(place, timezone.now(), KNOWN)
        french, english = (story.text(language) for language in LANGUAGES)
        assert [(block["type"], block["id"]) for block in french.body] == [
            (block["type"], block["id"]) for block in english.body
        ]
        for said in (french, english):
            assert 1_000 < len(json.dumps(said.body, ensure_ascii=False)) < 6_000
            assert len(said.title) <= 255
            assert len(said.summary) <= 320
            assert "{" not in said.title + said.summary


def test_every_passage_is_in_both_languages():
    for passages in read_words().values():
        for passage in passages:
            assert passage["fr"]
            assert passage["en"]


def test_the_articles_are_spread_over_twelve_years(twenty):
    dates = list(generated().order_by("pk").values_list("date", flat=True))
    assert dates == sorted(dates)
    assert dates[-1] > timezone.now() - timedelta(days=2)
    assert dates[0] < timezone.now() - timedelta(days=10 * 365)
