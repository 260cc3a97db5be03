"""The steps of the guide for press officers on corrections and on withdrawing an article."""

from typing import Any

from playwright.sync_api import expect

from iom.tests.browser.guided import Section, press, see
from iom.tests.browser.officers_lists import TITLE

CORRECTION = "Corrected by one more form."
REASON = "Les chiffres – the figures – were wrong."


def correct(day: Any, says: Section) -> None:
    page = day.page
    day.open_form(page)
    press(page.locator("header"), says("Correct"))
    page.locator(f"[name=text_{day.language}]").fill(CORRECTION)
    press(page.locator("main"), says("Publish the correction"))
    expect(page.locator(".messages .success")).to_contain_text(TITLE[day.language])
    expect(day.read().locator("main")).to_contain_text(CORRECTION)


def withdraw(day: Any, says: Section) -> None:
    page = day.page
    day.open_form(page)
    press(page.locator("header"), says("Withdraw"))
    see(page, says("Withdraw for protection: neither title nor reason is shown"))
    for language in (day.language, day.other):
        page.locator(f"[name=reason_{language}]").fill(REASON)
    press(page.locator("main form"), says("Withdraw"))
    expect(page.locator(".messages .success")).to_contain_text(TITLE[day.language])
    expect(day.read().locator("main")).to_contain_text(REASON)
    editor = day.editor
    editor.goto("/admin/")
    press(editor, says("Reports"))
    press(editor, says("Withdrawn texts"))
    editor.locator("main tr").filter(has_text=TITLE[day.language]).get_by_text(says("Restore")).click()
    expect(editor.locator("[name=title]")).to_be_visible()
    expect(day.read().locator("h1")).to_have_text(TITLE[day.language])
