"""A third language without a live newsroom holds back no publication, and is not mentioned."""

from datetime import timedelta

import pytest

from iom.tests.new_languages import with_draft_of_newsroom
from iom.translation.models import Message, TranslationState
from iom.translation.tests.joint import Clock, ask_to_publish, live, marked_article, scheduler, translate
from iom.translation.tests.test_joint_publication_editor import edit
from iom.translation.tests.test_minor_corrections import form_data
from iom.translation.workflow import submission


@pytest.fixture
def newsroom(db):
    """The draft newsroom of a third language."""
    with with_draft_of_newsroom("es") as page:
        yield page


def notified_languages(kind):
    return set(Message.objects.filter(kind=kind).values_list("state__locale__language_code", flat=True))


def test_texts_that_are_published_together_do_not_await_it_and_it_is_not_said_to_be_published(newsroom, monkeypatch):
    clock, article = Clock(monkeypatch), marked_article()
    ask_to_publish(article, go_live_at=clock() + timedelta(hours=3))
    assert TranslationState.objects.filter(original=article.pk).count() == 2
    clock(hours=2, minutes=30)
    scheduler()
    assert notified_languages(Message.Kind.AWAITED_SOON) == {"en"}
    translate(article)
    clock(hours=1)
    scheduler()
    assert live(article).count(True) == 2
    assert notified_languages(Message.Kind.DONE) == {"en"}


@pytest.mark.parametrize("is_complete", [True, False])
def test_the_editor_says_in_which_languages_a_text_has_been_published(newsroom, sign_in, is_complete):
    article = marked_article()
    article.published_together = False
    article.save_revision()
    for locale in submission.other_locales(article):
        submission.submit(article, locale)
    translate(article)
    officer = sign_in("officer")
    officer.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    summary = "Résumé." if is_complete else "Ce qui vient d’être écrit."
    sent = form_data(article, summary=summary, **{"body-0-id": "0", "action-publish": "action-publish"})

    answer = officer.post(edit(article), sent, follow=True)

    messages = " ".join(str(one) for one in answer.context["messages"])
    languages = (
        "has been published in: Français, English." if is_complete else "has been published, but not in: English."
    )
    assert languages in messages
    assert live(article).count(True) == (2 if is_complete else 1)


def test_neither_the_option_nor_the_note_speaks_of_two_languages(newsroom, sign_in):
    article = marked_article()
    article.save_revision()
    ask_to_publish(article)
    form = sign_in("officer").get(edit(article), headers={"accept-language": "en"}).content.decode()
    assert "Publish all languages together" in form
    assert "all languages will be published together" in form
    assert "oth languages" not in form
