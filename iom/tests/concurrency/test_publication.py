"""Publishing, taking down and deleting at the same moment."""

import pytest

from iom.tests.concurrency import acts
from iom.tests.concurrency.races import race
from iom.tests.concurrency.scenes import article, in_workflow, pair, whole


@pytest.mark.parametrize("make", [article, pair])
@pytest.mark.parametrize("other", [acts.unpublish, acts.delete, acts.publish_all_of_it])
def test_an_original_is_published(db, make, other):
    race(make, acts.publish, other)


@pytest.mark.parametrize("other", [acts.publish, acts.unpublish, acts.delete])
def test_a_translation_is_published(db, other):
    race(whole, acts.publish_translation, other)


@pytest.mark.parametrize(
    "other",
    [
        acts.unpublish_translation,
        acts.delete_translation,
        acts.unpublish,
        acts.delete,
        acts.publish,
        acts.publish_in_bulk,
    ],
)
def test_a_translation_is_published_again(db, other):
    race(pair, acts.translate_and_publish, other)


@pytest.mark.parametrize(
    "other", [acts.unpublish, acts.delete, acts.move, acts.publish_all_of_it, acts.translate_and_publish]
)
def test_a_workflow_is_approved(db, other):
    race(in_workflow(pair), acts.approve, other)


@pytest.mark.parametrize("other", [acts.unpublish, acts.move])
def test_pages_are_published_in_bulk(db, other):
    race(article, acts.publish_in_bulk, other)
