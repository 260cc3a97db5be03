"""A publication of the original updates shared values in the translation, but publishes no unpublished text."""

import pytest

from iom.tests.factories import ArticleFactory
from iom.translation.content import segments
from iom.translation.models import LanguageRule, TranslationState
from iom.translation.tests.desk import body, key_figure, prefill, publish, republish, submit, translated
from iom.translation.tests.joint import person
from iom.translation.workflow import review, writing
from newsroom.models import NewsArticle

TRANSLATOR = "translator.en"


def pair(*text):
    """A published original with these blocks."""
    return republish(ArticleFactory(title="Titre", summary="Résumé.", live=False, body=[*text]))


def english(*text):
    return NewsArticle(title="Title", summary="Summary.", body=[*text])


def fresh(state):
    return TranslationState.objects.get(pk=state.pk)


def write(state, path, text):
    place = next(one for one in segments.load_text(state.translation) if one.path == path)
    writing.write(fresh(state), place, text, person(TRANSLATOR))


def review_is(required):
    LanguageRule.objects.filter(locale__language_code="en").update(review=required)


def paragraphs(state):
    page = NewsArticle.objects.get(pk=state.page_id)
    return [block.value.source for block in page.body if block.block_type == "paragraph"]


def number(state):
    page = NewsArticle.objects.get(pk=state.page_id)
    return next(block.value["figures"][0]["number"] for block in page.body if block.block_type == "key_figures")


@pytest.mark.parametrize("reviewed", [False, True])
def test_a_restored_sentence_brings_no_words_live_that_nobody_has_published(db, reviewed):
    review_is(required=reviewed)
    original = pair(*body("Un."))
    state = submit(original, "en")
    write(state, "body.0", "Half a sent")
    original.body = body("Autre.")
    original = republish(original)
    prefill(fresh(state), original, english(*body("Other.")), person(TRANSLATOR))
    if reviewed:
        review.revise(fresh(state), person("editor"))
    publish(fresh(state), person("admin"))

    original.body = body("Un.")
    republish(original)

    assert (paragraphs(state), fresh(state).step) == (["<p>Other.</p>"], "to-publish")


def test_a_restored_sentence_whose_translation_was_published_is_live_again_at_once(db):
    original = pair(*body("Un."))
    state, _page = translated(original, english(*body("One.")))
    original.body = body("Autre.")
    original = republish(original)
    prefill(fresh(state), original, english(*body("Other.")))
    publish(fresh(state))

    original.body = body("Un.")
    republish(original)

    assert (paragraphs(state), fresh(state).step) == (["<p>One.</p>"], "translated")


def test_words_of_an_earlier_version_that_a_translator_restores_wait_for_publication(db):
    original = pair(*body("Un."))
    state, _page = translated(original, english(*body("One.")))
    write(state, "body.0", "One, corrected.")
    publish(fresh(state))
    write(state, "body.0", "One.")

    original.kind = "statement"
    republish(original)

    assert (paragraphs(state), fresh(state).step) == (["<p>One, corrected.</p>"], "to-publish")


@pytest.fixture
def counted(db):
    """An original with a figure, and the state of its published translation."""
    original = pair(*body("Un."), key_figure(250, "personnes"))
    return original, translated(original, english(*body("One."), key_figure(250, "people")))[0]


def correct(original):
    original.body = [*body("Un."), key_figure(2500, "personnes")]
    republish(original)


def test_a_figure_reaches_what_was_published_before_its_language_required_revision(counted):
    original, state = counted
    review_is(required=True)

    correct(original)

    assert (number(state), fresh(state).step) == (2500, "translated")


def test_a_figure_reaches_a_translation_of_which_a_word_was_changed_and_changed_back(counted):
    original, state = counted
    for text in ("Summary", "Summary."):
        write(state, "summary", text)

    correct(original)

    assert (number(state), fresh(state).step) == (2500, "translated")


def test_an_unrevised_word_keeps_a_publication_of_its_original_from_nothing(counted):
    original, state = counted
    review_is(required=True)

    original.kind, original.body = "statement", [key_figure(250, "personnes")]
    republish(original)

    assert (NewsArticle.objects.get(pk=state.page_id).kind, fresh(state).step) == ("statement", "to-revise")
