"""Steps of the guide for press officers, by the headings of the English guide."""

import re

from playwright.sync_api import Locator, Page, expect

from iom.tests.browser import officers_desk, officers_emergency, officers_lists, officers_standing_pages
from iom.tests.browser.conftest import translated
from iom.tests.browser.desk_users import OTHER_LANGUAGE, fill_paragraph
from iom.tests.browser.guide_runner import Section, Step, nothing_to_press, open_guide, open_status, press, see
from iom.tests.browser.officers_corrections import correct, withdraw
from iom.tests.browser.officers_lists import TITLE
from iom.tests.browser.officers_site import deleted_pages, rights, show_a_banner
from iom.tests.browser.test_editor import message, wait_for_autosave
from newsroom.importing.tests.docx import docx, paragraph, run

IMPORTED = {"fr": "Un communiqué importé d’après le guide", "en": "A release imported by the guide"}
CORRECTION = "Corrected by the guide."
PASSWORD = "by-the-guide"  # of the private page
# Translates and publishes the article, and asks a question about its first passage
TRANSLATE = """
from iom.translation.content import segments
from iom.translation.models import TranslationState
from iom.translation.workflow import publication, questions, writing
from iom.users.models import User

state = TranslationState.objects.get(original={pk})
user = User.objects.get(email="translator.{language}@example.org")
passages = segments.load_text(state.translation)
writing.write_all(state, {{passage: "In the other language {pk}" for passage in passages}}, user)
state.refresh_from_db()
publication.publish(state, user)
questions.ask(state, passages[0], {question!r}, user)
print(state.page_id)
"""
QUESTION = "What does this mean?"
PUBLISH = "from wagtail.models import Page; Page.objects.get(pk={pk}).specific.get_latest_revision().publish()"
UNPUBLISH = "from wagtail.models import Page; Page.objects.get(pk={pk}).specific.unpublish()"


class Officer:
    """The windows of the officer who follows the guide, of an editor, an administrator and a reader."""

    def __init__(self, site, signed_in, visit, language: str) -> None:
        self.site, self.language, self.other = site, language, OTHER_LANGUAGE[language]
        self.page: Page = signed_in("officer", language)
        self.editor: Page = signed_in("editor", language)
        self.admin: Page = signed_in("admin", language)
        self.reader: Page = visit(language)
        self.pk = self.translation = 0
        self.address = self.unpublished = ""

    def open_form(self, page: Page, label: Section | None = None) -> None:
        page.goto(f"/admin/pages/{self.pk}/edit/")
        expect(page.locator("[name=title]")).to_be_visible()
        if label:
            open_menu(page, label)

    def read(self) -> Page:
        self.reader.goto(self.address)
        return self.reader


def open_menu(page: Page, label: Section) -> None:
    wait_for_autosave(page)
    press(page.locator("footer"), label("More actions"))


def write(session: Officer, label: Section) -> None:
    page = session.page
    page.goto("/admin/")
    see(page, label("New press release"))
    press(page, label("Pages"))
    page.goto(f"/admin/pages/{session.site.text('news', session.language).pk}/")
    press(page, label("Add child page"))
    see(page, label("Title"), label("Summary"), label("Place"), label("Date"), label("Type"), label("Scope"))
    see(page, label("Lead picture"), label("Alternative text"), label("Text"))
    see(page, label("Countries"), label("Topics"), label("Media contacts"))
    page.locator("[name=title]").fill(TITLE[session.language])
    page.locator("[name=summary]").fill("…")
    fill_paragraph(page, 0, TITLE[session.language])
    body = page.locator("[data-contentpath=body]")
    press(body, label("Insert a block"))
    for block in ("Paragraph", "Heading", "Picture", "Table", "Contact box"):
        expect(page.get_by_role("option", name=label(block))).to_be_visible()
    page.get_by_role("option", name=label("Quotation")).click()
    see(body, label("Speaker"))
    page.locator("[name=body-1-value-text]").fill(TITLE[session.language])
    page.locator("[name=body-1-value-speaker]").fill("Mariam")
    page.locator("#id_contacts-search").click()
    page.keyboard.press("Enter")


def publish(session: Officer, label: Section) -> None:
    page = session.page
    wait_for_autosave(page)
    see(page.locator("footer"), label("Save draft"), label("Publish"))
    press(page.locator("footer"), label("Publish at…"))
    page.locator("[name=go_live_at]").fill("2099-12-31T12:00")
    expect(dialog(page).get_by_role("status")).to_contain_text(translated("Geneva", session.language))
    press(dialog(page), label("Schedule"))
    expect(message(page)).to_contain_text(TITLE[session.language])
    expect(message(page)).to_contain_text("2099")
    change_time = message(page).get_by_role("link").first.get_attribute("href")
    session.pk = int(re.search(r"/pages/(\d+)/publish-at/", change_time)[1])
    session.open_form(page)
    press(message(page), label("Change the time"))
    page.locator("[name=go_live_at]").fill("2099-12-30T12:00")
    press(page.locator("main"), label("Schedule"))
    expect(message(page)).to_contain_text("30")
    session.open_form(page)
    with page.expect_navigation():
        press(page, label("Cancel scheduled publish"))
    session.open_form(page)
    page.locator("[data-side-panel-toggle=translation]").click()
    see(page, label("Translation"), label("Submit for translation"))
    open_menu(page, label)
    page.keyboard.press("Escape")
    press(page.locator("footer"), label("Publish"))
    session.address = message(page).locator(f"a[href^='/{session.language}/']").first.get_attribute("href")
    expect(session.read().locator("h1")).to_have_text(TITLE[session.language])


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog").filter(visible=True)


def change(session: Officer, label: Section) -> None:
    code = TRANSLATE.format(pk=session.pk, language=session.other, question=QUESTION)
    session.translation = int(session.site.shell(code).split()[-1])
    session.open_form(session.page)
    page = session.page
    page.locator("#id_corrections-ADD").click()
    see(page, label("Corrections"), label("Date"), label("What has been corrected"))
    page.locator("[name=corrections-0-date]").fill("2026-01-31")
    page.keyboard.press("Tab")
    page.locator("[name=corrections-0-text]").fill(CORRECTION)
    see(page, label("Updated on"))
    wait_for_autosave(page)
    see(page.locator("footer"), label("Publish: minor correction"))
    press(page.locator("footer"), label("Publish: the meaning changes"))
    expect(message(page)).to_contain_text(TITLE[session.language])
    expect(session.read().locator("main")).to_contain_text(CORRECTION)
    correct(session, label)


def unpublish(session: Officer, label: Section) -> None:
    editor = session.editor
    editor.goto(f"/admin/pages/{session.site.text('news', session.other).pk}/")
    see(editor.get_by_role("navigation"), label("Pages"))
    row = editor.locator("main tr").filter(has_text=f"In the other language {session.pk}")
    row.hover()
    row.locator("[data-w-dropdown-target=toggle]").click()
    see(editor.locator(".tippy-content"), label("Unpublish"))
    session.open_form(editor, label)
    press(editor.locator("footer"), label("Unpublish"))
    expect(editor.locator("main")).to_contain_text(f"In the other language {session.pk}")
    press(editor, label("Yes, unpublish it"))
    expect(message(editor)).to_contain_text(TITLE[session.language])
    session.unpublished = session.read().locator("h1").inner_text()
    feed = session.reader.request.get(session.address.rsplit("/", 2)[0] + "/rss/")
    assert feed.ok
    assert TITLE[session.language] not in feed.text()


def hide(session: Officer, label: Section) -> None:
    session.site.shell(PUBLISH.format(pk=session.pk))
    page = session.page
    session.open_form(page)
    press(open_status(page), label("Change privacy"))
    page.get_by_label(label("Private, accessible with a shared password")).check()
    page.locator("[name=password]:visible").fill(PASSWORD)
    press(dialog(page), label("Save"))
    expect(dialog(page)).to_have_count(0)


def what_readers_see(session: Officer, label: Section) -> None:
    assert label("Page not found").search(session.unpublished)
    expect(session.read().locator("h1")).to_have_text(label("Password required"))
    expect(session.reader.locator("body")).not_to_contain_text(TITLE[session.language])


def what_remains(session: Officer, label: Section) -> None:
    page = session.page
    session.open_form(page)
    see(page.get_by_role("navigation"), label("Pictures"), label("Documents"))
    open_status(page).locator("[data-a11y-dialog-show=set-privacy]").filter(visible=True).first.click()
    page.get_by_label(label("Public")).check()
    dialog(page).locator("[type=submit]").click()
    expect(dialog(page)).to_have_count(0)
    expect(session.read().locator("h1")).to_have_text(TITLE[session.language])
    session.site.shell(UNPUBLISH.format(pk=session.pk))
    session.open_form(page)
    press(page.locator("footer"), label("Publish"))
    expect(message(page)).to_contain_text(TITLE[session.language])
    expect(session.read().locator("h1")).to_have_text(TITLE[session.language])


def answer(session: Officer, label: Section) -> None:
    page = session.page
    page.goto("/admin/")
    see(page, label("Questions from translators"))
    asked = page.locator("#desk-questions-section li").filter(has_text=QUESTION)
    asked.get_by_text(label("Answer")).click()
    asked = page.locator("[data-segment]").filter(has_text=QUESTION)
    asked.get_by_label(label("Your answer")).fill("This.")
    press(asked, label("Send the answer"))
    see(asked, label("Correct your answer"))


def import_release(session: Officer, label: Section) -> None:
    page = session.page
    page.goto("/admin/")
    press(page, label("Import a press release"))
    see(page, label("File"))
    text = "Les cours ont repris lundi. " if session.language == "fr" else "The lessons started again on Monday. "
    removed = f"<w:del>{run('x')}</w:del>"
    data = docx(
        paragraph(IMPORTED[session.language], style="Titre"), *(paragraph(text * 4, removed) for _ in range(3))
    )
    page.locator("[name=file]").set_input_files(
        {"name": "release.docx", "mimeType": "application/octet-stream", "buffer": data}
    )
    press(page, label("Create a draft"))
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    see(page.get_by_role("note"), label("Before you publish"), label("Not in the article", more=".*"))


def refused(session: Officer, _label: Section) -> None:
    page = session.page
    page.goto("/admin/news/import/")
    page.locator("[name=file]").set_input_files(
        {"name": "release.doc", "mimeType": "application/msword", "buffer": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}
    )
    page.locator("main form [type=submit]").last.click()
    expect(page.locator("main")).to_contain_text(".docx")


def find(session: Officer, label: Section) -> None:
    page = session.editor
    page.goto("/admin/pages/search/?q=" + TITLE[session.language])
    expect(page.locator("main")).to_contain_text(TITLE[session.language])
    press(page, label("Settings"))
    see(page, label("Promoted search results"))
    press(page, label("Reports"))
    see(page, label("Search terms"))
    page.goto(session.site.text("terms", "fr").edit)
    press(page, label("Promote"))
    see(page, label("Keywords"))


STEPS: dict[str, Step] = {
    "Guide for press officers": lambda session, label: open_guide(session.page, "officers", label),
    "Writing": write,
    "Publishing": publish,
    "Changing a published text": change,
    "Withdrawing a text in an emergency": nothing_to_press,
    "Withdrawing an article": withdraw,
    "Unpublishing a page": unpublish,
    "Hiding a page until an editor is reached": hide,
    "What readers see": what_readers_see,
    "What remains": what_remains,
    "Deleted pages": deleted_pages,
    "Publishing in both languages at once, in an emergency": officers_emergency.release,
    "If the connection fails": officers_emergency.lost_connection,
    "Showing a banner on every page": show_a_banner,
    "Answering a translator’s question": answer,
    "Instructions for translators": officers_desk.instruct,
    "Reviewing a text": officers_desk.review,
    "Editing a page that you read": officers_desk.edit_from_the_page,
    "Both languages together": officers_desk.both_languages,
    "The menu and the footer": officers_desk.menu_and_footer,
    "Reviewing standing pages": officers_standing_pages.review,
    "Texts about countries and topics": officers_standing_pages.lead_texts,
    "Media contacts": officers_standing_pages.media_contacts,
    "What the home page features": officers_standing_pages.features,
    "Importing a press release": import_release,
    "When a file is refused": refused,
    "Your dashboard": officers_lists.dashboard,
    "The list of articles": officers_lists.article_list,
    "The calendar": officers_lists.calendar,
    "Finding a text": find,
    "Rights: who may reuse what": rights,
    "Who may do what": nothing_to_press,  # iom.editorial.tests.test_guides_roles
}
