"""Instructions for translators: who gives them, who reads them and where, and when they end."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from iom.core import moments
from iom.tests.factories import ArticleFactory
from iom.translation.exchange import document, po
from iom.translation.models import Instructions, Message, Original, TranslationState
from iom.translation.notifications import outbox
from iom.translation.tests.desk import body, notified, republish, translated
from iom.translation.tests.test_desk import DESK, exported, in_english, titles, user
from iom.translation.workflow import message_entries
from newsroom.models import NewsArticle

NOTE = "Quote the minister as in the speech.\nAsk Mai about the figures."


@pytest.fixture
def original(db):
    return republish(ArticleFactory(title="Titre", summary="Résumé.", body=body("Un.")))


@pytest.fixture
def state(original):
    return TranslationState.objects.get(original=original.pk)


def fields(**values):
    """Returns the form data as a browser sends it."""
    due_at = values.pop("due_at", None)
    sent = {"note": NOTE, "due_at": f"{timezone.localtime(due_at):%Y-%m-%dT%H:%M}" if due_at else ""} | values
    return {f"instructions-{name}": value for name, value in sent.items()}


def give(client, page, **values):
    return client.post(reverse("translation_instructions", args=[page.pk]), fields(**values))


def given(page):
    return Instructions.objects.filter(page=page.pk).first()


def in_hours(hours):
    return (timezone.now() + timedelta(hours=hours)).replace(second=0, microsecond=0)


def text_of(answer):
    assert answer.status_code == 200
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def test_the_officer_gives_them_beside_the_text_and_the_translator_reads_them_above_it(sign_in, original, state):
    officer, due_at = in_english(sign_in("officer")), in_hours(5)
    panel = officer.get(reverse("wagtailadmin_pages:edit", args=[original.pk])).content.decode()
    assert reverse("translation_instructions", args=[original.pk]) in panel
    assert "Time zone:" in panel

    answer = give(officer, original, urgent="on", due_at=due_at)

    assert answer.url == reverse("wagtailadmin_pages:edit", args=[original.pk])
    translator = in_english(sign_in("translator.en"))
    screen = text_of(translator.get(state.editor_address()))
    shown = timezone.localtime(due_at).strftime("%H:%M")
    for words in (
        "Urgent",
        *NOTE.splitlines(),
        shown,
        "(Geneva)",
        "Instructions from",
    ):
        assert words in screen
    for address in (DESK, "/admin/"):
        listed = text_of(translator.get(address))
        assert "Urgent" in listed
        assert NOTE.splitlines()[0] in listed
        assert shown in listed


def test_urgent_texts_come_first_then_what_is_due_first_for_whatever_reason(sign_in):
    names = ("Ancien", "Embargo", "Échéance", "Urgent")
    old, embargoed, due, urgent = (republish(ArticleFactory(title=title)) for title in names)
    TranslationState.objects.filter(original=old.pk).update(waiting_since=timezone.now() - timedelta(days=90))
    Original.objects.filter(page=embargoed).update(due_at=in_hours(4))
    officer = sign_in("officer")
    give(officer, due, due_at=in_hours(2))
    give(officer, urgent, urgent="on")

    for client in (sign_in("translator.en"), officer):
        found = [title for title in titles(client) if title in names]
        assert found == ["Urgent", "Échéance", "Embargo", "Ancien"]
        by_date = [title for title in titles(client, ordering="due") if title in names]
        assert by_date[:2] == ["Échéance", "Embargo"]


def test_what_is_overdue_is_marked(sign_in, original, state):
    give(sign_in("officer"), original, due_at=in_hours(1))
    assert "Overdue" not in text_of(in_english(sign_in("translator.en")).get(DESK))

    Instructions.objects.update(due_at=in_hours(-1))

    translator = in_english(sign_in("translator.en"))
    for address in (DESK, "/admin/", state.editor_address()):
        assert "Overdue" in text_of(translator.get(address)), address


def test_a_time_in_the_past_is_refused_but_may_stay_when_the_note_changes(sign_in, original):
    officer = in_english(sign_in("officer"))
    refused = give(officer, original, due_at=in_hours(-1))
    assert "This time is in the past." in text_of(refused)
    assert NOTE.splitlines()[0] in refused.content.decode()
    assert given(original) is None

    Instructions.objects.create(page=original, due_at=in_hours(-1))
    give(officer, original, due_at=in_hours(-1), note="Still wanted.")
    assert given(original).note == "Still wanted."


@pytest.mark.parametrize("time", ["2027-03-28T02:30", "2026-10-25T02:30"])
def test_an_hour_that_does_not_exist_or_exists_twice_is_refused(sign_in, original, time):
    with timezone.override("Europe/Zurich"):
        officer = in_english(sign_in("officer"))
        assert officer.post(
            reverse("translation_instructions", args=[original.pk]), fields() | {"instructions-due_at": time}
        )
    assert given(original) is None


def test_of_an_hour_that_exists_twice_the_officer_chooses_one(sign_in, original):
    officer, address = in_english(sign_in("officer")), reverse("translation_instructions", args=[original.pk])
    sent = fields() | {"instructions-due_at": "2031-10-26T02:30"}

    asked = officer.post(address, sent)

    assert "This hour occurs twice in Geneva: the clocks go back. Choose which." in text_of(asked)
    choices = BeautifulSoup(asked.content, "html.parser").select("[name=instructions-due_at_offset]")
    assert [choice["value"] for choice in choices] == ["+02:00", "+01:00"]
    officer.post(address, sent | {choices[1]["name"]: choices[1]["value"]})
    assert given(original).due_at == datetime(2031, 10, 26, 1, 30, tzinfo=UTC)


def test_a_text_is_submitted_with_its_instructions_in_one_click(sign_in):
    draft = ArticleFactory(title="Titre", body=body("Un."), live=False)
    draft.save_revision()
    Message.objects.all().delete()
    address = reverse("translation_submit", args=[draft.pk])
    officer = in_english(sign_in("officer"))

    refused = officer.post(address, fields(due_at=in_hours(-1)))
    assert "This time is in the past." in text_of(refused)
    assert not TranslationState.objects.filter(original=draft.pk).exists()

    officer.post(address, fields(urgent="on"))
    assert given(draft).urgent
    assert list(Message.objects.values_list("kind", flat=True)) == [Message.Kind.NEEDED]


def test_they_wait_for_the_publication_of_a_text_that_is_not_submitted_yet(sign_in):
    draft = ArticleFactory(title="Titre", body=body("Un."), live=False)
    draft.save_revision()
    give(sign_in("officer"), draft, urgent="on")

    draft.get_latest_revision().publish()

    state = TranslationState.objects.get(original=draft.pk)
    assert state.instructions.urgent
    assert titles(sign_in("translator.en"))[0] == "Titre"


@pytest.mark.parametrize("account", ["translator.en", "translator.fr"])
def test_translators_read_and_do_not_change_them(sign_in, original, state, account):
    give(sign_in("officer"), original, urgent="on")
    client = sign_in(account)

    give(client, original, note="Take your time.")
    client.post(reverse("translation_submit", args=[original.pk]), fields(note="Take your time."))

    assert given(original).note == NOTE
    if account == "translator.en":
        address = reverse("translation_instructions", args=[original.pk])
        assert address not in client.get(state.editor_address()).content.decode()


def test_a_translation_has_none_of_its_own(sign_in, state):
    give(sign_in("officer"), state.page)
    assert not Instructions.objects.exists()


def test_the_officer_changes_and_removes_them_at_any_time_and_the_history_says_so(sign_in, original, state):
    officer = in_english(sign_in("officer"))
    give(officer, original, urgent="on")
    give(officer, original, urgent="on")  # nothing new
    give(officer, original, note="Shorter.")
    give(officer, original, note="")

    assert given(original) is None
    entries = PageLogEntry.objects.filter(page=original.pk, action="translation.instruct").order_by("pk")
    said = [entry.message for entry in entries]
    assert len(said) == 3
    history = text_of(officer.get(reverse("wagtailadmin_pages:history", args=[original.pk])))
    assert "Instructions for the translation: note: “Shorter.”" in history
    assert "Instructions for the translation removed" in history


def test_they_end_with_the_publication_of_the_translation(sign_in, original, state):
    give(sign_in("officer"), original, urgent="on")

    translated(original, NewsArticle(title="Title", summary="Summary.", body=body("One.")))

    assert given(original) is None
    original.body = body("Un.", "Deux.")
    republish(original)
    assert TranslationState.objects.get(pk=state.pk).instructions is None


def email_to(account):
    recipient = user(account)
    wanted = outbox._pending_entries(recipient, "soon", message_entries.build_entry)
    return outbox.compose(recipient, wanted).body


def test_translators_are_told_by_email_once(sign_in, original, state):
    officer = sign_in("officer")
    assert notified("needed", state) == {"translator.en@example.org"}
    due_at = in_hours(3)
    give(officer, original, urgent="on", due_at=due_at)
    assert notified("instructed", state) == set()  # the email about the text has not been sent, and contains them

    body_of_email = email_to("translator.en")
    assert "urgent" in body_of_email
    assert "Quote the minister as in the speech. Ask Mai about the figures." in body_of_email
    assert moments.format_moment(due_at) in body_of_email

    Message.objects.update(sent_at=timezone.now())
    give(officer, original, note="Shorter.")
    assert notified("instructed", state) == {"translator.en@example.org"}
    assert "Shorter." in email_to("translator.en")


def test_urgent_messages_are_sent_at_once_to_users_with_one_email_a_day(sign_in, original, state):
    Message.objects.all().delete()
    give(sign_in("officer"), original)
    [message] = outbox._pending_entries(user("translator.en"), "daily", message_entries.build_entry)
    assert outbox._send_time([message], "daily") > message.created_at

    Instructions.objects.update(urgent=True)
    [message] = outbox._pending_entries(user("translator.en"), "daily", message_entries.build_entry)
    assert outbox._send_time([message], "daily") == message.created_at


def test_files_for_other_programs_have_them(sign_in, original, state):
    give(sign_in("officer"), original, urgent="on")

    content = po.write(document.build_document(TranslationState.objects.get(pk=state.pk))).decode()
    assert content.startswith("# urgent\n")
    assert "Ask Mai about the figures." in content
    assert po.read(content.encode())

    heading, *rows = exported(in_english(sign_in("translator.en")), q="Titre")
    row = dict(zip(heading, rows[0], strict=True))
    assert row["Urgent"] == "True"
    assert row["Note to translators"].startswith("Quote the minister")


def test_they_cost_the_queue_no_query(sign_in):
    client = sign_in("translator.en")
    pages = [republish(ArticleFactory(title=f"Titre {number}")) for number in range(6)]

    def cost(address):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    before = [cost(address) for address in (DESK, "/admin/", f"{DESK}?export=csv")]
    for page in pages:
        Instructions.objects.create(page=page, urgent=True, note=NOTE, due_at=in_hours(2))
    assert [cost(address) for address in (DESK, "/admin/", f"{DESK}?export=csv")] == before
