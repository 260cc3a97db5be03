"""The dashboard leads to the answer field of a question in one click. Page order is copied to the other language."""

import pytest
from playwright.sync_api import expect

from iom.tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

ASK = """
from iom.translation.content import segments
from iom.translation.models import TranslationState
from iom.translation.workflow import questions
from iom.users.models import User

state = TranslationState.objects.get(original={pk})
passages = segments.load_text(state.translation)
print(questions.ask(state, passages[-1], "Why {pk}?", User.objects.get(email="translator.{language}@example.org")).pk)
"""


@pytest.mark.parametrize(("language", "viewport"), [("fr", DESKTOP), ("en", PHONE)])
def test_link_of_a_question_focuses_the_answer_field(site, signed_in, language, viewport):
    key, other = {"fr": ("canada-25000-syrian-refugees", "en"), "en": ("bangladesh-flood-displacement-data", "fr")}[
        language
    ]
    site.shell(ASK.format(pk=site.text(key, language).pk, language=other))
    officer = signed_in("admin", language, viewport=viewport)
    officer.goto("/admin/")
    asked = officer.locator("#desk-questions-section li").filter(has_text=f"Why {site.text(key, language).pk}?")

    asked.get_by_role("link").click()

    box = officer.locator("textarea[name=answer]:focus")
    expect(box).to_be_in_viewport()
    officer.keyboard.type("Because.")
    expect(box).to_have_value("Because.")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_page_order_is_applied_to_the_other_language(site, signed_in, language):
    editor = signed_in("editor", language)
    editor.goto(f"/admin/pages/{site.text('about', language).pk}/?ordering=ord")
    with editor.expect_navigation():
        editor.locator(".messages form[action*='/same-order/'] button").click()
    expect(editor.locator(".messages .success")).to_be_visible()
