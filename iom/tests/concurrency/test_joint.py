"""Both languages together, and the scheduler: all go live or none does, once."""

import pytest
from wagtail.models import Locale, Page

from iom.tests.concurrency import acts
from iom.tests.concurrency.races import race
from iom.tests.concurrency.scenes import (
    FIRST,
    awaited_and_whole,
    due,
    due_together,
    expired,
    person,
    section,
    whole_draft,
)
from iom.translation.models import TranslationState
from iom.translation.tests.desk import prefill
from iom.translation.workflow import publication
from newsroom.models import NewsArticle


@pytest.mark.parametrize("make", [whole_draft])
@pytest.mark.parametrize(
    "other", [acts.publish_translation, acts.translate_and_publish, acts.move, acts.stop, acts.delete]
)
def test_an_officer_requests_joint_publication(db, make, other):
    race(make, acts.publish_together, other)


@pytest.mark.parametrize(
    "other", [acts.publish_alone, acts.take_back, acts.delete, acts.move, acts.publish, acts.scheduler, acts.stop]
)
def test_a_translator_publishes_a_joint_publication(db, other):
    race(awaited_and_whole, acts.publish_translation, other)


@pytest.fixture
def spanish(db, settings):
    """A third language, with the section in it."""
    settings.LANGUAGES = [*settings.LANGUAGES, ("es", "Español")]
    locale = Locale.objects.create(language_code="es")
    french = section(FIRST)
    home = french.get_parent().specific.copy_for_translation(locale)
    french.copy_for_translation(locale)
    yield
    Page.objects.get(pk=home.pk).delete()
    locale.delete()


def publish_spanish(scene):
    state = TranslationState.objects.get(original=scene.page, locale__language_code="es")
    return publication.publish(state, person("admin"))


def awaited_in_two_languages():
    scene = awaited_and_whole()
    spanish = TranslationState.objects.get(original=scene.page, locale__language_code="es")
    original = NewsArticle.objects.get(pk=scene.page).get_latest_revision_as_object()
    prefill(spanish, original, original)
    return scene


def test_two_translations_of_a_joint_publication_are_published(spanish):
    race(awaited_in_two_languages, acts.publish_translation, publish_spanish)


@pytest.mark.parametrize("make", [due, expired, due_together])
def test_two_schedulers_do_each_due_item_once(db, make):
    race(make, acts.scheduler, acts.scheduler)


@pytest.mark.parametrize("make", [due, due_together])
@pytest.mark.parametrize("other", [acts.publish, acts.move, acts.delete])
def test_an_officer_acts_while_the_scheduler_publishes(db, make, other):
    race(make, acts.scheduler, other)


@pytest.mark.parametrize("other", [acts.publish, acts.unpublish, acts.unpublish_translation, acts.move])
def test_an_officer_acts_while_the_scheduler_unpublishes(db, other):
    race(expired, acts.scheduler, other)
