"""Pages are published, unpublished and deleted at the same moment."""

import pytest

from iom.tests.concurrency import actions
from iom.tests.concurrency.races import race
from iom.tests.concurrency.scenarios import article, fully_translated, in_workflow, pair


@pytest.mark.parametrize("make", [article, pair])
@pytest.mark.parametrize("other", [actions.unpublish, actions.delete, actions.publish_other_texts])
def test_an_original_is_published(db, make, other):
    race(make, actions.publish, other)


@pytest.mark.parametrize("other", [actions.publish, actions.unpublish, actions.delete])
def test_a_translation_is_published(db, other):
    race(fully_translated, actions.publish_translation, other)


@pytest.mark.parametrize(
    "other",
    [
        actions.unpublish_translation,
        actions.delete_translation,
        actions.unpublish,
        actions.delete,
        actions.publish,
        actions.publish_in_bulk,
    ],
)
def test_a_translation_is_published_again(db, other):
    race(pair, actions.translate_and_publish, other)


@pytest.mark.parametrize(
    "other",
    [actions.unpublish, actions.delete, actions.move, actions.publish_other_texts, actions.translate_and_publish],
)
def test_a_workflow_is_approved(db, other):
    race(in_workflow(pair), actions.approve, other)


@pytest.mark.parametrize("other", [actions.unpublish, actions.move])
def test_pages_are_published_in_bulk(db, other):
    race(article, actions.publish_in_bulk, other)
