"""A stored text is replaced only by a user who has seen it, not by a button or a stale request."""

import pytest
from django.urls import reverse

from iom.tests.factories import ArticleFactory
from iom.translation.content import markup
from iom.translation.tests.desk import body, republish, submit, translated
from iom.translation.tests.screen import address, segment, written
from iom.translation.workflow.writing import write
from iom.users.models import User
from newsroom.models import NewsArticle


@pytest.fixture
def original(db):
    return ArticleFactory(title="Titre", summary="Résumé.", body=body("Un."))


@pytest.fixture
def changed(original):
    """A published translation whose original has another summary now."""
    state, _page = translated(original, NewsArticle(title="Title", summary="Summary.", body=body("One.")))
    article = NewsArticle.objects.get(pk=original.pk)
    article.summary = "Résumé !"
    republish(article)
    return state


def test_still_accurate_is_not_offered_beneath_a_passage_that_has_been_rewritten(sign_in, changed):
    def offered():
        html = sign_in("translator.en").get(address(changed)).content.decode()
        button = html[html.index("data-still-accurate") :]
        return "hidden" not in button[: button.index(">")]

    assert offered()
    write(changed, segment(changed, "summary"), "Rewritten", User.objects.get(email="translator.en@example.org"))
    assert not offered()


@pytest.mark.parametrize("seen", [None, markup.text_fingerprint(""), markup.text_fingerprint("Older"), "", "x"])
@pytest.mark.parametrize("by", ["form", "passage"])
def test_a_request_that_has_not_seen_the_words_replaces_none(sign_in, original, by, seen):
    state = submit(original, "en")
    row = segment(state, "summary")
    write(state, row, "Newer", User.objects.get(email="officer@example.org"))
    client, name = sign_in("translator.en"), row.key
    given = {} if seen is None else {"seen": seen}
    if by == "form":
        data = {"action": "save", f"text-{name}": "Mine"} | ({} if seen is None else {f"seen-{name}": seen})
        client.post(address(state), data)
    else:
        where = reverse("translation_segment", args=[state.pk, row.pk])
        assert not client.post(where, {"text": "Mine", **given}).json()["is_saved"]
    assert written(state)["summary"] == "Newer"


def test_a_past_translation_replaces_present_words_only_once_they_have_been_shown(sign_in, original):
    state, _page = translated(original, NewsArticle(title="Title", summary="Summary.", body=body("One.")))
    version = state.translation.versions.get()
    number = [row["path"] for row in version.segments].index("summary")
    where = reverse("translation_use", args=[state.pk, version.pk, number])
    translator, client = User.objects.get(email="translator.en@example.org"), sign_in("translator.en")
    write(state, segment(state, "summary"), "Present", translator)

    answer = client.post(where)
    assert answer.status_code == 200
    assert "Present" in answer.content.decode()
    assert "Summary." in answer.content.decode()
    assert written(state)["summary"] == "Present"

    write(state, segment(state, "summary"), "Newer", translator)
    client.post(where, {"replacing": markup.text_fingerprint("Present")})
    assert written(state)["summary"] == "Newer"

    assert client.post(where, {"replacing": markup.text_fingerprint("Newer")}).status_code == 302
    assert written(state)["summary"] == "Summary."
