"""`role_of` is the only answer to "is this page a translation?"."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from iom.core.translation_role import Role, role_of, roles_of
from iom.translation.content.source import update_or_create_source
from iom.translation.models import TranslationState
from iom.translation.tests import desk
from iom.translation.tests.sample_article import english, french
from iom.translation.workflow import detach, policy, submission
from iom.users.models import User
from newsroom.models import NewsArticle


@pytest.fixture
def original(db):
    return french()


@pytest.fixture
def state(original):
    return desk.submit(original, "en")


def fresh(page):
    return Page.objects.get(pk=page.pk)


def by_hand(page, language):
    """A page in another language that somebody has made without the desk."""
    return page.copy_for_translation(Locale.objects.get(language_code=language))


def test_a_page_that_nobody_has_submitted(original):
    assert role_of(original) == Role.UNTRANSLATED
    assert role_of(NewsArticle(title="Not saved yet")) == Role.UNTRANSLATED
    assert role_of(Page.get_first_root_node()) == Role.UNTRANSLATED


def test_an_original_stays_one_whatever_becomes_of_its_translation(original, state):
    assert role_of(original) == Role.ORIGINAL
    desk.prefill(state, original, english())
    desk.publish(state)
    assert role_of(original) == Role.ORIGINAL
    detach.detach(state)
    assert role_of(original) == Role.ORIGINAL
    fresh(state.page).delete()
    assert role_of(original) == Role.ORIGINAL


def test_a_translation_begun_published_detached_and_given_back(original, state):
    assert role_of(state.page) == Role.TRANSLATION
    desk.prefill(state, original, english())
    page = desk.publish(state)
    assert role_of(page) == Role.TRANSLATION
    detach.detach(state)
    assert role_of(page) == state.role == Role.DETACHED
    detach.reattach(state)
    assert role_of(page) == state.role == Role.TRANSLATION


def test_a_translation_that_was_deleted_and_is_begun_anew(original, state):
    fresh(state.page).delete()
    assert role_of(desk.submit(original, "en").page) == Role.TRANSLATION


def test_a_page_made_by_hand_in_another_language_is_edited_by_itself(original):
    page = by_hand(original, "en")

    assert role_of(page) == Role.DETACHED
    assert role_of(original) == Role.UNTRANSLATED
    with pytest.raises(submission.NotAnOriginal):
        desk.submit(page, "fr")
    assert not policy.may_submit(User.objects.get(email="admin@example.org"), page)
    assert role_of(original) == Role.UNTRANSLATED


def test_an_original_that_is_newer_than_its_translation(original):
    """The older page existed when the newer one was submitted, and so became its translation."""
    newer = by_hand(original, "en")
    Translation.objects.create(source=update_or_create_source(newer), target_locale=original.locale)

    assert (role_of(newer), role_of(original)) == (Role.ORIGINAL, Role.TRANSLATION)


def test_an_alias_is_one_whatever_else_is_known_of_it(db):
    original = french(live=False)
    alias = original.create_alias(parent=original.get_parent(), update_slug="alias")
    in_english = original.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)

    assert role_of(alias) == role_of(in_english) == Role.ALIAS


def test_all_pages_have_one_role_and_a_list_of_pages_costs_one_query(state, django_assert_num_queries):
    pages = list(Page.objects.all())
    with django_assert_num_queries(1):
        roles = roles_of(pages)

    assert roles.keys() == {page.pk for page in pages}
    assert {pk for pk, role in roles.items() if role == Role.TRANSLATION} == set(
        TranslationState.objects.filter(translation__enabled=True).values_list("page", flat=True)
    )
    for page in (state.page, state.original.page):
        with django_assert_num_queries(1):
            assert role_of(page) == roles[page.pk]


# How a module would answer by itself, for one page. Queries for lists of translations are no such answer.
ANSWERS = [
    r"\bTranslation\.objects\.filter\([^)]*source__object_id=\w+\.translation_key[^)]*target_locale(_id)?=\w+\.locale(_id)?\b",
    r"\bTranslationState\.objects\.filter\(page=\w+\.pk(, translation__enabled=\w+)?\)\.exists\(\)",
    r"\bfilter\([^)]*\bpage=\w+\.pk[^)]*translation__enabled=",
    r"\bdef _?is_(a_)?(translation|copy|original|alias|detached_page|on_the_desk)\b",
    r"translation_key=\w+\.translation_key, pk__lt=\w+\.pk\)\.exists",
    r"\bTranslation\.objects\.values_list\(",
]
ALLOWED = {"iom/core/permissions.py"}  # `_is_translation`, which asks role_of


def test_nothing_else_decides_whether_a_page_is_a_translation():
    root = Path(settings.BASE_DIR)
    found = []
    for folder in ("iom", "newsroom", "home", "aboutus", "search"):
        for path in (root / folder).rglob("*.py"):
            name = str(path.relative_to(root))
            if "/tests/" in name or "/migrations/" in name or name in {*ALLOWED, "iom/core/translation_role.py"}:
                continue
            text = re.sub(r"\s+", " ", path.read_text())
            found += [(name, match[0]) for answer in ANSWERS for match in re.finditer(answer, text)]

    assert found == []
