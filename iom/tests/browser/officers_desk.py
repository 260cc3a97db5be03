"""The steps of the guide for press officers with translators and reviewers, on public pages and with the menu."""

import re
from typing import Any

from playwright.sync_api import expect

from iom.tests.browser.guided import Section, press, see

NOTE = "Quote the minister as in the speech."
SUBMIT = """
from iom.users.models import User
from newsroom.models import NewsArticle

officer = User.objects.get(email="officer@example.org")
article = NewsArticle.objects.get(pk={pk})
article.summary = "For review."
article.save_revision(user=officer)
article.get_workflow().start(article, officer)
"""
RESUBMIT = """
from iom.users.models import User
from newsroom.models import NewsArticle

NewsArticle.objects.get(pk={pk}).current_workflow_state.resume(User.objects.get(email="officer@example.org"))
"""


def instruct(day: Any, says: Section) -> None:
    page = day.page
    day.open_form(page)
    page.locator("[data-side-panel-toggle=translation]").click()
    see(
        page,
        says("Translation"),
        says("Instructions for the translation"),
        says("Due"),
        says("Submit for translation"),
    )
    page.get_by_label(says("Urgent")).check()
    page.get_by_label(says("Note to translators")).fill(NOTE)
    with page.expect_navigation():
        press(page, says("Save the instructions"))
    page.goto(f"/admin/pages/{day.translation}/edit/")
    expect(page.locator(".translation-header")).to_contain_text(NOTE)
    see(page, says("Change the instructions"))


def review(day: Any, says: Section) -> None:
    day.site.shell(SUBMIT.format(pk=day.pk))
    editor = day.editor
    editor.goto("/admin/")
    editor.locator("#officers-reviews-section").locator(f"a[href$='/{day.pk}/edit/']").click()
    see(editor.locator("footer"), says("Approve and publish"))
    press(editor.locator("footer"), says("More actions"))
    press(editor.locator("footer"), says("Request changes"))
    editor.locator(".modal-dialog textarea").fill("Name the source.")
    with editor.expect_navigation():
        editor.locator(".modal-dialog [type=submit]").click()
    day.open_form(day.page)
    expect(day.page.locator(".messages .review-remark")).to_contain_text("Name the source.")

    day.site.shell(RESUBMIT.format(pk=day.pk))
    day.open_form(editor)
    with editor.expect_navigation():  # one click
        press(editor.locator("footer"), says("Approve and publish"))
    expect(day.read().locator("main")).to_contain_text("For review.")


def edit_from_the_page(day: Any, says: Section) -> None:
    page = day.page
    page.goto(day.address)
    page.locator("[data-wagtail-userbar-trigger]").click()
    bar = page.locator("#wagtail-userbar-items")
    expect(bar.locator(f"a[href$='/{day.translation}/edit/']")).to_be_visible()
    press(bar, says("Edit this page"))
    expect(page).to_have_url(re.compile(rf"/{day.pk}/edit/"))
    expect(day.read().locator("wagtail-userbar")).to_have_count(0)


def menu_and_footer(day: Any, says: Section) -> None:
    day.page.goto(day.site.text("terms", "fr").edit)
    press(day.page, says("Promote"))
    see(day.page, says("Show in the footer"))
    editor = day.editor
    editor.goto(f"/admin/pages/{day.site.text('about', day.language).pk}/?ordering=ord")
    with editor.expect_navigation():
        editor.locator(".messages form[action*='/same-order/'] button").click()
    expect(editor.locator(".messages .success")).to_be_visible()
