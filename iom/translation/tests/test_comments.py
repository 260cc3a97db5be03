"""A reviser's comment stays with its passage, can be resolved, and can be opened again."""

import pytest
from django.urls import reverse

from iom.tests.factories import ArticleFactory
from iom.translation.content import segments
from iom.translation.models import LanguageRule
from iom.translation.tests.desk import body, republish, submit
from iom.translation.tests.test_desk import in_english

pytestmark = pytest.mark.django_db
PASSAGE = "Un train part de Genève."


@pytest.fixture
def original(db):
    return ArticleFactory(title="Titre", summary="Résumé.", body=body(PASSAGE, "Il arrive."))


@pytest.fixture
def state(original):
    LanguageRule.objects.filter(locale__language_code="en").update(review=True)
    return submit(original, "en")


def segment(state, source=PASSAGE):
    return next(row for row in segments.load_text(state.translation) if row.source == source)


def write(client, state, text="Say “departs”."):
    return client.post(reverse("translation_comment", args=[state.pk, segment(state).pk]), {"text": text})


def press(client, comment, **data):
    return client.post(reverse("translation_resolve_comment", args=[comment.pk]), data)


def editor(client, state):
    return in_english(client).get(state.editor_address()).content.decode()


def test_it_is_shown_with_its_passage_until_it_is_resolved_and_again_once_it_is_opened(sign_in, state):
    client = sign_in("translator.en")
    answer = write(client, state).json()
    assert "Say “departs”." in answer["html"]
    comment = state.translation.comments.get()
    assert comment.written_by.email == "translator.en@example.org"
    link = f'href="#comment-{comment.pk}"'
    assert link in editor(client, state)

    press(client, comment)
    comment.refresh_from_db()
    assert comment.resolved_by.email == "translator.en@example.org"
    shown = editor(client, state)
    assert link not in shown
    assert "Say “departs”." in shown

    press(client, comment, open="on")
    comment.refresh_from_db()
    assert comment.resolved_at is comment.resolved_by is None
    assert link in editor(client, state)


def test_the_first_of_two_users_has_resolved_a_comment(sign_in, state):
    write(sign_in("translator.en"), state)
    comment = state.translation.comments.get()
    press(sign_in("editor"), comment)
    press(sign_in("translator.en"), comment)
    comment.refresh_from_db()
    assert comment.resolved_by.email == "editor@example.org"


def test_it_stays_with_the_passage_that_replaces_its_own(sign_in, original, state):
    client = sign_in("translator.en")
    write(client, state)
    original.body = body("Un train part de Lausanne.", "Il arrive.")
    republish(original)
    shown = editor(client, state)
    assert "Say “departs”." in shown
    assert f'<q lang="fr" dir="auto">{PASSAGE}</q>' in shown


def test_nobody_is_led_to_a_comment_whose_passage_is_gone(sign_in, original, state):
    client = sign_in("translator.en")
    write(client, state)
    assert "#comment-" in editor(client, state)

    original.body = []
    republish(original)

    assert "#comment-" not in editor(client, state)


@pytest.mark.parametrize("text", ["", " \n", "x" * 2001])
def test_an_empty_or_too_long_comment_is_refused_in_words(sign_in, state, text):
    answer = write(sign_in("translator.en"), state, text)
    assert answer.status_code == 400
    assert not state.translation.comments.exists()
    assert answer.json()["error"]


def test_nobody_is_asked_for_comments_where_translations_are_not_revised(sign_in, state):
    LanguageRule.objects.update(review=False)
    assert reverse("translation_comment", args=[state.pk, segment(state).pk]) not in editor(
        sign_in("translator.en"), state
    )
