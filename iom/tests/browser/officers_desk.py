"""Steps of the guide for press officers: instructions, reviews, both languages, user bar, menu and footer."""

import re
from typing import Any

from playwright.sync_api import expect

from iom.tests.browser.guide_runner import Section, press, see
from iom.tests.browser.test_editor import message, new_article, wait_for_autosave

JOINT_TITLE = {"fr": "Un article d’après le guide, en deux langues", "en": "An article by the guide, in two languages"}
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


def instruct(session: Any, label: Section) -> None:
    page = session.page
    session.open_form(page)
    page.locator("[data-side-panel-toggle=translation]").click()
    see(
        page,
        label("Translation"),
        label("Instructions for the translation"),
        label("Due"),
        label("Submit for translation"),
    )
    page.get_by_label(label("Urgent")).check()
    page.get_by_label(label("Note to translators")).fill(NOTE)
    with page.expect_navigation():
        press(page, label("Save the instructions"))
    page.goto(f"/admin/pages/{session.translation}/edit/")
    expect(page.locator(".translation-header")).to_contain_text(NOTE)
    see(page, label("Change the instructions"))


def review(session: Any, label: Section) -> None:
    session.site.shell(SUBMIT.format(pk=session.pk))
    editor = session.editor
    editor.goto("/admin/")
    editor.locator("#officers-reviews-section").locator(f"a[href$='/{session.pk}/edit/']").click()
    see(editor.locator("footer"), label("Approve and publish"))
    press(editor.locator("footer"), label("More actions"))
    press(editor.locator("footer"), label("Request changes"))
    editor.locator(".modal-dialog textarea").fill("Name the source.")
    with editor.expect_navigation():
        editor.locator(".modal-dialog [type=submit]").click()
    session.open_form(session.page)
    expect(session.page.locator(".messages .review-remark")).to_contain_text("Name the source.")

    session.site.shell(RESUBMIT.format(pk=session.pk))
    session.open_form(editor)
    with editor.expect_navigation():  # one click
        press(editor.locator("footer"), label("Approve and publish"))
    expect(session.read().locator("main")).to_contain_text("For review.")


def edit_from_the_page(session: Any, label: Section) -> None:
    page = session.page
    page.goto(session.address)
    page.locator("[data-wagtail-userbar-trigger]").click()
    bar = page.locator("#wagtail-userbar-items")
    expect(bar.locator(f"a[href$='/{session.translation}/edit/']")).to_be_visible()
    press(bar, label("Edit this page"))
    expect(page).to_have_url(re.compile(rf"/{session.pk}/edit/"))
    expect(session.read().locator("wagtail-userbar")).to_have_count(0)


def menu_and_footer(session: Any, label: Section) -> None:
    session.page.goto(session.site.text("terms", "fr").edit)
    press(session.page, label("Promote"))
    see(session.page, label("Show in the footer"))
    editor = session.editor
    editor.goto(f"/admin/pages/{session.site.text('about', session.language).pk}/?ordering=ord")
    with editor.expect_navigation():
        editor.locator(".messages form[action*='/same-order/'] button").click()
    expect(editor.locator(".messages .success")).to_be_visible()


def both_languages(session: Any, label: Section) -> None:
    page = session.page
    new_article(page, session.site, session.language)
    page.locator("[name=title]").fill(JOINT_TITLE[session.language])
    page.locator("[name=kind]").select_option("news")
    page.locator("[name=summary]").fill("…")
    press(page.locator("main"), label("Settings"))
    page.get_by_role("checkbox", name=label("Publish all languages together")).check()
    wait_for_autosave(page)
    page.locator("footer [name=action-publish]").click()
    see(message(page), label("Cancel the publication"))
    session.editor.goto(page.url)
    see(session.editor, label("Publish the original alone"))
    press(message(page), label("Cancel the publication"))
