"""The life of a press release: import, checks, review, joint embargo, correction, withdrawal, restoration.

Each step uses the screens. Only the time of the embargo is changed by code.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from iom.tests.browser.conftest import translated
from iom.tests.browser.test_editor import message, open_tab, wait_for_autosave
from newsroom.importing.tests.docx import docx, paragraph

pytestmark = pytest.mark.browser

FR = {
    "title": "La piste de Faya rouvre aux convois",
    "summary": "Soixante camions de vivres sont partis mercredi.",
    "text": "Le premier convoi a quitté la ville à l’aube.",
    "remark": "Il manque le nombre de camions.",
    "correction": "Il y avait soixante camions, et non seize.",
    "reason": "Le convoi a été reporté.",
    "path": "/fr/actualites/la-piste-de-faya-rouvre-aux-convois/",
}
EN = {
    "title": "The Faya track reopens to convoys",
    "summary": "Sixty lorries of food left on Wednesday.",
    "text": "The first convoy left the town at dawn.",
    "correction": "There were sixty lorries, not sixteen.",
    "reason": "The convoy was postponed.",
    "path": "/en/news/the-faya-track-reopens-to-convoys/",
}
PREPARE = """
from django.conf import settings
from django.contrib.auth.models import Group
from iom.contacts.models import OfficeStaff
from iom.tests.factories import OfficeFactory
from iom.users.models import User
from newsroom.models import ReviewRule

office = OfficeFactory(fr="Bureau de Faya", en="Faya Office")
for name in ("author", "colleague"):
    person = User.objects.create_user(f"{name}@example.org", settings.DEMO_PASSWORD, first_name=name.title())
    person.groups.add(Group.objects.get(name="Communications officers"))
    OfficeStaff.objects.create(office=office, user=person)
ReviewRule.objects.create(office=office)
"""
# Moves the embargo to the past and runs the scheduler
END_EMBARGO = """
from datetime import timedelta
from django.core.management import call_command
from django.utils import timezone
from iom.translation.models import JointPublication, Original
from wagtail.models import Revision

now = timezone.now() - timedelta(seconds=1)
for row in JointPublication.objects.filter(page={page}):
    row.due_at = now
    row.save()
    row.revision.content["go_live_at"] = now.isoformat()
    Revision.objects.filter(pk=row.revision_id).update(content=row.revision.content, approved_go_live_at=now)
call_command("scheduler", once=True)
"""


@dataclass
class Newsroom:
    """The windows of the people, and `form`, the address of the article's form."""

    site: object
    author: Page
    colleague: Page
    translator: Page
    editor: Page
    reader: Page
    form: str = ""
    statuses: dict[str, int] = field(default_factory=dict)

    def read(self) -> tuple[int, int]:
        """The status codes of the public addresses, French and English."""
        return tuple(self.reader.goto(text["path"]).status for text in (FR, EN))


def release_file() -> bytes:
    return docx(
        paragraph("Communiqué / National"),
        paragraph(FR["title"], style="Titre"),
        paragraph(FR["text"]),
        paragraph(
            "Pour plus d’informations, veuillez contacter Hawa Brahim, OIM Faya, Tél : +235 22 50 01 23,"
            " Email : hbrahim@example.org"
        ),
    )


def test_release_is_imported_reviewed_published_corrected_withdrawn_and_restored(site, signed_in, visit):
    site.shell(PREPARE)
    people = (signed_in(name) for name in ("author", "colleague", "translator.en", "editor"))
    newsroom = Newsroom(site, *people, visit("fr"))
    import_a_file(newsroom)
    checks_report_a_missing_summary(newsroom)
    colleague_requests_changes(newsroom)
    approve_with_an_embargo(newsroom)
    translate_before_the_embargo_ends(newsroom)
    publish_at_the_end_of_the_embargo(newsroom)
    correct(newsroom)
    withdraw_and_restore(newsroom)


def import_a_file(newsroom: Newsroom) -> None:
    author = newsroom.author
    author.goto("/admin/")
    author.get_by_role("link", name=translated("Import a press release")).click()
    author.locator("[name=file]").set_input_files(
        {"name": "faya.docx", "mimeType": "application/octet-stream", "buffer": release_file()}
    )
    author.get_by_role("button", name=translated("Create a draft")).click()
    author.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    newsroom.form = author.url
    expect(author.locator("[name=title]")).to_have_value(FR["title"])
    expect(author.locator("[name=office] option:checked")).to_have_text("Bureau de Faya")


def checks_report_a_missing_summary(newsroom: Newsroom) -> None:
    author = newsroom.author
    author.locator("[data-side-panel-toggle=checks]").click()
    missing = author.locator(".text-check").filter(
        has_text=translated("Write a summary: lists, feeds and search engines show it.")
    )
    expect(missing).to_have_count(1)
    author.locator("[name=summary]").fill("Des camions de vivres sont partis mercredi.")
    expect(missing).to_have_count(0)
    author.locator("[data-side-panel-toggle=checks]").click()
    open_tab(author, "Settings")
    author.locator("[name=published_together]").check()
    open_tab(author, "Content")


def send_for_review(author: Page) -> None:
    """Submits for review, with an embargo of two hours."""
    wait_for_autosave(author)
    expect(author.locator("footer [name=action-publish]")).to_have_count(0)
    author.locator("footer").get_by_role("button", name=translated("Publish at…")).click()
    minute = datetime.now() + timedelta(hours=2)
    author.locator("[name=go_live_at]").fill(f"{minute:%Y-%m-%dT%H:%M}")
    author.get_by_role("dialog").get_by_role("button", name=translated("Send for review")).click()
    expect(message(author)).to_contain_text(FR["title"])


def colleague_requests_changes(newsroom: Newsroom) -> None:
    author, colleague = newsroom.author, newsroom.colleague
    send_for_review(author)
    colleague.goto("/admin/")
    colleague.get_by_role("link", name=FR["title"]).first.click()
    colleague.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    colleague.locator("footer").get_by_role("button", name=translated("More actions")).click()
    colleague.locator("[data-workflow-action-name=reject]:visible").first.click()
    colleague.locator("[name=comment]").fill(FR["remark"])
    colleague.locator(".modal-dialog [type=submit]").click()
    expect(message(colleague)).to_contain_text(FR["title"])

    author.goto(newsroom.form)
    expect(message(author)).to_contain_text(FR["remark"])
    expect(author.locator("[data-workflow-action-name=approve]")).to_have_count(0)
    author.locator("[name=summary]").fill(FR["summary"])
    send_for_review(author)


def approve_with_an_embargo(newsroom: Newsroom) -> None:
    colleague = newsroom.colleague
    colleague.goto(newsroom.form)
    colleague.locator("footer").get_by_role("button", name=translated("Approve and publish")).click()
    expect(message(colleague)).to_contain_text(FR["title"])
    assert newsroom.read() == (404, 404)


def translate_before_the_embargo_ends(newsroom: Newsroom) -> None:
    translator = newsroom.translator
    translator.goto("/admin/translation/desk/")
    translator.locator("main tr").filter(has_text=FR["title"]).get_by_role("link", name=FR["title"]).first.click()
    translator.locator("[data-segment]").first.wait_for()
    for name in ("title", "summary", "text"):
        row = translator.locator("[data-segment]").filter(has_text=FR[name])
        row.locator("[data-target]").fill(EN[name])
        row.locator("[data-target]").blur()
        expect(row.locator("[data-status]")).to_have_text(translated("Saved"))
    translator.locator("button[value=action-publish]").click()
    expect(message(translator)).to_be_visible()
    assert newsroom.read() == (404, 404)


def publish_at_the_end_of_the_embargo(newsroom: Newsroom) -> None:
    page = re.search(r"\d+", newsroom.form.split("/admin/")[1])[0]
    newsroom.site.shell(END_EMBARGO.format(page=page))
    assert newsroom.read() == (200, 200)
    for text in (FR, EN):
        newsroom.reader.goto(text["path"])
        expect(newsroom.reader.locator("h1")).to_have_text(text["title"])
        expect(newsroom.reader.locator("main")).to_contain_text(text["text"])


def correct(newsroom: Newsroom) -> None:
    """Corrects both languages in one form, without a review rule."""
    newsroom.site.shell("from newsroom.models import ReviewRule; ReviewRule.objects.all().delete()")
    author = newsroom.author
    author.goto(newsroom.form)
    author.locator("header").get_by_role("link", name=translated("Correct"), exact=True).click()
    for code, text in (("fr", FR), ("en", EN)):
        author.locator(f"[name=text_{code}]").fill(text["correction"])
    author.locator("main form button[type=submit]").click()
    expect(author.locator(".messages .success")).to_contain_text(FR["title"])
    for text in (FR, EN):
        newsroom.reader.goto(text["path"])
        expect(newsroom.reader.locator(".correction")).to_contain_text(text["correction"])


def withdraw_and_restore(newsroom: Newsroom) -> None:
    author, editor = newsroom.author, newsroom.editor
    author.goto(newsroom.form)
    author.locator("header").get_by_role("link", name=translated("Withdraw"), exact=True).click()
    for code, text in (("fr", FR), ("en", EN)):
        author.locator(f"[name=reason_{code}]").fill(text["reason"])
    author.locator("main form button[type=submit]").click()
    expect(author.locator(".messages .success")).to_contain_text(FR["title"])
    assert newsroom.read() == (410, 410)

    editor.goto("/admin/reports/")
    editor.goto(newsroom.form)
    editor.get_by_role("button", name=translated("Restore")).first.click()
    expect(editor.locator(".messages .success")).to_be_visible()
    assert newsroom.read() == (200, 200)
    newsroom.reader.goto(EN["path"])
    expect(newsroom.reader.locator(".correction")).to_be_visible()
