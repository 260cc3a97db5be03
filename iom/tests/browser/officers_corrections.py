"""Steps of the guide for press officers: corrections and withdrawal."""

from typing import Any

from playwright.sync_api import expect

from iom.tests.browser.guide_runner import Section, press, see
from iom.tests.browser.officers_lists import TITLE

CORRECTION = "Corrected by one more form."
REASON = "Les chiffres – the figures – were wrong."


def correct(session: Any, label: Section) -> None:
    page = session.page
    session.open_form(page)
    press(page.locator("header"), label("Correct"))
    page.locator(f"[name=text_{session.language}]").fill(CORRECTION)
    press(page.locator("main"), label("Publish the correction"))
    expect(page.locator(".messages .success")).to_contain_text(TITLE[session.language])
    expect(session.read().locator("main")).to_contain_text(CORRECTION)


def withdraw(session: Any, label: Section) -> None:
    page = session.page
    session.open_form(page)
    press(page.locator("header"), label("Withdraw"))
    see(page, label("Withdraw for protection: neither title nor reason is shown"))
    for language in (session.language, session.other):
        page.locator(f"[name=reason_{language}]").fill(REASON)
    press(page.locator("main form"), label("Withdraw"))
    expect(page.locator(".messages .success")).to_contain_text(TITLE[session.language])
    expect(session.read().locator("main")).to_contain_text(REASON)
    editor = session.editor
    editor.goto("/admin/")
    press(editor, label("Reports"))
    press(editor, label("Withdrawn texts"))
    editor.locator("main tr").filter(has_text=TITLE[session.language]).get_by_text(label("Restore")).click()
    expect(editor.locator("[name=title]")).to_be_visible()
    expect(session.read().locator("h1")).to_have_text(TITLE[session.language])
