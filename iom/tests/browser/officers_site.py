"""Steps of the guide for press officers: deleted pages, banner, rights."""

from typing import Any

from playwright.sync_api import expect

from iom.tests.browser.guide_runner import Section, press, see

DELETED = {"fr": "Un brouillon supprimé d’après le guide", "en": "A draft deleted by the guide"}
# Creates a draft below the page `parent` and deletes it as the officer
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
FROM = {"fr": "31/01/2026 12:00", "en": "2026-01-31 12:00"}  # in the format of the form
UNTIL = {"fr": "31/01/2099 12:00", "en": "2099-01-31 12:00"}


def deleted_pages(session: Any, label: Section) -> None:
    page = session.page
    parent = session.site.text("news", session.language).pk
    session.site.shell(DELETE.format(title=DELETED[session.language], parent=parent))
    page.goto("/admin/")
    press(page, label("Reports"))
    press(page, label("Deleted pages"))
    see(page, label("Restore"), label("Delete for good"))
    row = page.locator("main tr").filter(has_text=DELETED[session.language])
    row.get_by_text(label("Restore")).click()
    expect(page.locator("[name=title]")).to_have_value(DELETED[session.language])


def show_a_banner(session: Any, label: Section) -> None:
    page = session.editor
    page.goto("/admin/")
    press(page, label("Settings"))
    press(page, label("Banner"))
    page.get_by_role("checkbox", name=label("Show the banner")).check()
    page.get_by_role("combobox", name=label("Importance")).select_option("emergency")
    see(page, label("Link to a page"))
    for language in (session.language, session.other):
        row = page.locator("[id^=inline_child_names-]").filter(has=page.locator(f"[value={language}]"))
        row.get_by_role("textbox", name=label("Text")).fill(BANNER)
        row.get_by_role("textbox", name=label("Label of the link")).fill(language)
        row.get_by_role("textbox", name=label("Address of the link")).fill(f"https://www.example.org/{language}/")
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    for field, moment in (
        (label("Shown from"), FROM[session.language]),
        (label("Shown until"), UNTIL[session.language]),
    ):
        page.get_by_role("textbox", name=field).fill(moment)
        expect(calendar).to_have_count(1)  # it opens after the focus, with a delay, and covers the fields below
        row.get_by_role("textbox", name=label("Text")).click()
        expect(calendar).to_have_count(0)
    press(page.locator("footer"), label("Save"))
    expect(page.locator(".messages .success")).to_be_visible()
    region = session.read().get_by_role("region").filter(has_text=BANNER)
    expect(region.get_by_role("link")).to_have_attribute("href", f"https://www.example.org/{session.language}/")
    page.get_by_role("checkbox", name=label("Show the banner")).uncheck()
    press(page.locator("footer"), label("Save"))
    expect(page.locator(".messages .success")).to_be_visible()
    expect(session.read().locator("body")).not_to_contain_text(BANNER)
    page.goto("/admin/reports/site-history/")
    see(page, label("Site history"))
    expect(page.locator("main")).to_contain_text(BANNER)


def rights(session: Any, label: Section) -> None:
    page = session.editor
    page.goto("/admin/")
    press(page.get_by_role("navigation"), label("Pictures"))
    page.locator("main a[href^='/admin/images/']").filter(has=page.locator("img")).first.click()
    see(page, label("Credit"), label("Rights"), label("May be used until"), label("May be reused by the press"))
    session.admin.goto("/admin/site-status/")
    see(session.admin, label("State of the site"))
    see(session.read(), label("Copy text"))
