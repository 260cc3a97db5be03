"""Translators, revisers and editors change the same translation, and no change is lost."""

import pytest

from iom.tests.concurrency import actions
from iom.tests.concurrency.races import race
from iom.tests.concurrency.scenarios import fully_translated, fully_translated_draft, pair, submitted, with_question
from iom.translation.models import LanguageRule


def detached():
    scenario = pair()
    actions.detach_translation(scenario)
    return scenario


def revised():
    scenario = fully_translated()
    actions.revise(scenario)
    return scenario


def claimed():
    scenario = fully_translated()
    actions.claim(scenario)
    return scenario


@pytest.fixture
def review(db):
    rules = LanguageRule.objects.filter(locale__language_code="en")
    rules.update(review=True)
    yield
    rules.update(review=False)


@pytest.mark.parametrize(
    "other",
    [
        actions.write,
        actions.publish,
        actions.send_back,
        actions.detach_translation,
        actions.move,
        actions.claim,
        actions.unpublish,
    ],
)
def test_a_translation_is_revised(review, other):
    race(fully_translated, actions.revise, other)


@pytest.mark.parametrize("other", [actions.write, actions.publish, actions.detach_translation, actions.unpublish])
def test_a_revised_translation_is_published(review, other):
    race(revised, actions.publish_as_editor, other)


@pytest.mark.parametrize(
    "other",
    [
        actions.write_summary_as_reviser,
        actions.claim,
        actions.publish,
        actions.translate_and_publish,
        actions.delete,
        actions.move,
    ],
)
def test_a_passage_is_written(db, other):
    race(submitted, actions.write, other)


@pytest.mark.parametrize(
    "other",
    [
        actions.detach_translation,
        actions.publish_translation,
        actions.publish,
        actions.write,
        actions.delete,
        actions.claim,
    ],
)
@pytest.mark.parametrize("make", [fully_translated, pair, fully_translated_draft])
def test_a_translation_is_detached(db, make, other):
    race(make, actions.detach_translation, other)


@pytest.mark.parametrize(
    "other",
    [actions.reattach_translation, actions.publish_in_page_editor, actions.publish, actions.unpublish, actions.delete],
)
def test_a_detached_translation_is_reattached(db, other):
    race(detached, actions.reattach_translation, other)


@pytest.mark.parametrize("other", [actions.publish, actions.unpublish, actions.move])
def test_a_detached_translation_is_published_in_the_page_editor(db, other):
    race(detached, actions.publish_in_page_editor, other)


@pytest.mark.parametrize(
    "other", [actions.claim_as_reviser, actions.publish, actions.translate_and_publish, actions.write]
)
def test_a_translation_is_claimed(db, other):
    race(fully_translated, actions.claim, other)


@pytest.mark.parametrize("other", [actions.claim_as_reviser, actions.write, actions.publish_translation])
def test_a_claimed_translation_is_released(db, other):
    race(claimed, actions.release, other)


@pytest.mark.parametrize(
    "other", [actions.answer_as_editor, actions.publish, actions.write, actions.publish_translation, actions.delete]
)
def test_a_question_is_answered(db, other):
    race(with_question, actions.answer, other)
