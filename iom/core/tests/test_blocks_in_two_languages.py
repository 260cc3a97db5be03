"""The segments of each block, and the values that stay the same in its translation."""

import re

import pytest
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from iom.core.tests import bodies
from iom.navigation.tests.pairs import at
from iom.tests.factories import ArticleFactory
from iom.translation.tests.desk import draft, prefill, publish, submit
from newsroom.models import NewsArticle
from search.engine import search

KINDS = bodies.KINDS


def segments(page, kind=StringSegmentValue):
    return [
        segment for segment in extract_segments(page) if isinstance(segment, kind) and segment.path.startswith("body.")
    ]


def words(page):
    """Returns the text of the body's segments, without tags."""
    return [re.sub("<[^>]+>", "", segment.string.data) for segment in segments(page) if not segment.is_empty()]


def translated(kind):
    """Returns the English draft of an article of one block, with English text and the other values of its counterpart."""
    original = ArticleFactory(title="title in fr", summary="summary in fr", body=bodies.body(kind, "fr"))
    state = submit(original, "en")
    prefill(state, original, bodies.article(kind, "en", other=True))
    return draft(state)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_all_words_and_nothing_but_words_are_given_to_translators(db, kind, language):
    found = " ".join(words(bodies.article(kind, language)))

    assert found == " ".join(bodies.texts(kind, language))


@pytest.mark.parametrize("kind", KINDS)
def test_a_translated_block_has_the_translators_words_and_all_else_of_the_original(db, kind):
    expected = bodies.article(kind, "en")

    page = translated(kind)

    assert bodies.stored(page) == bodies.stored(expected)


@pytest.mark.parametrize("kind", KINDS)
def test_the_original_is_left_as_it_was(db, kind):
    page = translated(kind)
    original = NewsArticle.objects.get(translation_key=page.translation_key, locale__language_code="fr")

    assert bodies.stored(original) == bodies.stored(bodies.article(kind, "fr"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_that_is_older_than_a_field_of_its_block_is_read_searched_and_translated(visitor, kind):
    original = ArticleFactory(title="title in fr", summary="summary in fr", body=bodies.older(kind, "fr"))
    assert visitor.get(original.url).status_code == 200
    assert search("fr", "title").hits

    state = submit(original, "en")
    counterpart = NewsArticle(title="title in en", summary="summary in en", body=bodies.older(kind, "en"))
    prefill(state, original, counterpart)
    assert visitor.get(publish(state).url).status_code == 200


def test_an_empty_name_is_no_segment(db):
    article = bodies.article("quote", "fr")
    article.body[0].value["role"] = ""

    assert words(article) == ["quote text in fr"]


def test_an_address_in_running_text_may_be_another_in_another_language(db):
    article = NewsArticle(body=[{"type": "paragraph", "id": "1", "value": '<p><a href="https://un.org/">ONU</a></p>'}])

    assert words(article) == ["ONU"]
    assert [segment.data for segment in segments(article, OverridableSegmentValue)] == ["https://un.org/"]


def test_a_link_to_a_page_in_running_text_survives_translation(db):
    target = at("/fr/actualites/")
    link = f'<a id="{target.pk}" linktype="page">%s</a>'
    original = ArticleFactory(
        body=[{"type": "paragraph", "id": "1", "value": f"<p>Voir {link % 'les actualités'}.</p>"}]
    )
    counterpart = NewsArticle(
        title="Title",
        summary="Summary.",
        body=[{"type": "paragraph", "id": "1", "value": f"<p>See {link % 'the news'}.</p>"}],
    )
    state = submit(original, "en")
    prefill(state, original, counterpart)

    (block,) = draft(state).body

    assert f'id="{target.pk}"' in block.value.source
    assert re.sub("<[^>]+>", "", block.value.source) == "See the news."


def test_a_quotation_of_several_paragraphs_has_as_many_in_the_translation(db):
    original, counterpart = bodies.article("quote", "fr"), bodies.article("quote", "en")
    original.body[0].value["text"], counterpart.body[0].value["text"] = "Un.\n\nDeux.", "One.\n\nTwo."
    original = ArticleFactory(summary="Résumé.", body=original.body)
    state = submit(original, "en")
    prefill(state, original, counterpart)

    assert original.body[0].value.paragraphs == ["Un.", "Deux."]
    assert draft(state).body[0].value.paragraphs == ["One.", "Two."]
