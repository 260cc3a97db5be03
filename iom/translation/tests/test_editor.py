"""The translators' editor, through the page's own address in the admin."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from iom.tests.factories import ArticleFactory
from iom.translation.content import markup, segments
from iom.translation.tests.admin import message_text
from iom.translation.tests.desk import body, republish, submit, translated
from iom.translation.tests.screen import ENGLISH, address, form, segment, written
from newsroom.models import NewsArticle


@pytest.fixture
def original(db):
    return ArticleFactory(title="Titre", summary="Résumé.", body=body("Un.", "Deux."))


@pytest.fixture
def state(original):
    return submit(original, "en")


@pytest.fixture
def live(original):
    english = NewsArticle(title="Title", summary="Summary.", body=body("One.", "Two."))
    return translated(original, english)[0]


def test_a_translator_sees_each_passage_beside_its_translation_and_never_localizes_screen(sign_in, state):
    answer = sign_in("translator.en").get(address(state))

    html = answer.content.decode()
    assert answer.status_code == 200
    assert "js-translation-editor" not in html
    for row in segments.load_text(state.translation):
        assert f'id="segment-{row.pk}"' in html
        assert row.source in html
    assert "0 of 4 translated" in html or "0 sur 4" in html


@pytest.mark.parametrize("account", ["officer", "editor", "admin"])
def test_those_who_write_originals_open_it_too(sign_in, state, account):
    assert sign_in(account).get(address(state)).status_code == 200


def test_who_translates_into_the_other_language_neither_opens_nor_writes_it(sign_in, state):
    client = sign_in("translator.fr")
    client.get(address(state))
    client.post(address(state), form(state, ENGLISH))
    client.post(reverse("translation_segment", args=[state.pk, segment(state, "title").pk]), {"text": "Title"})
    answer = client.get(reverse("translation_preview", args=[state.pk]))

    assert answer.status_code == 302
    assert written(state) == {}


def test_the_form_saves_what_was_typed(sign_in, state):
    answer = sign_in("translator.en").post(address(state), form(state, {"title": "Title", "body.1": "Two."}))

    assert answer.status_code == 302
    assert written(state) == {"title": "Title", "body.1": "Two."}
    state.refresh_from_db()
    assert (state.translated, state.step) == (2, "in-progress")
    assert {row.by for row in segments.load_text(state.translation) if row.written} == {
        int(answer.wsgi_request.user.pk)
    }


def test_a_passage_with_an_error_is_kept_beside_the_others_and_says_what_is_wrong(sign_in, state):
    client = sign_in("translator.en")
    answer = client.post(address(state), form(state, {"title": "Title", "body.0": "<b>One."}), follow=True)

    assert written(state) == {"title": "Title", "body.0": "<b>One."}
    html = answer.content.decode()
    assert "&lt;b&gt;One." in html
    assert 'aria-invalid="true"' in html


def test_publishing_is_refused_while_a_passage_is_missing_and_saves_what_was_typed(sign_in, state):
    texts = {path: text for path, text in ENGLISH.items() if path != "body.1"}
    answer = sign_in("translator.en").post(address(state), form(state, texts, action="action-publish"))

    assert not Page.objects.get(pk=state.page_id).live
    assert "1 " in message_text(answer)
    assert set(written(state)) == set(texts)


def test_a_whole_translation_is_published_by_its_translator(sign_in, state, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = sign_in("translator.en").post(address(state), form(state, ENGLISH, action="action-publish"))

    page = NewsArticle.objects.get(pk=state.page_id)
    assert (page.live, page.title, page.url) == (True, "Title", "/en/news/title/")
    assert page.url in message_text(answer)


def test_two_translators_do_not_overwrite_each_other_unawares(sign_in, state):
    before = form(state, {"title": "Mine", "summary": "Mine."})
    sign_in("editor").post(address(state), form(state, {"title": "Theirs"}))
    client = sign_in("translator.en")
    answer = client.post(address(state), before)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert written(state) == {"title": "Theirs", "summary": "Mine."}
    assert "Noor Editor" in html
    assert "Theirs" in html
    assert ">Mine</textarea>" in html

    again = form(state, {"title": "Mine"})
    name = f"seen-{segment(state, 'title').key}"
    again[name] = re.search(rf'name="{name}"\s+value="(\w+)"', html).group(1)
    client.post(address(state), again)
    assert written(state)["title"] == "Mine"


def test_what_the_other_wrote_is_offered_by_a_button_beside_what_was_typed(sign_in, state):
    mine = form(state, {"title": "Mine", "summary": "Typed."})
    sign_in("translator.en").post(address(state), form(state, {"title": "Theirs"}))

    answer = sign_in("editor").post(address(state), mine)

    buttons = BeautifulSoup(answer.content, "html.parser").select("[data-keep-theirs]:not([hidden])")
    assert [button["data-keep-theirs"] for button in buttons] == ["Theirs"]
    assert written(state) == {"title": "Theirs", "summary": "Typed."}
    assert ">Mine</textarea>" in answer.content.decode()


def test_what_someone_else_wrote_meanwhile_stays_where_nothing_was_typed(sign_in, state):
    before = form(state, {"summary": "Mine."})
    sign_in("editor").post(address(state), form(state, {"title": "Theirs"}))
    sign_in("translator.en").post(address(state), before)

    assert written(state) == {"title": "Theirs", "summary": "Mine."}


def test_a_text_whose_passage_is_gone_is_shown_and_not_lost(sign_in, state, original):
    before = form(state, {"body.1": "Two, with care.", "title": "Title"})
    original.body = body("Un.")
    republish(original)
    answer = sign_in("translator.en").post(address(state), before)

    assert "Two, with care." in answer.content.decode()
    assert written(submit(NewsArticle.objects.get(pk=original.pk), "en")) == {"title": "Title"}


@pytest.mark.parametrize("action", ["save", "action-publish"])
def test_a_locked_page_is_shown_and_not_written_and_what_was_typed_stays_on_the_screen(sign_in, state, action):
    Page.objects.filter(pk=state.page_id).update(locked=True)
    client = sign_in("translator.en")

    assert "<textarea name=" not in client.get(address(state)).content.decode().split("desk-question")[0]
    answer = client.post(address(state), form(state, {"title": "My title"}, action=action))
    assert "My title" in answer.content.decode()
    assert written(state) == {}


def change(original, **fields):
    for name, value in fields.items():
        setattr(original, name, value)
    republish(original)
    return submit(NewsArticle.objects.get(pk=original.pk), "en")


def test_a_changed_passage_shows_what_it_was_with_the_differences_marked(sign_in, live, original):
    state = change(original, summary="Nouveau résumé.")
    html = sign_in("translator.en").get(address(state)).content.decode()

    assert re.search(r"<del>.*Résumé.*</del>", html)
    assert re.search(r"<ins>.*Nouveau résumé.*</ins>", html)
    assert "Summary." in html


def test_the_previous_translation_is_there_for_the_buttons_that_use_it(sign_in, live, original):
    state = change(original, summary="Résumé !")
    html = BeautifulSoup(sign_in("translator.en").get(address(state)).content, "html.parser")

    row = html.select_one(f"#segment-{segment(state, 'summary').pk}")
    assert row.select_one("[data-previous-text]").text == "Summary."
    assert row.select("[data-reuse]:not([hidden])")
    assert row.select("[data-still-accurate]:not([hidden])")
    assert "summary" not in written(state)


def post_segment(client, state, path, **data):
    return client.post(
        reverse("translation_segment", args=[state.pk, segment(state, path).pk]),
        data,
        headers={"X-Requested-With": "XMLHttpRequest"},
    )


def test_the_script_saves_a_passage_and_learns_how_far_the_translation_is(sign_in, state):
    answer = post_segment(
        sign_in("translator.en"), state, "title", text="Title", seen=markup.text_fingerprint("")
    ).json()

    assert answer["ok"]
    assert (answer["done"], answer["total"], answer["words_left"]) == (1, 4, 3)
    assert written(state) == {"title": "Title"}


def test_the_script_is_told_what_is_wrong_and_what_another_person_wrote(sign_in, state):
    client = sign_in("translator.en")
    wrong = post_segment(client, state, "body.0", text="<b>One.", seen=markup.text_fingerprint("")).json()
    late = post_segment(client, state, "body.0", text="One.", seen=markup.text_fingerprint("")).json()
    again = post_segment(client, state, "body.0", text="One.", seen=late["seen"]).json()

    assert (wrong["ok"], wrong["is_saved"]) == (False, True)
    assert (late["ok"], late["is_saved"]) == (False, False)
    assert "Robin Translator" in late["error"]
    assert again["ok"]


def test_a_session_that_has_ended_is_no_redirect_for_the_script(visitor, state):
    assert post_segment(visitor, state, "title", text="Title", seen="").status_code == 403


def test_the_preview_shows_the_translation_with_the_originals_words_where_one_is_missing(sign_in, state):
    client = sign_in("translator.en")
    client.post(address(state), form(state, {"title": "A title of our own"}))
    answer = client.get(reverse("translation_preview", args=[state.pk]))

    html = answer.content.decode()
    assert "A title of our own" in html
    assert "Résumé." in html
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("number", [4, 60])
def test_the_screen_takes_as_many_queries_for_a_long_text_as_for_a_short_one(sign_in, number):
    state = submit(ArticleFactory(title="Titre", body=body(*(f"Phrase {n}." for n in range(number)))), "en")
    client = sign_in("translator.en")
    client.get(address(state))  # what Django and Wagtail look up once

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address(state)).status_code == 200

    assert len(queries) <= 50, [query["sql"][:120] for query in queries]
