"""The words of screens outside `test_admin_screens.py`, in both languages: sign-in, review, search, errors."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Workflow

from iom.editorial.tests import admin_screens, admin_urls, words
from iom.users.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.one_language]
both_languages = pytest.mark.parametrize("language", ["fr", "en"])


@pytest.fixture(autouse=True)
def _content_of_this_test():
    yield words.forget()
    words.forget()


def foreign_words(answer, language):
    assert answer.status_code == 200, answer.status_code
    return words.foreign(words.words_of(answer), language)


@both_languages
def test_signing_in(language):
    names = ("password_reset", "password_reset_done", "password_reset_complete")
    client = Client(headers={"accept-language": language})
    screens = {name: client.get(reverse(f"wagtailadmin_{name}")) for name in names}
    screens["login"] = client.get(f"/{language}/-/account/sign-in/")

    assert {name: texts for name, one in screens.items() if (texts := foreign_words(one, language))} == {}
    assert {"fr": {"Mot de passe", "Se connecter"}, "en": {"Password", "Sign in"}}[language] <= words.words_of(
        screens["login"]
    ).shown


@both_languages
def test_a_text_that_is_reviewed(language):
    page = admin_urls.text("fr").original
    workflow = Workflow.objects.get()
    page.save_revision(user=User.objects.get(email="officer@example.org"))
    state = workflow.start(page, User.objects.get(email="officer@example.org"))
    task = [page.pk, "reject", state.current_task_state.pk]
    editor, officer = (admin_screens.client_of(letter, language) for letter in "eo")
    addresses = {
        "dashboard": reverse("wagtailadmin_home"),
        "editor": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "changes": reverse("wagtailadmin_pages:workflow_action", args=task),
        "publication": reverse("wagtailadmin_pages:confirm_workflow_cancellation", args=[page.pk]),
        "history": reverse("wagtailadmin_pages:workflow_history", args=[page.pk]),
        "detail": reverse("wagtailadmin_pages:workflow_history_detail", args=[page.pk, state.pk]),
        "report": reverse("wagtailadmin_reports:workflow"),
    }
    found = {name: foreign_words(editor.get(url), language) for name, url in addresses.items()}
    found["officer"] = foreign_words(officer.get(addresses["editor"]), language)

    assert {name: texts for name, texts in found.items() if texts} == {}
    assert words.words_of(editor.get(addresses["changes"])).shown & {"Commentaire", "Comment"} == {
        {"fr": "Commentaire", "en": "Comment"}[language]
    }


@both_languages
def test_a_translation_a_search_and_an_error(language):
    text = admin_urls.text("fr")
    translator, officer = (admin_screens.client_of(letter, language) for letter in "no")
    found = {
        "translation": translator.get(reverse("wagtailadmin_pages:edit", args=[text.translation.pk])),
        "search": officer.get(reverse("wagtailadmin_pages:search"), {"q": "Haïti"}),
        "nothing": officer.get(reverse("wagtailadmin_pages:search"), {"q": "zzzz"}),
        "pictures": officer.get(reverse("wagtailimages_chooser:choose_results"), {"q": "zzzz"}),
        "error": officer.post(reverse("wagtailimages:add")),
    }

    assert {name: texts for name, one in found.items() if (texts := foreign_words(one, language))} == {}
