"""Joint publication and the scheduler: all languages are published or none is, and once only."""

import pytest
from wagtail.models import Locale, Page

from iom.tests.concurrency import actions
from iom.tests.concurrency.races import race
from iom.tests.concurrency.scenarios import (
    FIRST,
    due,
    due_joint_publication,
    expired,
    fully_translated_draft,
    person,
    ready_joint_publication,
    section,
)
from iom.translation.models import TranslationState
from iom.translation.tests.desk import prefill
from iom.translation.workflow import publication
from newsroom.models import NewsArticle


@pytest.mark.parametrize("make", [fully_translated_draft])
@pytest.mark.parametrize(
    "other",
    [
        actions.publish_translation,
        actions.translate_and_publish,
        actions.move,
        actions.detach_translation,
        actions.delete,
    ],
)
def test_an_officer_requests_joint_publication(db, make, other):
    race(make, actions.request_joint_publication, other)


@pytest.mark.parametrize(
    "other",
    [
        actions.publish_alone,
        actions.cancel_joint_publication,
        actions.delete,
        actions.move,
        actions.publish,
        actions.run_scheduler,
        actions.detach_translation,
    ],
)
def test_a_translator_publishes_a_joint_publication(db, other):
    race(ready_joint_publication, actions.publish_translation, other)


@pytest.fixture
def spanish(db, settings):
    """Adds a third language, with its home page and the section."""
    settings.LANGUAGES = [*settings.LANGUAGES, ("es", "Español")]
    locale = Locale.objects.create(language_code="es")
    french = section(FIRST)
    home = french.get_parent().specific.copy_for_translation(locale)
    french.copy_for_translation(locale)
    yield
    Page.objects.get(pk=home.pk).delete()
    locale.delete()


def publish_spanish(scenario):
    state = TranslationState.objects.get(original=scenario.page, locale__language_code="es")
    return publication.publish(state, person("admin"))


def joint_publication_in_two_languages():
    scenario = ready_joint_publication()
    spanish = TranslationState.objects.get(original=scenario.page, locale__language_code="es")
    original = NewsArticle.objects.get(pk=scenario.page).get_latest_revision_as_object()
    prefill(spanish, original, original)
    return scenario


def test_two_translations_of_a_joint_publication_are_published(spanish):
    race(joint_publication_in_two_languages, actions.publish_translation, publish_spanish)


@pytest.mark.parametrize("make", [due, expired, due_joint_publication])
def test_two_schedulers_do_each_due_item_once(db, make):
    race(make, actions.run_scheduler, actions.run_scheduler)


@pytest.mark.parametrize("make", [due, due_joint_publication])
@pytest.mark.parametrize("other", [actions.publish, actions.move, actions.delete])
def test_an_officer_acts_while_the_scheduler_publishes(db, make, other):
    race(make, actions.run_scheduler, other)


@pytest.mark.parametrize("other", [actions.publish, actions.unpublish, actions.unpublish_translation, actions.move])
def test_an_officer_acts_while_the_scheduler_unpublishes(db, other):
    race(expired, actions.run_scheduler, other)
