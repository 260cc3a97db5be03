"""Translators, revisers and editors at the same translation: nothing that one has done is lost by another."""

import pytest

from iom.tests.concurrency import acts
from iom.tests.concurrency.races import race
from iom.tests.concurrency.scenes import asked, begun, pair, whole, whole_draft
from iom.translation.models import LanguageRule


def stopped():
    scene = pair()
    acts.stop(scene)
    return scene


def revised():
    scene = whole()
    acts.revise(scene)
    return scene


def claimed():
    scene = whole()
    acts.claim(scene)
    return scene


@pytest.fixture
def review(db):
    rules = LanguageRule.objects.filter(locale__language_code="en")
    rules.update(review=True)
    yield
    rules.update(review=False)


@pytest.mark.parametrize(
    "other", [acts.write, acts.publish, acts.send_back, acts.stop, acts.move, acts.claim, acts.unpublish]
)
def test_a_translation_is_revised(review, other):
    race(whole, acts.revise, other)


@pytest.mark.parametrize("other", [acts.write, acts.publish, acts.stop, acts.unpublish])
def test_a_revised_translation_is_published(review, other):
    race(revised, acts.publish_as_colleague, other)


@pytest.mark.parametrize(
    "other", [acts.write_summary, acts.claim, acts.publish, acts.translate_and_publish, acts.delete, acts.move]
)
def test_a_passage_is_written(db, other):
    race(begun, acts.write, other)


@pytest.mark.parametrize(
    "other", [acts.stop, acts.publish_translation, acts.publish, acts.write, acts.delete, acts.claim]
)
@pytest.mark.parametrize("make", [whole, pair, whole_draft])
def test_a_translation_is_detached(db, make, other):
    race(make, acts.stop, other)


@pytest.mark.parametrize("other", [acts.restart, acts.publish_by_hand, acts.publish, acts.unpublish, acts.delete])
def test_a_detached_translation_is_reattached(db, other):
    race(stopped, acts.restart, other)


@pytest.mark.parametrize("other", [acts.publish, acts.unpublish, acts.move])
def test_a_detached_translation_is_published_in_the_page_editor(db, other):
    race(stopped, acts.publish_by_hand, other)


@pytest.mark.parametrize("other", [acts.claim_too, acts.publish, acts.translate_and_publish, acts.write])
def test_a_translation_is_claimed(db, other):
    race(whole, acts.claim, other)


@pytest.mark.parametrize("other", [acts.claim_too, acts.write, acts.publish_translation])
def test_a_claimed_translation_is_released(db, other):
    race(claimed, acts.release, other)


@pytest.mark.parametrize("other", [acts.answer_too, acts.publish, acts.write, acts.publish_translation, acts.delete])
def test_a_question_is_answered(db, other):
    race(asked, acts.answer, other)
