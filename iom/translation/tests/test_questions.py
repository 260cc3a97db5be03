"""Questions on a segment: who is notified, who answers, and that both stay with the segment."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from iom.tests.factories import ArticleFactory
from iom.translation.content import segments
from iom.translation.models import Message, TranslationState
from iom.translation.tests.desk import body, notified, person, republish, submit
from iom.translation.tests.screen import passage
from iom.translation.workflow import message_entries, questions
from iom.users.models import User

JSON = {"Accept": "application/json"}


@pytest.fixture
def original(db):
    page = ArticleFactory(title="Titre", summary="Résumé.", body=body("Un train part de Genève.", "Il arrive."))
    page.owner = person("officer")
    page.save()
    return page


@pytest.fixture
def state(original):
    return submit(original, "en")


def ask(client, state, row, text="Which station?"):
    return client.post(reverse("translation_ask", args=[state.pk, row.pk]), {"text": text})


def answer(client, question, text="Cornavin.", **headers):
    return client.post(reverse("translation_answer", args=[question.pk]), {"answer": text}, headers=headers)


def question_on(state):
    return state.translation.questions.get()


def test_the_author_is_told_of_a_question_and_the_translator_of_its_answer(sign_in, state):
    row = passage(state, "Un train part de Genève.")

    ask(sign_in("translator.en"), state, row)

    assert notified("asked", state) == {"officer@example.org"}

    answered = answer(sign_in("officer"), question_on(state))

    assert answered.url == reverse("wagtailadmin_pages:edit", args=[state.page_id]) + f"#segment-{row.pk}"
    assert notified("answered", state) == {"translator.en@example.org"}
    [question] = questions.by_segment(state.translation)[row.context_id, row.string_id]
    assert (question.text, question.answer) == ("Which station?", "Cornavin.")
    assert (question.asked_by, question.answered_by) == (person("translator.en"), person("officer"))


def test_whoever_published_the_text_last_is_told_as_well(sign_in, state, original):
    original.save_revision().publish(user=person("editor"))

    ask(sign_in("translator.en"), state, passage(state, "Titre"))

    assert notified("asked", state) == {"officer@example.org", "editor@example.org"}


def test_where_the_author_has_left_newsroom_editors_are_told(sign_in, state):
    User.objects.filter(email="officer@example.org").update(is_active=False)

    ask(sign_in("translator.en"), state, passage(state, "Titre"))

    assert "editor@example.org" in notified("asked", state)
    assert "officer@example.org" not in notified("asked", state)


def test_a_script_gets_the_questions_of_the_segment_and_leaves_the_screen_as_it_is(sign_in, state):
    row = passage(state, "Titre")

    asked = ask(sign_in("translator.en"), state, row, "Which?").json()
    assert "Which?" in asked["html"]
    assert reverse("translation_ask", args=[state.pk, row.pk]) in asked["html"]
    assert "translation_answer" not in asked["html"]

    answered = answer(sign_in("officer"), question_on(state), "This one.", **JSON).json()
    assert "This one." in answered["html"]


@pytest.mark.parametrize("text", ["", "  \r\n ", "a" * 2001])
def test_a_question_that_is_empty_or_too_long_is_refused_in_words(sign_in, state, text):
    refused = ask(sign_in("translator.en"), state, passage(state, "Titre"), text)

    assert refused.status_code == 400
    assert refused.json()["error"]
    assert not state.translation.questions.exists()


def test_an_answer_that_is_empty_is_given_back(sign_in, state):
    ask(sign_in("translator.en"), state, passage(state, "Titre"))

    page = answer(sign_in("officer"), question_on(state), " ")

    assert page.status_code == 400
    assert "Which station?" in page.content.decode()


def test_an_answer_is_corrected_by_its_author_and_overwritten_by_nobody_else(sign_in, state):
    ask(sign_in("translator.en"), state, passage(state, "Titre"))
    answer(sign_in("officer"), question_on(state))

    refused = answer(sign_in("editor"), question_on(state), "Another.")
    assert "Another." in refused.content.decode()
    assert question_on(state).answer == "Cornavin."

    answer(sign_in("officer"), question_on(state), "Cointrin.")
    assert question_on(state).answer == "Cointrin."


def test_what_was_asked_of_an_earlier_wording_goes_with_the_passage_in_its_place(sign_in, state, original):
    ask(sign_in("translator.en"), state, passage(state, "Un train part de Genève."))
    original.body = body("Un train spécial part de Genève.", "Il arrive.")
    republish(original)
    row = passage(state, "Un train spécial part de Genève.")

    [question] = questions.by_segment(state.translation)[row.context_id, row.string_id]
    assert not question.is_current

    html = answer(sign_in("officer"), question, "Cornavin.", **JSON).json()["html"]
    assert "Un train part de Genève." in html


def test_a_passage_that_is_gone_takes_no_question(sign_in, state, original):
    row = passage(state, "Un train part de Genève.")
    original.body = body("Il arrive.")
    republish(original)

    refused = ask(sign_in("translator.en"), state, row, "Which station?")

    assert refused.status_code == 400
    assert refused.json()["error"]
    assert not state.translation.questions.exists()


@pytest.mark.parametrize("account", ["translator.fr"])
def test_translators_into_another_language_neither_ask_nor_answer(sign_in, state, account):
    ask(sign_in(account), state, passage(state, "Titre"))
    assert not state.translation.questions.exists()

    ask(sign_in("translator.en"), state, passage(state, "Titre"))
    for other in (account, "translator.en"):
        answer(sign_in(other), question_on(state))
    assert question_on(state).answer == ""


def test_the_author_sees_what_waits_and_the_translator_what_was_asked(sign_in, state):
    ask(sign_in("translator.en"), state, passage(state, "Titre"), "Of what?")
    address = reverse("translation_questions")

    assert "Of what?" in sign_in("officer").get(address).content.decode()
    assert "Of what?" in sign_in("editor").get(address).content.decode()
    assert "Of what?" in sign_in("translator.en").get(address).content.decode()
    assert "Of what?" not in sign_in("translator.fr").get(address).content.decode()

    answer(sign_in("officer"), question_on(state))
    assert "Of what?" not in sign_in("officer").get(address).content.decode()
    assert "Cornavin." in sign_in("translator.en").get(address).content.decode()


def test_questions_cost_one_query_however_many_there_are(state, django_assert_num_queries):
    for row in segments.load_text(state.translation):
        questions.ask(state, row, "Why?", person("translator.en"))

    with django_assert_num_queries(1):
        found = questions.by_segment(state.translation)
        assert {question.asked_by.email for [question] in found.values()} == {"translator.en@example.org"}


def test_only_users_who_may_edit_the_home_page_ask_about_it(sign_in):
    home = TranslationState.objects.get(page__depth=2, locale__language_code="en")
    row = segments.load_text(home.translation)[0]
    address = reverse("translation_ask", args=[home.pk, row.pk])

    sign_in("officer").post(address, {"text": "May I?"})
    assert not home.translation.questions.exists()

    sign_in("editor").post(address, {"text": "May I?"})
    assert home.translation.questions.exists()


# The link to the box for the answer


def box(client, question):
    return client.get(reverse("translation_answer", args=[question.pk]))


def test_the_link_to_a_question_leads_to_its_box(sign_in, state):
    ask(sign_in("translator.en"), state, passage(state, "Titre"))
    question, officer = question_on(state), sign_in("officer")
    address = reverse("translation_answer", args=[question.pk])
    for listed in ("/admin/", reverse("translation_questions")):
        assert f'href="{address}"' in officer.get(listed).content.decode(), listed
    [message] = Message.objects.filter(kind="asked", state=state)
    assert message_entries.build_entry(message).address.endswith(address)

    answer = box(officer, question)

    assert answer.url == f"{state.editor_address()}#answer-{question.pk}"
    screen = officer.get(answer.url.split("#")[0]).content.decode()
    assert f'id="question-{question.pk}"' in screen
    assert f'id="answer-{question.pk}"' in screen


def test_a_question_about_a_passage_that_is_gone_is_still_answered(sign_in, state, original):
    ask(sign_in("translator.en"), state, passage(state, "Un train part de Genève."))
    original.body = []
    original.summary = ""
    republish(original)
    question, officer = question_on(state), sign_in("officer")
    assert questions.segment_of(question) is None

    page = box(officer, question)

    assert page.status_code == 200
    assert "Which station?" in page.content.decode()
    assert "autofocus" in page.content.decode()
    answer(officer, question)
    assert question_on(state).answer == "Cornavin."
    [message] = Message.objects.filter(kind="answered", state=state)
    assert message_entries.build_entry(message).address.endswith(reverse("translation_questions"))
    assert "Cornavin." in sign_in("translator.en").get(reverse("translation_questions")).content.decode()


def test_a_question_follows_its_passage_into_another_block(sign_in, state, original):
    client, words = sign_in("translator.en"), "Un train part de Genève."
    ask(client, state, passage(state, words))
    [paragraph] = [block for block in original.body.raw_data if words in block["value"]]
    original.body = [{"type": "heading", "id": "h", "value": words}, paragraph | {"value": "<p>Autre chose.</p>"}]
    republish(original)

    shown = BeautifulSoup(client.get(state.editor_address()).content, "html.parser")

    row = shown.select_one(f"[data-segment]:has(#question-{question_on(state).pk})")
    assert words in row.select_one(".translation-row__source").get_text()
    assert "Which station?" in row.get_text()


def test_the_box_is_for_those_who_may_answer(sign_in, state):
    ask(sign_in("translator.en"), state, passage(state, "Titre"))
    for account in ("translator.en", "translator.fr"):
        assert "#answer" not in box(sign_in(account), question_on(state)).url
