"""Publishing, taking down, moving and deleting at the same moment."""

import pytest

from iom.tests.concurrency import acts
from iom.tests.concurrency.races import race
from iom.tests.concurrency.scenes import article, begun, pair, seen, whole

ORIGINALS = (article, pair)


@pytest.mark.parametrize("make", ORIGINALS)
@pytest.mark.parametrize("other", [acts.unpublish, acts.delete, acts.move, acts.publish_all_of_it])
def test_an_original_is_published(db, make, other):
    race(make, acts.publish, other, seen)


@pytest.mark.parametrize("other", [acts.publish, acts.unpublish, acts.delete, acts.move, acts.publish_together])
def test_a_translation_is_published(db, other):
    race(whole, acts.publish_translation, other, seen)


@pytest.mark.parametrize("other", [acts.unpublish_translation, acts.delete_translation, acts.stop, acts.write])
def test_a_translation_is_published_again(db, other):
    race(pair, acts.translate_and_publish, other, seen)
