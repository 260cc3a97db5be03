"""The version of the original that a published translation translates is found by its content, never by the clock."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from iom.tests.factories import ArticleFactory
from iom.translation.models import Original, TranslationState
from iom.translation.tests.desk import body, prefill, republish, submit, translated
from iom.translation.tests.joint import Clock
from iom.translation.tests.sample_article import english
from iom.translation.workflow import detach, publication, submission
from newsroom.models import NewsArticle


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def original(db):
    return republish(ArticleFactory(title="Titre", summary="Résumé.", body=body("Un.")))


def changed(original, text="Autre chose.", **how):
    original = NewsArticle.objects.get(pk=original.pk)
    original.body = body(text)
    return republish(original, **how)


def fresh(state):
    return TranslationState.objects.select_related("original").get(pk=state.pk)


def has_notice(state):
    listed = TranslationState.objects.older_than_their_original().filter(pk=state.pk).exists()
    assert fresh(state).is_older_than_its_original is listed
    return listed


def test_readers_are_told_although_the_clock_says_that_the_translation_is_later(original, clock):
    state, _page = translated(original, english())
    clock(minutes=-5)
    changed(original)
    assert has_notice(state)


def test_readers_of_an_up_to_date_translation_are_not_told_although_the_clock_says_that_it_is_older(original, clock):
    state, _page = translated(original, english())
    original = changed(original)
    prefill(fresh(state), original, english("Another."))
    clock(minutes=-5)
    publication.publish(fresh(state))
    assert not has_notice(state)


def test_a_translation_that_is_published_while_its_original_is_does_not_count_as_one_of_its_new_words(
    original, clock, monkeypatch
):
    """The translator's transaction ends after the original's row is written, and before the state's row is."""
    state, _page = translated(original, english())
    real = submission.resubmit

    def interrupted(*args, **kwargs):
        monkeypatch.setattr(submission, "resubmit", real)
        clock(seconds=1)
        publication.publish(fresh(state))
        return real(*args, **kwargs)

    monkeypatch.setattr(submission, "resubmit", interrupted)
    changed(original)

    assert submission.resubmit is real
    assert has_notice(state)


def test_minor_corrections_and_shared_changes_leave_a_translation_as_new_as_it_was(original):
    state, _page = translated(original, english())
    changed(original, "Un !", minor=True)
    assert not has_notice(state)
    page = NewsArticle.objects.get(pk=original.pk)
    page.date += timedelta(days=1)
    before = Original.objects.get(pk=original.pk).version
    republish(page)
    assert Original.objects.get(pk=original.pk).version == before
    assert not has_notice(state)


def test_a_minor_correction_after_a_change_of_meaning_does_not_hide_it(original):
    state, _page = translated(original, english())
    changed(original)
    changed(original, "Autre chose !", minor=True)
    assert has_notice(state)


def test_a_ready_translation_is_of_the_version_with_which_it_goes_live(db):
    draft = ArticleFactory(title="Titre", summary="Résumé.", body=body("Un."), live=False)
    state = submit(draft, "en")
    prefill(state, draft, english())
    assert not publication.publish(fresh(state))
    republish(draft)

    state = fresh(state)
    assert state.page.live
    assert state.source_version == state.original.version == 1


def test_a_translation_of_a_scheduled_draft_is_not_taken_for_one_of_the_text_that_readers_have(original, clock):
    """A translation that is published with its original has the new version."""
    state, _page = translated(original, english())
    draft = NewsArticle.objects.get(pk=original.pk)
    draft.body = body("Demain.")
    draft.go_live_at = clock(minutes=0) + timedelta(days=1)
    draft.save_revision().publish()
    state = fresh(state)
    prefill(state, NewsArticle.objects.get(pk=original.pk).scheduled_revision.as_object(), english("Tomorrow."))
    assert not publication.publish(fresh(state))
    assert fresh(state).source_version == 1

    clock(days=2)
    call_command("publish_scheduled", verbosity=0)

    state = fresh(state)
    assert (state.source_version, state.original.version) == (2, 2)
    assert not has_notice(state)


def test_who_publishes_a_detached_translation_by_hand_has_seen_the_original(original):
    state, page = translated(original, english())
    changed(original)
    detach.detach(fresh(state))
    NewsArticle.objects.get(pk=page.pk).save_revision().publish()
    assert not has_notice(state)


def test_every_translation_of_the_demonstration_is_of_the_version_that_readers_have(db):
    live = TranslationState.objects.filter(published_at__isnull=False, step="translated", page__live=True)
    assert live.count() > 20
    assert [(str(one), one.source_version) for one in live if one.source_version != one.original.version] == []
