"""The messages and buttons of the page editor while a text waits for its translation."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, PageLogEntry

from iom.translation.models import JointPublication, TranslationState
from iom.translation.tests.desk import prefill
from iom.translation.tests.joint import (
    Clock,
    ask_to_publish,
    counterpart,
    english,
    live,
    marked_article,
    person,
    scheduler,
    translate,
)
from iom.translation.tests.test_minor_corrections import form_data
from iom.translation.workflow import log, progress, submission

ALONE = "translation_publish_alone"


@pytest.fixture
def article(db):
    return marked_article()


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def edit(article):
    return reverse("wagtailadmin_pages:edit", args=[article.pk])


def publish_button(client, article, callbacks):
    sent = form_data(
        article, published_together="on", summary="Résumé.", **{"body-0-id": "0", "action-publish": "action-publish"}
    )
    with callbacks(execute=True):
        return client.post(edit(article), sent, follow=True)


def test_the_editor_says_what_is_awaited_and_from_whom(sign_in, article, django_capture_on_commit_callbacks):
    article.save_revision()
    client = sign_in("officer")
    answer = publish_button(client, article, django_capture_on_commit_callbacks)

    text = answer.content.decode()
    assert live(article) == [False, False]
    assert answer.request["PATH_INFO"] == edit(article)
    assert "0 " in text
    assert 'class="joint-states"' in text
    assert reverse("translation_cancel_joint", args=[article.pk]) in text
    assert reverse("translation_publish_alone", args=[article.pk]) not in text, "an editor's decision"

    state = english(article)
    state.claimed_by = person("translator.en")
    state.save()
    text = sign_in("editor").get(edit(article)).content.decode()
    assert "Robin Translator" in text or person("translator.en").get_full_name() in text
    assert reverse("translation_publish_alone", args=[article.pk]) in text


def test_what_is_complete_awaits_a_translator_and_is_not_said_to_be_unclaimed(article):
    ask_to_publish(article)
    with override("en"):
        assert progress.summary(english(article)).startswith("English: not claimed yet, 0 of ")
        prefill(english(article), article, counterpart())
        said = progress.summary(english(article))
        assert said == "English: complete, but a translator still has to publish it"
        TranslationState.objects.filter(original=article.pk).update(claimed_by=person("translator.en"))
        assert progress.summary(english(article)) == said.replace(
            ": ", f": {person('translator.en').get_full_name()}, "
        )


def test_the_editor_publishes_both_at_once_when_the_translation_is_ready(
    sign_in, article, django_capture_on_commit_callbacks
):
    submission.submit(article, Locale.objects.get(language_code="en"))
    translate(article)
    article.save_revision()
    publish_button(sign_in("officer"), article, django_capture_on_commit_callbacks)

    assert live(article) == [True, True]


def test_an_editor_publishes_the_original_alone_with_a_reason(sign_in, article):
    ask_to_publish(article)
    address = reverse(ALONE, args=[article.pk])
    sign_in("officer").post(address, {"reason": "La conférence de presse commence."})
    assert live(article) == [False, False]

    editor = sign_in("editor")
    assert editor.get(address).status_code == 200
    editor.post(address, {"reason": "vite"})
    assert live(article) == [False, False]
    editor.post(address, {"reason": "La conférence de presse commence."})

    assert live(article) == [True, False]
    entry = PageLogEntry.objects.get(page=article.pk, action=log.PUBLISH_ALONE)
    assert (entry.user, entry.data["reason"]) == (person("editor"), "La conférence de presse commence.")
    history = editor.get(reverse("wagtailadmin_pages:history", args=[article.pk])).content.decode()
    assert "La conférence de presse commence." in history
    assert translate(article) is True, "as any translation of a published text"


def test_an_embargo_stands_when_the_original_is_to_go_alone(sign_in, article, clock):
    ask_to_publish(article, go_live_at=clock() + timedelta(hours=3))
    sign_in("editor").post(reverse(ALONE, args=[article.pk]), {"reason": "Le traducteur est malade."})
    assert live(article) == [False, False]

    clock(hours=3, minutes=1)
    scheduler()
    assert live(article) == [True, False]


def test_who_may_publish_cancels_the_joint_publication(sign_in, article, django_capture_on_commit_callbacks):
    ask_to_publish(article)
    address = reverse("translation_cancel_joint", args=[article.pk])
    assert sign_in("officer").get(address).status_code == 405
    sign_in("translator.fr").post(address)
    assert JointPublication.objects.exists()

    sign_in("officer").post(address)

    assert not JointPublication.objects.exists()
    assert english(article).original.due_at is None
    assert translate(article) is False
    assert live(article) == [False, False]


@pytest.mark.parametrize("name", ["translation_cancel_joint", ALONE])
def test_who_comes_too_late_gets_a_message(sign_in, article, name):
    ask_to_publish(article)
    assert translate(article) is True
    client = sign_in("editor")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    said = client.post(reverse(name, args=[article.pk]), {"reason": "Le traducteur est malade."}, follow=True)
    assert said.request["PATH_INFO"] == edit(article)
    assert "Another person has published this page" in " ".join(str(one) for one in said.context["messages"])
