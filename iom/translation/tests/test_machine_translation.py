"""Machine translation: off unless a service is named, on request, marked, and never published unread."""

import pytest
import requests
from django.db import connection
from django.urls import reverse
from wagtail_localize.machine_translators.dummy import DummyTranslator

from iom.tests.factories import ArticleFactory
from iom.translation.content import segments
from iom.translation.models import TranslationState
from iom.translation.tests.desk import body, republish
from iom.translation.tests.screen import address, segment
from iom.translation.workflow import publication, writing

DUMMY = {"CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"}


@pytest.fixture
def state(db):
    text = 'Un <a href="https://example.org/">lien</a> <b>important</b>.'
    original = republish(ArticleFactory(title="Titre long", summary="Un résumé.", body=body(text)))
    return TranslationState.objects.get(original=original.pk, locale__language_code="en")


def ask(client, state):
    return client.post(reverse("translation_machine", args=[state.pk]), follow=True)


def test_it_is_off_where_no_service_is_named(state, sign_in):
    client = sign_in("translator.en")
    assert "Traduire automatiquement" not in client.get(address(state)).content.decode()
    assert "La traduction automatique n’est pas configurée" in ask(client, state).content.decode()


def test_what_is_missing_is_filled_in_marked_and_not_published(state, sign_in, settings):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = DUMMY
    client = sign_in("translator.en")
    writing.write(state, segment(state, "summary"), "Written.", None)
    assert "Traduire automatiquement" in client.get(address(state)).content.decode()
    html = ask(client, state).content.decode()
    assert "Traduit automatiquement (" in html
    found = {row.path: row.target for row in segments.load_text(state.translation)}
    assert (found["title"], found["summary"]) == ("long Titre", "Written.")
    assert '<a id="a1">' in found["body.0"]
    state.refresh_from_db()
    assert (state.unconfirmed, state.missing) == (2, 2)
    with pytest.raises(publication.NotPublished):
        publication.publish(state)


@pytest.mark.parametrize("error", [requests.Timeout(), requests.HTTPError(), KeyError("translations"), ValueError()])
def test_a_service_that_fails_is_said_and_nothing_is_written(state, sign_in, settings, monkeypatch, error):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = DUMMY

    def fail(*_args):
        raise error

    monkeypatch.setattr(DummyTranslator, "translate", fail)
    html = ask(sign_in("translator.en"), state).content.decode()
    assert "Rien n’a été traduit" in html
    assert not [row for row in segments.load_text(state.translation) if row.written]


def test_no_transaction_waits_for_the_service(sign_in, settings, monkeypatch, state):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = DUMMY
    seen = []
    real = DummyTranslator.translate
    monkeypatch.setattr(
        DummyTranslator, "translate", lambda *args: seen.append(len(connection.savepoint_ids)) or real(*args)
    )
    client, outside = sign_in("translator.en"), len(connection.savepoint_ids)
    ask(client, state)
    assert seen == [outside]
