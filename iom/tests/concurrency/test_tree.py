"""The tree stays whole, and both languages stand in corresponding sections, whoever moves what while others write."""

import pytest
from wagtail.models import Page

from iom.tests.concurrency import acts
from iom.tests.concurrency.races import race
from iom.tests.concurrency.scenes import article, draft, pair, whole


def two_articles():
    scene = article()
    scene.other = article().page
    return scene


@pytest.fixture(autouse=True)
def _the_tree_is_whole(db):
    yield
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("make", [article, pair, whole, draft])
@pytest.mark.parametrize("other", [acts.publish, acts.rename])
def test_a_page_is_moved_while_it_is_published(make, other):
    race(make, acts.move, other)


@pytest.mark.parametrize(
    "other", [acts.translate_and_publish, acts.unpublish_translation, acts.delete_translation, acts.stop]
)
def test_a_page_is_moved_while_something_happens_to_its_translation(other):
    race(pair, acts.move, other)


@pytest.mark.parametrize("other", [acts.publish, acts.move, acts.rename, acts.create])
def test_a_section_is_renamed(other):
    race(pair, acts.rename_section, other)


@pytest.mark.parametrize(
    "other", [acts.move_the_other, acts.create_in_second, acts.create, acts.copy, acts.delete, acts.put_first]
)
def test_the_tree_changes_in_two_places(other):
    race(two_articles, acts.move, other)


@pytest.mark.parametrize("first", [acts.create, acts.submit])
def test_two_people_do_the_same(first):
    race(article, first, first)


def test_a_page_is_moved_in_both_directions():
    race(pair, acts.move, acts.move_back)
