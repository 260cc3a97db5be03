"""Concurrent instructions of several officers for one text: nobody replaces another's change without confirmation."""

import pytest
from django.urls import reverse

from iom.tests.factories import ArticleFactory
from iom.tests.html_forms import forms
from iom.translation.models import TranslationState
from iom.translation.tests.desk import body, republish, translated
from iom.translation.tests.test_desk import in_english, user
from iom.translation.tests.test_instructions import NOTE, given, text_of
from newsroom.models import NewsArticle

FORMS = {
    "beside the text": lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
    "by itself": lambda page: reverse("translation_instructions", args=[page.pk]),
}
BUTTONS = ("translation_submit", "translation_instructions")


@pytest.fixture
def original(db):
    return republish(ArticleFactory(title="Titre", summary="Résumé.", body=body("Un.")))


def opened(answer, note=None):
    """Returns the form data of a response, with another note if one is given."""
    found = (form.values for form in forms(answer.content) if "instructions-note" in form.values)
    values = next(found)
    return values | ({"instructions-note": note} if note is not None else {})


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form_that_was_open_asks_before_it_replaces_those_of_a_colleague(sign_in, original, form, button):
    officer, editor = in_english(sign_in("officer")), sign_in("editor")
    address = reverse(button, args=[original.pk])
    mine = opened(officer.get(form(original)), "Mine.")
    editor.post(address, opened(editor.get(form(original)), NOTE))

    refused = officer.post(address, mine)

    text = text_of(refused)
    assert f"{user('editor').get_full_name()} has changed this since you opened it." in text
    assert ("Not submitted for translation." in text) == (button == "translation_submit")
    assert given(original).note == NOTE
    again = opened(refused)
    assert again["instructions-note"] == ["Mine."]
    assert officer.post(address, again).status_code == 302
    assert given(original).note == "Mine."


@pytest.mark.parametrize("button", BUTTONS)
def test_instructions_sent_twice_need_no_confirmation(sign_in, original, button):
    officer, address = sign_in("officer"), reverse(button, args=[original.pk])
    mine = opened(officer.get(FORMS["by itself"](original)), NOTE)
    assert [officer.post(address, mine).status_code for _press in range(2)] == [302, 302]


def test_those_that_have_ended_are_not_given_again_unasked_nor_is_it_said_that_the_officer_has_changed_them(
    sign_in, original
):
    officer, address = in_english(sign_in("officer")), reverse("translation_submit", args=[original.pk])
    officer.post(address, opened(officer.get(FORMS["by itself"](original)), NOTE))
    mine = opened(officer.get(FORMS["beside the text"](original)))
    translated(original, NewsArticle(title="Title", summary="Summary.", body=body("One.")))
    assert given(original) is None

    refused = text_of(officer.post(address, mine))

    assert "Another person has changed this since you opened it." in refused
    assert given(original) is None
    assert TranslationState.objects.get(original=original.pk).instructions is None
