"""No list of the desk shows anything of a text that the user may not see, or no longer."""

import pytest
from django.urls import reverse

from iom.core.draft_limits import limit_to
from iom.editorial.tests import offices
from iom.tests.factories import ArticleFactory, OfficeFactory
from iom.translation.content import segments
from iom.translation.models import Instructions
from iom.translation.tests.desk import body, person, submit
from iom.translation.workflow import questions
from iom.withdrawal import withdrawing
from newsroom.models import NewsArticle

pytestmark = pytest.mark.django_db
WORDS = ("Quokka", "Zèbre", "Which one?")
NOTE = "The minister was arrested."


def page_of(state):
    return NewsArticle.objects.get(pk=state.original_id)


@pytest.fixture
def state():
    """A draft that has been submitted, with a question and a note to translators."""
    original = ArticleFactory(
        title="Quokka", body=body("Zèbre."), owner=person("officer"), live=False, first_published_at=None
    )
    state = submit(original, "en")
    passage = next(one for one in segments.load_text(state.translation) if one.source.startswith("Zèbre"))
    questions.ask(state, passage, "Which one?", person("translator.en"))
    Instructions.objects.create(page_id=original.pk, note=NOTE)
    return state


def hide(state, how):
    if how == "limited":
        limit_to(page_of(state), [person("editor")])
    elif how == "protected":
        NewsArticle.objects.filter(pk=state.original_id).update(live=True)
        withdrawing.withdraw(page_of(state), person("editor"), "protection", {})
    else:
        NewsArticle.objects.filter(pk=state.original_id).update(office=OfficeFactory())
        offices.posted("officer", OfficeFactory())


def text(answer):
    return (b"".join(answer) if answer.streaming else answer.content).decode()


def page_texts(client, *names):
    return "".join(text(client.get(reverse(name))) for name in names)


HIDDEN = [
    ("translator.en", "limited"),
    ("translator.en", "protected"),
    ("officer", "protected"),
    ("officer", "of another office"),
]


@pytest.mark.parametrize(("account", "how"), HIDDEN)
def test_questions_about_it_are_not_shown(sign_in, state, account, how):
    lists = ("translation_questions", "wagtailadmin_home")
    shown = page_texts(sign_in(account), *lists)
    assert [word for word in WORDS if word not in shown] == []
    hide(state, how)
    shown = page_texts(sign_in(account), "translation_questions")
    assert [word for word in WORDS if word in shown] == []
    assert "Which one?" not in page_texts(sign_in(account), "wagtailadmin_home")


def test_answers_about_it_are_not_shown(sign_in, state):
    questions.answer(state.translation.questions.get(), "The giraffe.", person("officer"))
    assert "The giraffe." in page_texts(sign_in("translator.en"), "wagtailadmin_home")
    hide(state, "protected")
    assert "The giraffe." not in page_texts(sign_in("translator.en"), "wagtailadmin_home", "translation_questions")


def test_translators_read_the_title_that_was_submitted(sign_in, state):
    page = page_of(state)
    page.title = "Numbat"
    page.save_revision()
    page.save()  # as the editor does with a page that is not live
    shown = page_texts(sign_in("translator.en"), "translation_questions")
    assert "Quokka" in shown
    assert "Numbat" not in shown
    assert "Numbat" in page_texts(sign_in("officer"), "translation_questions")


def test_a_question_outlives_the_page_of_its_translation_in_no_list(sign_in, state):
    NewsArticle.objects.get(pk=state.page_id).delete()
    for account in ("translator.en", "officer"):
        assert "Which one?" not in page_texts(sign_in(account), "translation_questions", "wagtailadmin_home")


@pytest.mark.parametrize(("account", "how"), HIDDEN)
def test_its_note_is_shown_in_no_list(sign_in, state, account, how):
    csv = reverse("translation_desk", query={"export": "csv"})
    for address in (csv, reverse("translation_desk"), reverse("wagtailadmin_home")):
        assert NOTE in text(sign_in(account).get(address)), address
    hide(state, how)
    for address in (csv, reverse("translation_desk"), reverse("wagtailadmin_home")):
        shown = text(sign_in(account).get(address))
        assert NOTE not in shown, address
        assert ("Quokka" in shown) == (how == "of another office"), address
