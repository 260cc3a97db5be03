"""The steps of the guide for press officers on the dashboard and in the list of articles."""

import re
from typing import Any

from playwright.sync_api import expect

from iom.tests.browser.guided import Section, press, see

TITLE = {"fr": "Un article écrit d’après le guide", "en": "An article written by the guide"}


def first_page(day: Any, says: Section) -> None:
    page = day.page
    page.goto("/admin/")
    see(page, says("My drafts"), says("Scheduled"), says("Published today"))
    press(page, says("New press release"))
    page.wait_for_url(re.compile(r"/admin/pages/add/newsroom/newsarticle/\d+/"))


def list_of_articles(day: Any, says: Section) -> None:
    page = day.page
    page.goto("/admin/")
    press(page.get_by_role("navigation"), says("Newsroom"))
    page.wait_for_url(re.compile(r"/admin/news/"))
    page.goto("/admin/news/?q=" + TITLE[day.language])
    expect(page.locator("main table.listing")).to_contain_text(TITLE[day.language])
    see(page.locator("main table.listing"), says("Reads"))


def calendar(day: Any, says: Section) -> None:
    page = day.page
    page.goto("/admin/")
    press(page.get_by_role("navigation"), says("Calendar"))
    press(page.locator(".calendar-bar"), says("Week"))
    expect(page.locator("main")).to_contain_text(TITLE[day.language])
    press(page.locator(".calendar-bar"), says("List"))
    expect(page.locator(".calendar-list").first).to_be_visible()
