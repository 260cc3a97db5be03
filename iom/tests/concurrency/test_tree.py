"""The tree stays valid, and both languages stay in corresponding sections, if pages are moved during other changes."""

import pytest
from wagtail.models import Page

from iom.tests.concurrency import actions
from iom.tests.concurrency.races import race
from iom.tests.concurrency.scenarios import article, draft, fully_translated, pair


def two_articles():
    scenario = article()
    scenario.other = article().page
    return scenario


@pytest.fixture(autouse=True)
def _the_tree_is_whole(db):
    yield
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("make", [article, pair, fully_translated, draft])
@pytest.mark.parametrize("other", [actions.publish, actions.rename])
def test_a_page_is_moved_while_it_is_published(make, other):
    race(make, actions.move, other)


@pytest.mark.parametrize(
    "other",
    [
        actions.translate_and_publish,
        actions.unpublish_translation,
        actions.delete_translation,
        actions.detach_translation,
    ],
)
def test_a_page_is_moved_while_something_happens_to_its_translation(other):
    race(pair, actions.move, other)


@pytest.mark.parametrize("other", [actions.publish, actions.move, actions.rename, actions.create])
def test_a_section_is_renamed(other):
    race(pair, actions.rename_section, other)


@pytest.mark.parametrize(
    "other",
    [
        actions.move_other,
        actions.create_in_second,
        actions.create,
        actions.copy,
        actions.delete,
        actions.move_to_first_place,
    ],
)
def test_the_tree_changes_in_two_places(other):
    race(two_articles, actions.move, other)


@pytest.mark.parametrize("first", [actions.create, actions.submit])
def test_two_people_do_the_same(first):
    race(article, first, first)


def test_a_page_is_moved_in_both_directions():
    race(pair, actions.move, actions.move_back)
