"""The review of an office: a colleague requests changes and approves each version; an editor may skip the review."""

import re

import pytest
from playwright.sync_api import Page, expect

from iom.tests.browser.conftest import translated
from iom.tests.browser.test_editor import message, save_draft, wait_for_autosave
from iom.tests.serving import PASSWORD

pytestmark = pytest.mark.browser

PREPARE = f"""
from django.contrib.auth.models import Group
from iom.contacts.models import OfficeStaff
from iom.tests.factories import OfficeFactory
from iom.users.models import User
from newsroom.models import ReviewRule

office = OfficeFactory(fr="Bureau de la relecture", en="Office of reviews")
for name in ("first.reader", "second.reader"):
    person = User.objects.create_user(f"{{name}}@example.org", {PASSWORD!r}, first_name=name.title())
    person.groups.add(Group.objects.get(name="Communications officers"))
    OfficeStaff.objects.create(office=office, user=person)
ReviewRule.objects.create(office=office)
"""
STORY, URGENT = "Relire à deux", "Sans attendre"
REMARK, REASON = "Un chiffre manque.", "Évacuation en cours"


def choose_action(page: Page, action: str) -> None:
    """Chooses an action in the menu “More actions”."""
    page.locator("footer").get_by_role("button", name=translated("More actions")).click()
    page.locator(f"{action}:visible").first.click()


def submit(author: Page, title: str) -> None:
    """Submits for review, with the button in the place of “Publish”."""
    wait_for_autosave(author)
    expect(author.locator("[name=action-publish]")).to_have_count(0)
    author.locator("footer .action-buttons [name=action-submit]").click()
    expect(message(author)).to_contain_text(title)


def submit_draft(author: Page, title: str) -> str:
    """Creates a draft and submits it for review. Returns the address of its form."""
    author.goto("/admin/")
    author.get_by_role("link", name=translated("New press release")).click()
    author.locator("[name=title]").fill(title)
    author.locator("[name=summary]").fill("Une phrase.")
    author.locator("[name=kind]").select_option("story")
    save_draft(author)
    expect(message(author)).to_contain_text(title)
    author.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    form = author.url.split("?")[0]
    submit(author, title)
    return form


def live_paths(site, title: str) -> list[str]:
    return [path for (path,) in site.rows("SELECT url_path FROM wagtailcore_page WHERE live AND title = %s", title)]


@pytest.fixture(scope="module")
def office(site) -> None:
    site.shell(PREPARE)


def test_a_colleague_asks_for_changes_and_approves_each_version(site, office, signed_in):
    author, colleague = signed_in("first.reader"), signed_in("second.reader")
    form = submit_draft(author, STORY)
    author.goto(form)
    expect(author.locator("[data-workflow-action-name=approve]")).to_have_count(0)

    colleague.goto("/admin/")
    colleague.locator("#officers-reviews-section").get_by_role("link", name=STORY).click()
    choose_action(colleague, "[data-workflow-action-name=reject]")
    colleague.locator("[name=comment]").fill(REMARK)
    colleague.locator(".modal-dialog [type=submit]").click()
    expect(message(colleague)).to_contain_text(STORY)

    author.goto(form)
    expect(message(author)).to_contain_text(REMARK)
    author.locator("[name=summary]").fill("Une phrase et 12 chiffres.")
    submit(author, STORY)
    assert not live_paths(site, STORY)
    approve(colleague, form)
    assert len(live_paths(site, STORY)) == 1

    author.goto(form)
    author.locator("[name=title]").fill(f"{STORY}, encore")
    submit(author, STORY)
    assert len(live_paths(site, STORY)) == 1
    approve(colleague, form)
    assert not live_paths(site, STORY)
    assert len(live_paths(site, f"{STORY}, encore")) == 1


def approve(colleague: Page, form: str) -> None:
    colleague.goto(form)
    colleague.locator("footer").get_by_role("button", name=translated("Approve and publish")).click()
    expect(message(colleague)).to_contain_text(STORY)


def test_editor_publishes_without_review_and_gives_a_reason(site, office, signed_in):
    author, editor = signed_in("first.reader"), signed_in("editor")
    form = submit_draft(author, URGENT)
    without = form.replace("/admin/pages/", "/admin/news/").replace("/edit/", "/publish-without-review/")
    author.goto(without)
    expect(author.locator("[name=reason]")).to_have_count(0)

    editor.goto(form)
    choose_action(editor, "a[href*=publish-without-review]")
    editor.locator("[name=reason]").fill(REASON)
    editor.locator("main form [type=submit]").last.click()
    expect(message(editor)).to_contain_text(URGENT)
    assert len(live_paths(site, URGENT)) == 1
    editor.goto(form.replace("/edit/", "/history/"))
    expect(editor.locator("main")).to_contain_text(REASON)
