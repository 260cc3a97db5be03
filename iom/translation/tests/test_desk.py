"""The queue of the desk: pending translations by user, their order, and claims."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from iom.tests.factories import ArticleFactory
from iom.translation.models import Message, Original, TranslationState
from iom.translation.tests import bulk_translations
from iom.translation.tests.desk import body, republish, submit, translated
from iom.users.models import User
from newsroom.models import NewsArticle, NewsIndex

DESK = "/admin/translation/desk/"


@pytest.fixture
def original(db):
    return republish(ArticleFactory(title="Titre", summary="Résumé.", body=body("Un.")))


@pytest.fixture
def state(original):
    return TranslationState.objects.get(original=original.pk)


def user(account):
    return User.objects.get(email=f"{account}@example.org")


def in_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def titles(client, **filters):
    answer = client.get(DESK, filters)
    assert answer.status_code == 200
    return [state.page.title for state in answer.context["object_list"]]


def exported(client, **filters):
    answer = client.get(DESK, {"export": "csv"} | filters)
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))


def press(client, name, state, **data):
    return client.post(reverse(name, args=[state.pk]), data)


def messages_of(answer):
    return " ".join(str(message) for message in answer.wsgi_request._messages)


def test_translators_see_pending_texts_of_their_language_only(sign_in, state):
    assert "Titre" in titles(sign_in("translator.en"))
    assert "Titre" not in titles(sign_in("translator.fr"), step="all")
    assert "Titre" in titles(sign_in("officer"))


def test_translated_texts_are_listed_only_on_request(sign_in, original):
    translated(original, NewsArticle(title="Title", summary="Summary.", body=body("One.")))
    client = sign_in("translator.en")
    assert "Title" not in titles(client)
    assert "Title" in titles(client, step="translated")


def test_embargoes_come_first_then_what_has_waited_longest(sign_in):
    old, late, soon = (republish(ArticleFactory(title=title)) for title in ("Ancien", "Plus tard", "Bientôt"))
    now = timezone.now()
    TranslationState.objects.filter(original=old.pk).update(waiting_since=now - timedelta(days=90))
    Original.objects.filter(page=late).update(due_at=now + timedelta(days=2))
    Original.objects.filter(page=soon).update(due_at=now + timedelta(hours=2))
    found = [title for title in titles(sign_in("translator.en")) if title in ("Ancien", "Plus tard", "Bientôt")]
    assert found == ["Bientôt", "Plus tard", "Ancien"]


def test_a_withdrawn_original_waits_for_nobody_and_a_draft_submitted_on_purpose_does(sign_in, original, state):
    original.unpublish()
    draft = ArticleFactory(title="Brouillon", live=False)
    submit(draft, "en")
    waiting = titles(sign_in("translator.en"))
    assert "Titre" not in waiting
    assert "Brouillon" in waiting


def test_filters_and_free_text(sign_in, state):
    client = sign_in("translator.en")
    other = republish(ArticleFactory(title="Autre"))
    state.claim(user("translator.en"))
    assert "Titre" in titles(client, who="me")
    assert "Autre" not in titles(client, who="me")
    assert "Titre" not in titles(client, who="nobody")
    assert "Titre" in titles(client, q="titr")
    assert "Autre" not in titles(client, q="titr")
    assert titles(client, step="out-of-date", q="Autre") == []
    assert titles(client, content_type=str(other.content_type_id), q="Autre") == ["Autre"]
    english = Locale.objects.get(language_code="en").pk
    assert "Titre" in titles(client, locale=english)
    assert client.get(DESK, {"locale": "nonsense", "step": "x", "p": "99"}).status_code == 200


def test_an_empty_queue_has_a_message(sign_in):
    TranslationState.objects.update(step="translated")
    assert "Nothing to translate." in in_english(sign_in("translator.en")).get(DESK).content.decode()


def test_a_sheet_has_iso_dates_and_no_formulas(sign_in, state):
    state.page.draft_title = "=HYPERLINK(1)"
    state.page.save()
    heading, *rows = exported(in_english(sign_in("translator.en")), q="HYPERLINK")
    row = dict(zip(heading, rows[0], strict=True))
    assert row["Title"] == "'=HYPERLINK(1)"
    assert row["Submitted"] == timezone.localtime(state.waiting_since).isoformat(timespec="seconds")
    assert row["Words to translate"] == str(state.words_left)
    assert sign_in("translator.en").get(DESK, {"export": "xlsx"}).status_code == 200


def test_who_may_not_translate_or_write_does_not_see_the_desk(sign_in):
    client = sign_in("translator.en")
    user("translator.en").groups.first().page_permissions.all().delete()
    assert client.get(DESK).status_code == 302
    assert "translation/desk" not in client.get("/admin/").content.decode()


def test_the_desk_stands_in_the_menu_in_place_of_localizes_report(sign_in):
    admin = sign_in("translator.en").get("/admin/").content.decode()
    assert DESK in admin
    assert reverse("wagtail_localize:translations_report") not in admin


def test_of_two_who_claim_one_gets_it(sign_in, state):
    first, second = sign_in("translator.en"), sign_in("officer")
    press(first, "translation_claim", state)
    answer = press(second, "translation_claim", state)
    state.refresh_from_db()
    assert state.claimed_by == user("translator.en")
    assert "Robin Translator" in messages_of(answer)


def test_a_claim_is_decided_by_the_row_and_not_by_what_was_read(state):
    read_before = TranslationState.objects.get(pk=state.pk)
    assert state.claim(user("translator.en"))
    assert not read_before.claim(user("officer"))
    assert read_before.claimed_by == user("translator.en")


def test_one_releases_ones_own_and_an_editor_that_of_others(sign_in, state):
    state.claim(user("translator.en"))
    assert press(sign_in("officer"), "translation_release", state).status_code == 302
    state.refresh_from_db()
    assert state.claimed_by == user("translator.en")
    press(sign_in("editor"), "translation_release", state)
    state.refresh_from_db()
    assert state.claimed_by is None
    state.claim(user("translator.en"))
    press(sign_in("translator.en"), "translation_release", state)
    state.refresh_from_db()
    assert state.claimed_by is None


def test_nobody_claims_in_a_language_that_is_not_theirs_or_by_a_link(sign_in, state):
    press(sign_in("translator.fr"), "translation_claim", state)
    assert sign_in("translator.en").get(reverse("translation_claim", args=[state.pk])).status_code == 405
    state.refresh_from_db()
    assert state.claimed_by is None


def test_release_redirects_to_the_list_but_to_no_other_site(sign_in, state):
    client = sign_in("translator.en")
    press(client, "translation_claim", state)
    assert press(client, "translation_release", state, next=f"{DESK}?q=x").url == f"{DESK}?q=x"
    assert press(client, "translation_release", state, next="https://example.com/").url == DESK


def test_claiming_a_text_opens_it(sign_in, state):
    assert press(sign_in("translator.en"), "translation_claim", state, next=DESK).url == state.editor_address()


def test_only_the_claimant_sees_the_button_to_release(sign_in, state):
    client = sign_in("translator.en")
    claim, release = (reverse(f"translation_{name}", args=[state.pk]) for name in ("claim", "release"))
    assert claim in client.get(DESK).content.decode()
    press(client, "translation_claim", state)
    text = client.get(DESK).content.decode()
    assert claim not in text
    assert release in text
    text = sign_in("officer").get(DESK).content.decode()
    assert claim not in text
    assert release not in text
    assert "Robin Translator" in text


def test_texts_that_cannot_be_translated_yet_are_listed(sign_in, original, state):
    state.delete()
    text = in_english(sign_in("officer")).get(DESK).content.decode()
    assert "cannot be translated into English yet" in text
    assert reverse("wagtailadmin_pages:edit", args=[original.pk]) in text


def test_a_draft_is_submitted_as_it_now_is(sign_in, original, state):
    original.body = body("Un.", "Deux.")
    original.save_revision()
    answer = sign_in("officer").post(reverse("translation_submit", args=[original.pk]))
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[original.pk])
    assert state.total + 1 == TranslationState.objects.get(pk=state.pk).total


def test_translators_are_told_of_a_submission_and_the_officer_that_they_are(sign_in):
    draft = ArticleFactory(title="Titre", body=body("Un."), live=False)
    draft.save_revision()
    Message.objects.all().delete()
    address = reverse("translation_submit", args=[draft.pk])
    for _twice in range(2):
        answer = in_english(sign_in("officer")).post(address)
        assert "Translators receive an email." in messages_of(answer)
    messages = Message.objects.filter(state__original=draft.pk).values_list("kind", "recipient__email")
    assert list(messages) == [(Message.Kind.NEEDED, "translator.en@example.org")]


def test_nobody_is_notified_of_a_text_without_words_to_translate(sign_in, original, state):
    translated(original, NewsArticle(title="Title", summary="Summary.", body=body("One.")))
    Message.objects.all().delete()
    answer = in_english(sign_in("officer")).post(reverse("translation_submit", args=[original.pk]))
    assert "email" not in messages_of(answer)
    assert not Message.objects.exists()


def test_only_who_may_edit_the_original_submits_it_and_never_a_translation(sign_in, original, state):
    address = reverse("translation_submit", args=[original.pk])
    before = state.translation.source.last_updated_at
    sign_in("translator.en").post(address)
    sign_in("officer").post(reverse("translation_submit", args=[state.page_id]))
    state.translation.source.refresh_from_db()
    assert state.translation.source.last_updated_at == before
    assert not Original.objects.filter(page=state.page_id).exists()


def test_where_the_section_is_not_translated_it_is_named(sign_in):
    NewsIndex.objects.get(locale__language_code="en").delete()
    original = republish(ArticleFactory(title="Titre"))
    answer = sign_in("officer").post(reverse("translation_submit", args=[original.pk]))
    assert original.get_parent().title in messages_of(answer)
    assert not TranslationState.objects.filter(original=original.pk).exists()


def test_a_detached_translation_is_left_alone(sign_in, original, state):
    state.translation.enabled = False
    state.translation.save()
    original.body = body("Un.", "Deux.")
    original.save_revision()
    answer = in_english(sign_in("officer")).post(reverse("translation_submit", args=[original.pk]))
    assert "detached" in messages_of(answer)
    assert state.total == TranslationState.objects.get(pk=state.pk).total


def statements(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == 200
    assert content
    return [query["sql"] for query in captured.captured_queries]


def test_ten_and_a_thousand_translations_cost_the_same(sign_in):
    clients = {account: sign_in(account) for account in ("translator.en", "officer", "admin")}
    asked = [(account, address) for account in clients for address in (DESK, f"{DESK}?export=csv", "/admin/")]
    for account in clients:
        bulk_translations.create_translations(10, owner=user(account))
    few = {one: len(statements(clients[one[0]], one[1])) for one in asked}
    for account in clients:
        bulk_translations.create_translations(333, owner=user(account))
    for account, address in asked:
        lot = statements(clients[account], address)
        assert len(lot) <= few[account, address], "\n\n".join(lot)
        assert len(lot) <= 20 or address == "/admin/", "\n\n".join(lot)
