"""The messages of a refused form: what has not been done, and what is wrong, in the user's language."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from iom.core.tests.test_publish_at import schedule
from iom.tests.factories import ArticleFactory
from iom.translation.tests.test_minor_corrections import form_data

NBSP = "\N{NO-BREAK SPACE}"
NOT_SAVED = f"La page n’est pas enregistrée{NBSP}: corrigez d’abord les erreurs signalées."
REFUSED = f"La publication n’a pas eu lieu{NBSP}: corrigez d’abord les erreurs signalées."


@pytest.fixture
def draft(db):
    return ArticleFactory(live=False, first_published_at=None, date=None)


def post_and_read_messages(client, page, **changes):
    """Submits the form with these changes, and returns the messages."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(address, form_data(page) | changes, headers={"accept-language": "fr"})
    return " ".join(str(message) for message in answer.context["messages"])


def test_a_publication_that_is_refused_is_not_said_to_lose_the_draft(draft, sign_in):
    """The draft was autosaved by the editor."""
    text = post_and_read_messages(sign_in("officer"), draft, summary="", **{"action-publish": "1"})
    assert REFUSED in text
    assert NOT_SAVED not in text


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"action-submit": "1"}, "L’envoi en relecture n’a pas eu lieu"),
        ({"action-publish": "at", "go_live_at": "2020-01-01T00:00"}, "La publication n’est pas programmée"),
    ],
)
def test_each_button_has_its_own_message_of_refusal(draft, sign_in, button, words):
    assert words in post_and_read_messages(sign_in("officer"), draft, title="", **button)


def test_a_draft_that_cannot_be_saved_is_said_not_to_be(draft, sign_in):
    assert NOT_SAVED in post_and_read_messages(sign_in("officer"), draft, title="")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", f"<li>Date et heure de publication{NBSP}: Cette heure est passée."),
        ("en", "<li>Go live date/time: This time has passed."),
    ],
)
def test_each_error_follows_its_field_with_the_colon_of_the_language(draft, sign_in, language, line):
    client = sign_in("officer")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    answer = schedule(client, draft, "2020-07-01T09:00")
    assert line in " ".join(map(str, answer.context["messages"]))


def test_another_time_that_has_passed_does_not_offer_to_publish_now(draft, sign_in):
    client = sign_in("officer")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"
    schedule(client, draft)
    answer = client.post(reverse("publish_at", args=[draft.pk]), {"go_live_at": "2020-07-01T09:00"})
    assert "Choisissez-en une plus tardive." in answer.content.decode()
    assert "publiez maintenant" not in answer.content.decode()
    page = BeautifulSoup(answer.content, "html.parser")
    described = page.find(attrs={"name": "go_live_at"})["aria-describedby"].split()
    assert all(page.find(id=one) for one in described)
