"""The dashboard panel shows each user what they have to do."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import StringSegment

from iom.tests.factories import ArticleFactory
from iom.translation.models import JointPublication, Original, Question, TranslationState
from iom.translation.tests.desk import body, republish
from iom.translation.tests.test_desk import in_english, press, user
from iom.translation.workflow import questions


@pytest.fixture
def original(db):
    return republish(ArticleFactory(title="Titre", summary="Résumé.", body=body("Un."), owner=user("officer")))


@pytest.fixture
def state(original):
    TranslationState.objects.exclude(original=original.pk).update(step="translated")
    return TranslationState.objects.get(original=original.pk)


def dashboard(client):
    answer = in_english(client).get("/admin/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_translators_claim_what_waits_then_open_it(sign_in, state):
    client = sign_in("translator.en")
    claim = reverse("translation_claim", args=[state.pk])
    assert claim in dashboard(client)
    assert press(client, "translation_claim", state, next="/admin/").url == state.editor_address()
    text = dashboard(client)
    assert claim not in text
    assert ">Open</a>" in text
    assert reverse("translation_desk") in text


def test_each_column_has_a_heading_that_can_be_seen_and_one_meaning(sign_in, state):
    Original.objects.filter(pk=state.original_id).update(due_at=timezone.now() + timedelta(hours=5))
    table = BeautifulSoup(dashboard(sign_in("translator.en")), "html.parser").select_one("#desk-tasks-section table")
    headings = table.select("thead:not(.w-sr-only) th")
    row = dict(zip((heading.text.strip() for heading in headings), table.select("tbody tr td"), strict=True))
    assert list(row) == ["Title", "Language", "State", "Words to translate", "Due", "Submitted", "Action"]
    assert row["Due"].time
    assert "ago" not in row["Due"].text


def test_an_empty_panel_has_a_message(sign_in, state):
    assert "Nothing to translate." in dashboard(sign_in("translator.fr"))


def test_authors_see_the_translations_of_their_texts_and_what_is_asked_of_them(sign_in, original, state):
    segment = StringSegment.objects.filter(source=state.translation.source).first()
    Question.objects.create(
        translation=state.translation, context=segment.context, string=segment.string, text="Which river?",
        asked_by=user("translator.en"),
    )  # fmt: skip
    text = dashboard(sign_in("officer"))
    assert reverse("wagtailadmin_pages:edit", args=[state.page_id]) in text
    assert "Which river?" in text
    assert reverse("translation_questions") in text
    original.owner = user("editor")
    original.save()
    assert "Which river?" not in dashboard(sign_in("translator.en"))


def test_who_has_asked_reads_the_answer_for_a_week(sign_in, state):
    segment = StringSegment.objects.filter(source=state.translation.source).first()
    question = Question.objects.create(
        translation=state.translation, context=segment.context, string=segment.string, text="Which river?",
        asked_by=user("translator.en"),
    )  # fmt: skip
    questions.answer(question, "The Chari.", user("officer"))
    assert "The Chari." in dashboard(sign_in("translator.en"))
    assert "The Chari." not in dashboard(sign_in("translator.fr"))
    Question.objects.update(answered_at=timezone.now() - timedelta(days=8))
    assert "The Chari." not in dashboard(sign_in("translator.en"))


def test_editors_see_what_is_held_back_for_its_translation(sign_in, original, state):
    assert "Originals waiting" not in dashboard(sign_in("editor"))
    JointPublication.objects.create(page=original, revision=original.latest_revision)
    assert "Originals waiting" in dashboard(sign_in("editor"))
    assert "Originals waiting" not in dashboard(sign_in("officer"))
