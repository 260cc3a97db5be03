"""Steps of the guide for press officers: dashboard, list of articles, calendar."""

import re
from typing import Any

from playwright.sync_api import expect

from iom.tests.browser.guide_runner import Section, press, see

TITLE = {"fr": "Un article écrit d’après le guide", "en": "An article written by the guide"}


def dashboard(session: Any, label: Section) -> None:
    page = session.page
    page.goto("/admin/")
    see(page, label("My drafts"), label("Scheduled"), label("Published today"))
    press(page, label("New press release"))
    page.wait_for_url(re.compile(r"/admin/pages/add/newsroom/newsarticle/\d+/"))


def article_list(session: Any, label: Section) -> None:
    page = session.page
    page.goto("/admin/")
    press(page.get_by_role("navigation"), label("Newsroom"))
    page.wait_for_url(re.compile(r"/admin/news/"))
    page.goto("/admin/news/?q=" + TITLE[session.language])
    expect(page.locator("main table.listing")).to_contain_text(TITLE[session.language])
    see(page.locator("main table.listing"), label("Reads"))


def calendar(session: Any, label: Section) -> None:
    page = session.page
    page.goto("/admin/")
    press(page.get_by_role("navigation"), label("Calendar"))
    press(page.locator(".calendar-bar"), label("Week"))
    expect(page.locator("main")).to_contain_text(TITLE[session.language])
    press(page.locator(".calendar-bar"), label("List"))
    expect(page.locator(".calendar-list").first).to_be_visible()
