"""Steps of the guide for press officers: standing pages, texts about countries, contacts, home page."""

import re
from typing import Any

from playwright.sync_api import expect

from iom.tests.addresses import COUNTRY, PRESS
from iom.tests.browser.guide_runner import Section, press, see
from iom.tests.browser.test_editor import choose

WORDS = "In Haiti, a text by the guide."


def review(session: Any, label: Section) -> None:
    page, legal = session.page, session.site.text("legal", "fr")
    page.goto(legal.edit)
    panel, toggle = page.locator("[data-side-panel=review]"), page.locator("[data-side-panel-toggle=review]")
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()
    see(panel, label("Review"), label("Reviewed on"), label("Next review by"), label("Person responsible"))
    press(panel, label("Reviewed today"))
    expect(page.locator(".messages .success")).to_be_visible()
    session.reader.goto(legal.url)
    expect(session.reader.locator(".reviewed")).to_be_visible()
    page.goto("/admin/")
    press(page, label("Reports"))
    press(page, label("Page reviews"))
    expect(page.locator(f"main a[href='{legal.edit}']")).to_be_visible()


def lead_texts(session: Any, label: Section) -> None:
    page = session.page
    page.goto("/admin/")
    see(page, label("Topics"))
    press(page, label("Countries"))
    page.locator("main").get_by_role("link", name=re.compile("Haïti|Haiti")).click()
    see(page, label("Picture"), label("Alternative text"))
    row = page.locator("section[id^=inline_child_names-]").filter(has=page.locator(f"[value={session.language}]"))
    see(row, label("Text"))
    row.locator("[contenteditable=true]").click()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(WORDS)
    page.wait_for_timeout(1000)  # the rich-text editor fills the form field after a delay
    press(page.locator("footer"), label("Save"))
    expect(page.locator(".messages .success")).to_be_visible()
    session.reader.goto(COUNTRY[session.language])
    expect(session.reader.locator(".lead-text")).to_contain_text(WORDS)


def media_contacts(session: Any, label: Section) -> None:
    page, name = session.page, f"Camille Exemple-{session.language}"
    page.goto("/admin/")
    press(page.get_by_role("navigation"), label("Contacts"))
    press(page.get_by_role("navigation"), label("Media contacts"))
    page.locator("a[href$='/presscontact/add/']").first.click()
    page.get_by_role("textbox", name=label("Name")).fill(name)
    page.get_by_role("combobox", name=label("Role")).select_option("spokesperson")
    see(page.locator("main"), label("Office"), label("Languages spoken"), label("In post until"))
    choose(page, "id_office", {"fr": "OIM", "en": "IOM"}[session.language])  # an office with a country
    page.get_by_role("textbox", name=label("Email address")).fill("camille@example.org")
    page.get_by_role("textbox", name=label("Telephone")).fill("+41 22 555 01 99")
    press(page.locator("footer"), label("Save"))
    expect(page.locator(".messages .success")).to_be_visible()
    session.reader.goto(PRESS[session.language])
    expect(session.reader.locator("main")).to_contain_text(name)


def features(session: Any, label: Section) -> None:
    session.editor.goto(session.site.text("home", "fr").edit)
    see(session.editor, label("Lead story"), label("Features"))
    session.page.goto(session.site.text("chart", "fr").edit)
    see(session.page, label("Posts of the chart"))
    post = session.site.text("director-general", "fr")
    session.page.locator(f".chart-posts a[href='{post.edit}']").click()
    expect(session.page.locator("[name=title]")).to_have_value(post.title)
