"""More steps of the guide for press officers: what concerns the whole site."""

from typing import Any

from playwright.sync_api import expect

from iom.tests.browser.guided import Section, press, see

DELETED = {"fr": "Un brouillon supprimé d’après le guide", "en": "A draft deleted by the guide"}
# Adds a draft below the page, and deletes it as the officer does
DELETE = """
from wagtail.actions.delete_page import DeletePageAction
from wagtail.models import Page
from iom.users.models import User
from newsroom.models import NewsArticle

officer = User.objects.get(email="officer@example.org")
draft = NewsArticle(title={title!r}, summary="…", live=False, owner=officer)
Page.objects.get(pk={parent}).add_child(instance=draft)
DeletePageAction(draft, officer).execute()
"""
BANNER = "The offices are closed today."
FROM = {"fr": "31/01/2026 12:00", "en": "2026-01-31 12:00"}  # as the form writes times
UNTIL = {"fr": "31/01/2099 12:00", "en": "2099-01-31 12:00"}


def deleted_pages(day: Any, says: Section) -> None:
    page = day.page
    parent = day.site.text("news", day.language).pk
    day.site.shell(DELETE.format(title=DELETED[day.language], parent=parent))
    page.goto("/admin/")
    press(page, says("Reports"))
    press(page, says("Deleted pages"))
    see(page, says("Restore"), says("Delete for good"))
    row = page.locator("main tr").filter(has_text=DELETED[day.language])
    row.get_by_text(says("Restore")).click()
    expect(page.locator("[name=title]")).to_have_value(DELETED[day.language])


def show_a_banner(day: Any, says: Section) -> None:
    page = day.editor
    page.goto("/admin/")
    press(page, says("Settings"))
    press(page, says("Banner"))
    page.get_by_role("checkbox", name=says("Show the banner")).check()
    page.get_by_role("combobox", name=says("Importance")).select_option("emergency")
    see(page, says("Link to a page"))
    for language in (day.language, day.other):
        row = page.locator("[id^=inline_child_names-]").filter(has=page.locator(f"[value={language}]"))
        row.get_by_role("textbox", name=says("Text")).fill(BANNER)
        row.get_by_role("textbox", name=says("Label of the link")).fill(language)
        row.get_by_role("textbox", name=says("Address of the link")).fill(f"https://www.example.org/{language}/")
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    for field, moment in ((says("Shown from"), FROM[day.language]), (says("Shown until"), UNTIL[day.language])):
        page.get_by_role("textbox", name=field).fill(moment)
        expect(calendar).to_have_count(1)  # it opens a moment after its field has the focus, and covers what is below
        row.get_by_role("textbox", name=says("Text")).click()
        expect(calendar).to_have_count(0)
    press(page.locator("footer"), says("Save"))
    expect(page.locator(".messages .success")).to_be_visible()
    region = day.read().get_by_role("region").filter(has_text=BANNER)
    expect(region.get_by_role("link")).to_have_attribute("href", f"https://www.example.org/{day.language}/")
    page.get_by_role("checkbox", name=says("Show the banner")).uncheck()
    press(page.locator("footer"), says("Save"))
    expect(page.locator(".messages .success")).to_be_visible()
    expect(day.read().locator("body")).not_to_contain_text(BANNER)
    page.goto("/admin/reports/site-history/")
    see(page, says("Site history"))
    expect(page.locator("main")).to_contain_text(BANNER)


def rights(day: Any, says: Section) -> None:
    page = day.editor
    page.goto("/admin/")
    press(page.get_by_role("navigation"), says("Pictures"))
    page.locator("main a[href^='/admin/images/']").filter(has=page.locator("img")).first.click()
    see(page, says("Credit"), says("Rights"), says("May be used until"), says("May be reused by the press"))
    day.admin.goto("/admin/site-status/")
    see(day.admin, says("State of the site"))
    see(day.read(), says("Copy text"))
