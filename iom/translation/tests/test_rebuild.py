"""A site that had translations before it had the desk gets its rows."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from iom.tests.factories import ArticleFactory
from iom.translation.models import Message, Original, TranslationState
from iom.translation.tests.desk import body, republish, submit, translated
from iom.users.models import User
from newsroom.models import NewsArticle


@pytest.fixture(autouse=True)
def original(db):
    original = republish(ArticleFactory(title="Titre", summary="Résumé.", body=body("Un.")))
    translated(original, NewsArticle(title="Title", summary="Summary.", body=body("One.")))
    return original


def states(**of):
    fields = ["translation", "original", "page", "locale", "step", "total", "translated"]
    return list(TranslationState.objects.filter(**of).order_by("pk").values_list(*fields))


def originals():
    return list(Original.objects.order_by("pk").values_list("pk", "digest", "words", "due_at"))


def test_running_it_again_changes_nothing_and_tells_no_one(capsys):
    call_command("rebuild_desk")
    before, told = (states(), originals()), Message.objects.count()
    call_command("rebuild_desk")
    assert (states(), originals()) == before
    assert Message.objects.count() == told
    assert "(0 new)" in capsys.readouterr().out


def test_what_was_lost_is_made_again(capsys):
    before, everything, scheduled = states(page__live=True), len(states()), Original.objects.exclude(due_at=None)
    due = list(scheduled.values_list("pk", "due_at"))
    Original.objects.all().delete()
    call_command("rebuild_desk")
    assert states(page__live=True) == before
    assert len(states()) == everything
    assert list(scheduled.values_list("pk", "due_at")) == due
    assert f"{everything} translations ({everything} new)" in capsys.readouterr().out


def test_words_that_readers_do_not_have_yet_are_still_to_be_published(original):
    state = TranslationState.objects.get(original=original.pk)
    page = NewsArticle.objects.get(pk=state.page_id)
    NewsArticle.objects.filter(pk=page.pk).update(summary="Another summary.")
    Original.objects.all().delete()
    call_command("rebuild_desk")
    assert TranslationState.objects.get(page=page).step == "to-publish"


def test_of_a_pair_that_was_made_without_the_desk_the_first_is_the_original(db):
    published = {"first_published_at": timezone.now(), "last_published_at": timezone.now()}
    french = ArticleFactory(title="Titre", **published)
    english = ArticleFactory(title="Title", language="en", translation_key=french.translation_key, **published)

    for _ in range(2):
        call_command("rebuild_desk", verbosity=0)

    assert Original.objects.get(translation_key=french.translation_key).page_id == french.pk
    assert TranslationState.objects.get(original=french.pk).page_id == english.pk


def test_the_pages_of_translations_that_there_are_belong_to_nobody(db):
    officer = User.objects.get(email="officer@example.org")
    original = ArticleFactory(title="Titre", owner=officer, body=body("Un."))
    state = submit(original, "en")
    Page.objects.filter(pk=state.page_id).update(owner=officer)

    import_module("iom.translation.migrations.0002_translations_have_no_owner").forget_owners(apps, None)

    owners = dict(Page.objects.filter(pk__in=[original.pk, state.page_id]).values_list("pk", "owner"))
    assert owners == {original.pk: officer.pk, state.page_id: None}
