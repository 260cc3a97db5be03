"""A translation is published complete, with the text of its segments, and never before its original."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from iom.tests.factories import ArticleFactory
from iom.translation.tests.desk import body, prefill, publish, republish, submit, translated
from iom.translation.tests.sample_article import english
from iom.translation.workflow import publication
from newsroom.models import NewsArticle

PUBLISHED = {"live": True, "title": "Title", "url_path": "/en/news/title/", "summary": "Summary."}


@pytest.fixture
def original(db):
    return ArticleFactory(title="Titre", summary="Résumé.", body=body("Un."))


def row(state):
    """Returns the published row, as the database has it."""
    return NewsArticle.objects.filter(pk=state.page_id).values(*PUBLISHED).get()


def test_a_whole_translation_is_published_at_an_address_of_its_own(original):
    state, _page = translated(original, english())

    assert row(state) == PUBLISHED
    assert (state.step, state.missing, state.waiting_since) == ("translated", 0, None)


def test_a_translation_of_which_words_are_missing_is_not_published(original):
    state = submit(original, "en")

    with pytest.raises(publication.NotPublished, match="3"):
        publication.publish(state)

    assert not Page.objects.get(pk=state.page_id).live


def test_the_published_translation_stays_as_it_is_until_the_new_words_are_all_there(original):
    state, _page = translated(original, english())
    original.title, original.body = "Nouveau titre", body("Un.", "Deux.")
    original = republish(original)
    state.refresh_from_db()

    assert (state.step, state.missing) == ("out-of-date", 2)
    with pytest.raises(publication.NotPublished):
        publication.publish(state)
    assert row(state) == PUBLISHED

    prefill(state, original, english(title="New title", body=body("One.", "Two.")))
    assert row(state) == PUBLISHED
    publish(state)
    assert row(state) == PUBLISHED | {"title": "New title"}


def test_words_that_do_not_fit_the_page_are_marked_beside_their_segment_and_change_nothing(original):
    state, _page = translated(original, english())
    prefill(state, original, english(title="T" * 300))

    with pytest.raises(ValidationError):
        publication.publish(state)

    assert row(state) == PUBLISHED


def test_a_translation_of_what_is_not_yet_public_waits_and_goes_live_with_its_original(db):
    original = ArticleFactory(title="Titre", summary="Résumé.", body=body("Un."), live=False)
    state = submit(original, "en")
    prefill(state, original, english())

    assert publication.publish(state) is False
    state.refresh_from_db()
    assert state.step == "ready"
    assert not Page.objects.get(pk=state.page_id).live

    republish(original)
    state.refresh_from_db()
    assert row(state) == PUBLISHED
    assert state.step == "translated"


def test_what_is_written_after_a_translation_was_ready_does_not_go_live_by_itself(db):
    original = ArticleFactory(title="Titre", summary="Résumé.", body=body("Un."), live=False)
    state = submit(original, "en")
    prefill(state, original, english())
    publication.publish(state)
    state.refresh_from_db()

    prefill(state, original, english(title="Not yet approved"))
    republish(original)

    state.refresh_from_db()
    assert state.step == "to-publish"
    assert not Page.objects.get(pk=state.page_id).live


@pytest.mark.parametrize("which", ["the copy it begins as", "an edit past the segments"])
def test_only_what_is_made_of_whole_segments_goes_live(original, which):
    state = submit(original, "en")
    if which == "an edit past the segments":
        prefill(state, original, english())
        publish(state)
    page = state.page.specific
    page.title = "Titre"
    revision = page.save_revision()

    with pytest.raises(publication.NotPublished):
        revision.publish()

    assert not NewsArticle.objects.filter(pk=page.pk, live=True, title="Titre").exists()


def test_a_locked_page_and_one_in_a_workflow_are_not_published(original):
    state = submit(original, "en")
    prefill(state, original, english())
    Page.objects.filter(pk=state.page_id).update(locked=True)
    state.page.refresh_from_db()

    with pytest.raises(publication.NotPublished):
        publication.publish(state)

    assert not Page.objects.get(pk=state.page_id).live


def test_published_versions_stay_available(original):
    state, _page = translated(original, english())
    prefill(state, original, english(title="Better title"))
    publish(state)

    titles = [version.segments[0]["target"] for version in state.translation.versions.exclude(published_at=None)]
    assert titles == ["Better title", "Title"]
