"""The steps of the guide for press officers, by the headings of the English one."""

import re

from playwright.sync_api import Locator, Page, expect

from iom.tests.browser import officers_desk, officers_emergency, officers_lists, officers_standing_pages
from iom.tests.browser.conftest import word
from iom.tests.browser.guided import Section, Step, nothing_to_press, open_guide, open_status, press, see
from iom.tests.browser.officers_guide_of_the_site import deleted_pages, rights, show_a_banner
from iom.tests.browser.officers_lists import TITLE
from iom.tests.browser.people import OTHER, fill_paragraph
from iom.tests.browser.test_editor import message, new_article, wait_for_autosave
from iom.tests.browser.withdrawing import correct, withdraw
from newsroom.importing.tests.docx import docx, paragraph, run

TOGETHER = {"fr": "Un article d’après le guide, en deux langues", "en": "An article by the guide, in two languages"}
IMPORTED = {"fr": "Un communiqué importé d’après le guide", "en": "A release imported by the guide"}
CORRECTION = "Corrected by the guide."
PASSWORD = "by-the-guide"  # of the page that is hidden
# Translates all passages by code, publishes, and asks about the first one
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
    """Who follows the guide, the editor whom the guide calls, and a reader."""

    def __init__(self, site, signed_in, visit, language: str) -> None:
        self.site, self.language, self.other = site, language, OTHER[language]
        self.page: Page = signed_in("officer", language)
        self.editor: Page = signed_in("editor", language)
        self.admin: Page = signed_in("admin", language)
        self.reader: Page = visit(language)
        self.pk = self.translation = 0
        self.address = self.unpublished = ""

    def open_form(self, page: Page, says: Section | None = None) -> None:
        page.goto(f"/admin/pages/{self.pk}/edit/")
        expect(page.locator("[name=title]")).to_be_visible()
        if says:
            open_menu(page, says)

    def read(self) -> Page:
        self.reader.goto(self.address)
        return self.reader


def open_menu(page: Page, says: Section) -> None:
    wait_for_autosave(page)
    press(page.locator("footer"), says("More actions"))


def write(day: Officer, says: Section) -> None:
    page = day.page
    page.goto("/admin/")
    see(page, says("New press release"))
    press(page, says("Pages"))
    page.goto(f"/admin/pages/{day.site.text('news', day.language).pk}/")
    press(page, says("Add child page"))
    see(page, says("Title"), says("Summary"), says("Place"), says("Date"), says("Type"), says("Scope"))
    see(page, says("Lead picture"), says("Alternative text"), says("Text"))
    see(page, says("Countries"), says("Topics"), says("Media contacts"))
    page.locator("[name=title]").fill(TITLE[day.language])
    page.locator("[name=summary]").fill("…")
    fill_paragraph(page, 0, TITLE[day.language])
    body = page.locator("[data-contentpath=body]")
    press(body, says("Insert a block"))
    for block in ("Paragraph", "Heading", "Picture", "Table", "Contact box"):
        expect(page.get_by_role("option", name=says(block))).to_be_visible()
    page.get_by_role("option", name=says("Quotation")).click()
    see(body, says("Speaker"))
    page.locator("[name=body-1-value-text]").fill(TITLE[day.language])
    page.locator("[name=body-1-value-speaker]").fill("Mariam")
    page.locator("#id_contacts-search").click()
    page.keyboard.press("Enter")


def publish(day: Officer, says: Section) -> None:
    page = day.page
    wait_for_autosave(page)
    see(page.locator("footer"), says("Save draft"), says("Publish"))
    press(page.locator("footer"), says("Publish at…"))
    page.locator("[name=go_live_at]").fill("2099-12-31T12:00")
    expect(dialog(page).get_by_role("status")).to_contain_text(word("Geneva", day.language))
    press(dialog(page), says("Schedule"))
    expect(message(page)).to_contain_text(TITLE[day.language])
    expect(message(page)).to_contain_text("2099")
    change_time = message(page).get_by_role("link").first.get_attribute("href")
    day.pk = int(re.search(r"/pages/(\d+)/publish-at/", change_time)[1])
    day.open_form(page)
    press(message(page), says("Change the time"))
    page.locator("[name=go_live_at]").fill("2099-12-30T12:00")
    press(page.locator("main"), says("Schedule"))
    expect(message(page)).to_contain_text("30")
    day.open_form(page)
    with page.expect_navigation():
        press(page, says("Cancel scheduled publish"))
    day.open_form(page)
    page.locator("[data-side-panel-toggle=translation]").click()
    see(page, says("Translation"), says("Submit for translation"))
    open_menu(page, says)
    page.keyboard.press("Escape")
    press(page.locator("footer"), says("Publish"))
    day.address = message(page).locator(f"a[href^='/{day.language}/']").first.get_attribute("href")
    expect(day.read().locator("h1")).to_have_text(TITLE[day.language])


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog").filter(visible=True)


def change(day: Officer, says: Section) -> None:
    code = TRANSLATE.format(pk=day.pk, language=day.other, question=QUESTION)
    day.translation = int(day.site.shell(code).split()[-1])
    day.open_form(day.page)
    page = day.page
    page.locator("#id_corrections-ADD").click()
    see(page, says("Corrections"), says("Date"), says("What has been corrected"))
    page.locator("[name=corrections-0-date]").fill("2026-01-31")
    page.keyboard.press("Tab")
    page.locator("[name=corrections-0-text]").fill(CORRECTION)
    see(page, says("Updated on"))
    wait_for_autosave(page)
    see(page.locator("footer"), says("Publish: minor correction"))
    press(page.locator("footer"), says("Publish: the meaning changes"))
    expect(message(page)).to_contain_text(TITLE[day.language])
    expect(day.read().locator("main")).to_contain_text(CORRECTION)
    correct(day, says)


def unpublish(day: Officer, says: Section) -> None:
    editor = day.editor
    editor.goto(f"/admin/pages/{day.site.text('news', day.other).pk}/")
    see(editor.get_by_role("navigation"), says("Pages"))
    row = editor.locator("main tr").filter(has_text=f"In the other language {day.pk}")
    row.hover()
    row.locator("[data-w-dropdown-target=toggle]").click()
    see(editor.locator(".tippy-content"), says("Unpublish"))
    day.open_form(editor, says)
    press(editor.locator("footer"), says("Unpublish"))
    expect(editor.locator("main")).to_contain_text(f"In the other language {day.pk}")
    press(editor, says("Yes, unpublish it"))
    expect(message(editor)).to_contain_text(TITLE[day.language])
    day.unpublished = day.read().locator("h1").inner_text()
    feed = day.reader.request.get(day.address.rsplit("/", 2)[0] + "/rss/")
    assert feed.ok
    assert TITLE[day.language] not in feed.text()


def hide(day: Officer, says: Section) -> None:
    day.site.shell(PUBLISH.format(pk=day.pk))
    page = day.page
    day.open_form(page)
    press(open_status(page), says("Change privacy"))
    page.get_by_label(says("Private, accessible with a shared password")).check()
    page.locator("[name=password]:visible").fill(PASSWORD)
    press(dialog(page), says("Save"))
    expect(dialog(page)).to_have_count(0)


def what_readers_see(day: Officer, says: Section) -> None:
    assert says("Page not found").search(day.unpublished)
    expect(day.read().locator("h1")).to_have_text(says("Password required"))
    expect(day.reader.locator("body")).not_to_contain_text(TITLE[day.language])


def what_remains(day: Officer, says: Section) -> None:
    page = day.page
    day.open_form(page)
    see(page.get_by_role("navigation"), says("Pictures"), says("Documents"))
    open_status(page).locator("[data-a11y-dialog-show=set-privacy]").filter(visible=True).first.click()
    page.get_by_label(says("Public")).check()
    dialog(page).locator("[type=submit]").click()
    expect(dialog(page)).to_have_count(0)
    expect(day.read().locator("h1")).to_have_text(TITLE[day.language])
    day.site.shell(UNPUBLISH.format(pk=day.pk))
    day.open_form(page)
    press(page.locator("footer"), says("Publish"))
    expect(message(page)).to_contain_text(TITLE[day.language])
    expect(day.read().locator("h1")).to_have_text(TITLE[day.language])


def answer(day: Officer, says: Section) -> None:
    page = day.page
    page.goto("/admin/")
    see(page, says("Questions from translators"))
    asked = page.locator("#desk-questions-section li").filter(has_text=QUESTION)
    asked.get_by_text(says("Answer")).click()
    asked = page.locator("[data-segment]").filter(has_text=QUESTION)
    asked.get_by_label(says("Your answer")).fill("This.")
    press(asked, says("Send the answer"))
    see(asked, says("Correct your answer"))


def both_languages(day: Officer, says: Section) -> None:
    page = day.page
    new_article(page, day.site, day.language)
    page.locator("[name=title]").fill(TOGETHER[day.language])
    page.locator("[name=kind]").select_option("news")
    page.locator("[name=summary]").fill("…")
    press(page.locator("main"), says("Settings"))
    page.get_by_role("checkbox", name=says("Publish all languages together")).check()
    wait_for_autosave(page)
    page.locator("footer [name=action-publish]").click()
    see(message(page), says("Cancel the publication"))
    day.editor.goto(page.url)
    see(day.editor, says("Publish the original alone"))
    press(message(page), says("Cancel the publication"))


def import_release(day: Officer, says: Section) -> None:
    page = day.page
    page.goto("/admin/")
    press(page, says("Import a press release"))
    see(page, says("File"))
    text = "Les cours ont repris lundi. " if day.language == "fr" else "The lessons started again on Monday. "
    removed = f"<w:del>{run('x')}</w:del>"
    data = docx(paragraph(IMPORTED[day.language], style="Titre"), *(paragraph(text * 4, removed) for _ in range(3)))
    page.locator("[name=file]").set_input_files(
        {"name": "release.docx", "mimeType": "application/octet-stream", "buffer": data}
    )
    press(page, says("Create a draft"))
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    see(page.get_by_role("note"), says("Before you publish"), says("Not in the article", more=".*"))


def refused(day: Officer, _says: Section) -> None:
    page = day.page
    page.goto("/admin/news/import/")
    page.locator("[name=file]").set_input_files(
        {"name": "release.doc", "mimeType": "application/msword", "buffer": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}
    )
    page.locator("main form [type=submit]").last.click()
    expect(page.locator("main")).to_contain_text(".docx")


def find(day: Officer, says: Section) -> None:
    page = day.editor
    page.goto("/admin/pages/search/?q=" + TITLE[day.language])
    expect(page.locator("main")).to_contain_text(TITLE[day.language])
    press(page, says("Settings"))
    see(page, says("Promoted search results"))
    press(page, says("Reports"))
    see(page, says("Search terms"))
    page.goto(day.site.text("terms", "fr").edit)
    press(page, says("Promote"))
    see(page, says("Keywords"))


STEPS: dict[str, Step] = {
    "Guide for press officers": lambda day, says: open_guide(day.page, "officers", says),
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
    "If the connection fails": officers_emergency.line,
    "Showing a banner on every page": show_a_banner,
    "Answering a translator’s question": answer,
    "Instructions for translators": officers_desk.instruct,
    "Reviewing a text": officers_desk.review,
    "Editing a page that you read": officers_desk.edit_from_the_page,
    "Both languages together": both_languages,
    "The menu and the footer": officers_desk.menu_and_footer,
    "Reviewing standing pages": officers_standing_pages.review,
    "Texts about countries and topics": officers_standing_pages.texts,
    "Media contacts": officers_standing_pages.media_contacts,
    "What the home page features": officers_standing_pages.features,
    "Importing a press release": import_release,
    "When a file is refused": refused,
    "Your first page": officers_lists.first_page,
    "The list of articles": officers_lists.list_of_articles,
    "The calendar": officers_lists.calendar,
    "Finding a text": find,
    "Rights: who may reuse what": rights,
    "Who may do what": nothing_to_press,  # iom.editorial.tests.test_guides_roles
}
