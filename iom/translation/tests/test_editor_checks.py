"""The findings of the checks in the translators' editor, and as warnings after publication."""

import pytest
from django.urls import reverse

from iom import findings
from iom.findings import Finding, Level
from iom.tests.factories import ArticleFactory
from iom.translation.content import markup
from iom.translation.tests.admin import message_text
from iom.translation.tests.desk import body, submit, translated
from iom.translation.tests.screen import ENGLISH, address, form, segment
from newsroom.models import NewsArticle

pytestmark = pytest.mark.django_db
LONG = " ".join(["word"] * 26) + "."
LONG_FR = " ".join(["mot"] * 31) + "."
NOT_TOO_LONG_FR = " ".join(["mot"] * 28) + "."
SHORT = " ".join(["word"] * 20) + "."


def original(**values):
    return ArticleFactory(**{"title": "Titre", "summary": "Résumé.", "body": body("Un.", "Deux."), **values})


def get_findings(client, state, language="en"):
    answer = client.get(reverse("translation_checks", args=[state.pk]), headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.json()


def write(client, state, path, text):
    row = segment(state, path)
    client.post(
        reverse("translation_segment", args=[state.pk, row.pk]),
        {"text": text, "seen": markup.text_fingerprint(row.written or "")},
    )
    return row


def test_what_is_written_is_checked_passage_by_passage_in_its_own_language(sign_in):
    state, client = submit(original(body=body(LONG_FR, NOT_TOO_LONG_FR)), "en"), sign_in("translator.en")
    assert get_findings(client, state) == {"summary": "Nothing to correct", "findings": []}
    row = write(client, state, "body.1", LONG)
    answer = get_findings(client, state)
    assert answer["summary"] == "1 warning"
    assert [(one["level"], one["where"]) for one in answer["findings"]] == [("warning", [row.pk])]
    assert get_findings(client, state, "fr")["summary"] == "1 avertissement"
    write(client, state, "body.1", SHORT)
    assert get_findings(client, state)["findings"] == []


def test_french_typography_is_offered_to_those_who_may_write(sign_in):
    state = submit(original(language="en", title="Title", summary="Summary."), "fr")
    client = sign_in("translator.fr")
    row = write(client, state, "summary", "Qui vient ?")
    (one,) = get_findings(client, state)["findings"]
    assert one["where"] == [row.pk]
    assert one["field"]
    ((wrong, right),) = one["fix"]
    assert "Qui vient ?".replace(wrong, right) == "Qui vient\u202f?"


def test_findings_that_the_original_has_too_are_not_shown_to_its_translator(sign_in, monkeypatch):
    def shown(page, moment):
        yield Finding("same", (), "In all languages.", level=Level.WARNING)
        yield Finding("of one", (), f"In {page.locale.language_code}.")

    monkeypatch.setattr(findings, "warnings", {"shown": shown})
    monkeypatch.setattr(findings, "errors", {})
    english = NewsArticle(title="Title", summary="Summary.", body=body("One.", "Two."))
    state, _page = translated(original(), english)
    answer = get_findings(sign_in("translator.en"), state)
    assert [(one["message"], one["where"]) for one in answer["findings"]] == [("In en.", [])]


def test_after_publication_its_warnings_are_shown_with_links_to_their_passages(sign_in):
    text = original(body=body(NOT_TOO_LONG_FR, "Deux."))
    text.save_revision().publish()
    state, client = submit(NewsArticle.objects.get(pk=text.pk), "en"), sign_in("translator.en")
    answer = client.post(address(state), form(state, ENGLISH | {"body.0": LONG}, action="action-publish"))
    assert "« Title » comporte 1 avertissement" in message_text(answer).replace("\u202f", " ")
    assert f'href="{state.editor_address(segment(state, "body.0").pk)}"' in message_text(answer)
    client.get(address(state))
    answer = client.post(address(state), form(state, ENGLISH | {"body.0": SHORT}, action="action-publish"))
    assert "a été publiée" in message_text(answer)
    assert "avertissement" not in message_text(answer)
