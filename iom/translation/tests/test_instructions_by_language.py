"""Instructions for a text of which one translation is published before the other."""

from datetime import timedelta

import pytest
from django.utils import timezone

from iom.tests.factories import ArticleFactory
from iom.tests.new_languages import with_draft_of_newsroom
from iom.translation.models import Instructions, TranslationState
from iom.translation.tests.desk import body, republish, translated
from iom.translation.tests.test_desk import DESK, in_english
from iom.translation.tests.test_instructions import give, in_hours, text_of
from newsroom.models import NewsArticle


@pytest.fixture
def newsroom(db):
    """The newsroom of a third language."""
    with with_draft_of_newsroom("es") as page:
        yield page


def test_instructions_end_for_each_language_with_its_publication(newsroom, sign_in):
    original = republish(ArticleFactory(title="Titre", summary="Résumé.", body=body("Un.")))
    give(sign_in("officer"), original, urgent="on", due_at=in_hours(1))
    _state, _page = translated(original, NewsArticle(title="Title", summary="Summary.", body=body("One.")))
    Instructions.objects.update(due_at=timezone.now() - timedelta(hours=1))
    original.body = body("Un.", "Deux.")
    republish(original)
    older = republish(ArticleFactory())
    TranslationState.objects.filter(original=older.pk).update(waiting_since=timezone.now() - timedelta(days=90))

    def given():
        """Returns the languages with instructions; whether the translator sees them, and the text comes first."""
        states = TranslationState.objects.filter(original__in=[original.pk, older.pk]).waiting()
        first = states.filter(locale__language_code="en").first()
        desk = text_of(in_english(sign_in("translator.en")).get(DESK))
        return (
            {state.locale.language_code for state in states if state.instructions},
            "Overdue" in desk or "Shorter." in desk,
            first.original_id == original.pk,
        )

    assert given() == ({"es"}, False, False)
    give(sign_in("officer"), original, urgent="on", note="Shorter.")
    assert given() == ({"en", "es"}, True, True)
