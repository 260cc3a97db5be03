"""The row of an original and the states of its translations, from its publication on."""

from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.utils import timezone
from wagtail.models import Page, get_page_models

from iom.core.models import BasePage
from iom.tests.factories import ArticleFactory
from iom.translation.models import Message, Original, TranslationState
from iom.translation.tests.desk import body, prefill, publish, republish, submit, translated
from iom.translation.tests.joint import person
from iom.translation.workflow import progress, publication
from iom.withdrawal import withdrawing
from iom.withdrawal.models import Withdrawal
from newsroom.models import NewsArticle


@pytest.fixture
def original(db):
    article = ArticleFactory(title="Titre", summary="Résumé.", body=body("Un.", "Deux."), live=False)
    return republish(article)


def english(**changes):
    return NewsArticle(**{"title": "Title", "summary": "Summary.", "body": body("One.", "Two.")} | changes)


def state_of(original):
    return TranslationState.objects.get(original=original.pk)


def row(original):
    return Original.objects.get(page=original.pk)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_published_is_on_the_desk_of_the_other_language_at_once(db, language):
    article = republish(ArticleFactory(title="Titel", summary="Samenvatting.", language=language, live=False))

    state = state_of(article)
    assert state.locale.language_code == {"fr": "en", "en": "fr"}[language]
    assert (state.step, state.total, state.words_left) == ("to-translate", 2, 2)
    messages = Message.objects.filter(state=state).values_list("recipient__email", "kind")
    assert list(messages) == [(f"translator.{state.locale.language_code}@example.org", "needed")]


def test_a_publication_that_fails_leaves_no_trace_on_the_desk(original, monkeypatch):
    before = row(original).digest
    original.title = "Autre titre"
    revision = original.save_revision()
    monkeypatch.setattr(progress, "recount", Mock(side_effect=RuntimeError))

    with pytest.raises(RuntimeError):
        revision.publish()

    assert Page.objects.get(pk=original.pk).title == "Titre"
    assert row(original).digest == before


@pytest.mark.parametrize(("minor", "has_notice"), [(False, True), (True, False)])
def test_readers_of_the_translation_are_told_only_of_a_change_of_meaning(original, minor, has_notice):
    state, _page = translated(original, english())
    original.body = body("Un autre.", "Deux.")

    original = republish(original, minor=minor)

    state = state_of(original)
    assert state.step == "out-of-date"
    assert (state.total - state.translated) == 1
    assert state.is_older_than_its_original is has_notice
    assert TranslationState.objects.older_than_their_original().filter(pk=state.pk).exists() is has_notice
    assert Message.objects.filter(state=state, kind="stale").exists()

    prefill(state, original, english(body=body("Another one.", "Two.")))
    publish(state)
    assert not state_of(original).is_older_than_its_original


def test_a_minor_correction_after_a_change_of_meaning_does_not_take_the_notice_away(original):
    _state, _page = translated(original, english())
    original.body = body("Un autre.", "Deux.")
    original = republish(original)
    original.body = body("Un autre !", "Deux.")

    original = republish(original, minor=True)

    assert state_of(original).is_older_than_its_original


def test_publishing_the_same_words_again_changes_nothing(original):
    state, _page = translated(original, english())

    original = republish(original)

    state = state_of(original)
    assert state.step == "translated"
    assert not state.is_older_than_its_original
    assert not Message.objects.filter(state=state, kind="stale").exists()


def test_taking_out_a_passage_makes_nothing_stale(original):
    state, _page = translated(original, english())
    original.body = body("Un.")

    original = republish(original)

    assert state_of(original).step == "translated"
    assert [block.value.source for block in NewsArticle.objects.get(pk=state.page_id).body] == ["<p>One.</p>"]


def test_a_draft_of_the_original_changes_nothing_for_translators(original):
    state, _page = translated(original, english())
    original.title = "Pas encore"
    original.save_revision()

    assert state_of(original).step == "translated"
    assert state.translation.source.stringsegment_set.filter(string__data="Pas encore").count() == 0


def test_a_scheduled_text_is_on_the_desk_with_its_minute(db):
    article = ArticleFactory(title="Titre", summary="Résumé.", live=False)
    article.go_live_at = timezone.now() + timedelta(days=2)
    article.save_revision().publish()

    state = state_of(article)
    assert state.original.due_at == article.go_live_at
    assert state == TranslationState.objects.waiting().first()


def test_a_translation_is_no_original(original):
    _state, page = translated(original, english())

    assert not Original.objects.filter(page=page.pk).exists()
    assert Original.objects.filter(translation_key=original.translation_key).count() == 1


@pytest.mark.parametrize("page_type", [model for model in get_page_models() if issubclass(model, BasePage)])
def test_every_type_of_page_of_the_demonstration_has_its_row(db, page_type):
    live = page_type.objects.live()
    originals = Original.objects.filter(page__in=live)
    translations = TranslationState.objects.filter(page__in=live)
    assert originals.exists()
    assert originals.count() + translations.count() == live.count()


def test_a_translation_that_was_taken_down_is_not_put_back_by_its_original(original):
    _state, page = translated(original, english())
    page.unpublish()

    republish(original)

    assert not NewsArticle.objects.get(pk=page.pk).live
    publication.publish(state_of(original))
    assert NewsArticle.objects.get(pk=page.pk).live


def withdraw(original):
    withdrawing.withdraw(NewsArticle.objects.get(pk=original.pk), person("editor"), "public", {"fr": "Faux."})


def test_what_a_translator_publishes_during_a_withdrawal_is_to_be_published_after_it(original):
    state, page = translated(original, english())
    withdraw(original)
    prefill(state, original, english(summary="A better summary."))
    publication.publish(state_of(original))
    assert state_of(original).step == "ready"

    withdrawing.restore(Withdrawal.objects.get(), person("editor"))

    assert state_of(original).step == "to-publish"
    publication.publish(state_of(original))
    assert NewsArticle.objects.get(pk=page.pk).summary == "A better summary."


def test_after_a_withdrawal_the_desk_has_the_text_that_readers_have(original):
    _state, _page = translated(original, english())
    draft = NewsArticle.objects.get(pk=original.pk).get_latest_revision_as_object()
    draft.title, draft.go_live_at = "Titre de demain", timezone.now() + timedelta(hours=5)
    draft.save_revision().publish()
    assert state_of(original).step == "out-of-date"

    withdraw(original)
    withdrawing.restore(Withdrawal.objects.get(), person("editor"))

    assert state_of(original).step == "translated"


def test_beginning_again_keeps_what_was_written(original):
    state = submit(original, "en")
    prefill(state, original, english())
    assert submit(original, "en").translated == 4
