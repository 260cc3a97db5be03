"""More steps of the guide for press officers: standing pages, texts about countries, contacts, the home page."""

import re
from typing import Any

from playwright.sync_api import expect

from iom.tests.addresses import COUNTRY, PRESS
from iom.tests.browser.guided import Section, press, see
from iom.tests.browser.test_editor import choose

WORDS = "In Haiti, a text by the guide."


def review(day: Any, says: Section) -> None:
    page, legal = day.page, day.site.text("legal", "fr")
    page.goto(legal.edit)
    panel, toggle = page.locator("[data-side-panel=review]"), page.locator("[data-side-panel-toggle=review]")
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()
    see(panel, says("Review"), says("Reviewed on"), says("Next review by"), says("Person responsible"))
    press(panel, says("Reviewed today"))
    expect(page.locator(".messages .success")).to_be_visible()
    day.reader.goto(legal.url)
    expect(day.reader.locator(".reviewed")).to_be_visible()
    page.goto("/admin/")
    press(page, says("Reports"))
    press(page, says("Page reviews"))
    expect(page.locator(f"main a[href='{legal.edit}']")).to_be_visible()


def texts(day: Any, says: Section) -> None:
    page = day.page
    page.goto("/admin/")
    see(page, says("Topics"))
    press(page, says("Countries"))
    page.locator("main").get_by_role("link", name=re.compile("Haïti|Haiti")).click()
    see(page, says("Picture"), says("Alternative text"))
    row = page.locator("section[id^=inline_child_names-]").filter(has=page.locator(f"[value={day.language}]"))
    see(row, says("Text"))
    row.locator("[contenteditable=true]").click()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(WORDS)
    page.wait_for_timeout(1000)  # the editor hands over what is written a moment later
    press(page.locator("footer"), says("Save"))
    expect(page.locator(".messages .success")).to_be_visible()
    day.reader.goto(COUNTRY[day.language])
    expect(day.reader.locator(".lead-text")).to_contain_text(WORDS)


def media_contacts(day: Any, says: Section) -> None:
    page, name = day.page, f"Camille Exemple-{day.language}"
    page.goto("/admin/")
    press(page.get_by_role("navigation"), says("Contacts"))
    press(page.get_by_role("navigation"), says("Media contacts"))
    page.locator("a[href$='/presscontact/add/']").first.click()
    page.get_by_role("textbox", name=says("Name")).fill(name)
    page.get_by_role("combobox", name=says("Role")).select_option("spokesperson")
    see(page.locator("main"), says("Office"), says("Languages spoken"), says("In post until"))
    choose(page, "id_office", {"fr": "OIM", "en": "IOM"}[day.language])  # which has a country
    page.get_by_role("textbox", name=says("Email address")).fill("camille@example.org")
    page.get_by_role("textbox", name=says("Telephone")).fill("+41 22 555 01 99")
    press(page.locator("footer"), says("Save"))
    expect(page.locator(".messages .success")).to_be_visible()
    day.reader.goto(PRESS[day.language])
    expect(day.reader.locator("main")).to_contain_text(name)


def features(day: Any, says: Section) -> None:
    day.editor.goto(day.site.text("home", "fr").edit)
    see(day.editor, says("Lead story"), says("Features"))
    day.page.goto(day.site.text("chart", "fr").edit)
    see(day.page, says("Posts of the chart"))
    post = day.site.text("director-general", "fr")
    day.page.locator(f".chart-posts a[href='{post.edit}']").click()
    expect(day.page.locator("[name=title]")).to_have_value(post.title)
