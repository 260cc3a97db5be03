"""The steps of the guide for administrators, by the headings of the English one."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from iom.tests.addresses import COUNTRY, SEARCH
from iom.tests.browser.conftest import word
from iom.tests.browser.guided import Section, Step, open_guide, press, see
from iom.tests.browser.officers_guide_of_the_site import DELETE
from iom.tests.browser.people import OTHER
from iom.tests.serving import PASSWORD

PERSON = "guided.{}@example.org"
OFFICE, DRAFT, SOUGHT = "Office of the guide ({})", "A draft that the guide deletes ({})", "xyzzy{}"
FACTOR = """
from allauth.mfa.models import Authenticator
from iom.users.models import User
Authenticator.objects.create(user=User.objects.get(email={email!r}), type="totp", data={{"secret": ""}})
"""
# What would change the site for the tests that follow
UNDO = """
from django.contrib.auth.models import Group
from wagtail.contrib.search_promotions.models import Query
from iom.contacts.models import Office, OfficeStaff
from iom.translation.models import LanguageRule
from newsroom.models import ReviewRule
OfficeStaff.objects.filter(user__email={email!r}).delete()
Office.objects.filter(names__name={office!r}).delete()
ReviewRule.objects.all().delete()
LanguageRule.objects.update(review=False)
Query.objects.filter(query_string={sought!r}).delete()
group = Group.objects.get(name="Communications officers")
group.permissions.remove(*group.permissions.filter(codename="change_banner"))
"""


class Administrator:
    """Who follows the guide, and a reader."""

    def __init__(self, site, visit, language: str) -> None:
        self.site, self.language, self.other = site, language, OTHER[language]
        self.page: Page = sign_in(visit(language))
        self.reader: Page = visit(language)
        self.person, self.sought = PERSON.format(language), SOUGHT.format(language)
        self.office, self.draft = OFFICE.format(language), DRAFT.format(language)
        self.settings = re.compile(rf"^\s*{word('Settings', language)}\s*$")  # of sections that name it no more

    def undo(self) -> None:
        self.site.shell(UNDO.format(email=self.person, office=self.office, sought=self.sought))


def sign_in(page: Page) -> Page:
    """A session of its own: once confirmed, it has another cookie than that of other tests."""
    page.goto("/admin/login/")
    page.locator("input[name=login]").fill("admin@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator(".password-form button[type=submit]").click()
    page.wait_for_url("**/admin/")
    return page


def choose(day: Administrator, *words: re.Pattern[str]) -> Page:
    """Of a menu, from the first page of the admin."""
    day.page.goto("/admin/")
    for one in words:
        press(day.page.get_by_role("navigation"), one)
    return day.page


def confirm(page: Page) -> None:
    """Enters the password where the site asks for it once more."""
    page.wait_for_load_state()
    if "/-/account/confirm/" in page.url:
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main [type=submit], form [type=submit]").first.click()
        page.wait_for_url("**/admin/**")


def save(page: Page, says: re.Pattern[str]) -> None:
    press(page.locator("main"), says)
    expect(page.locator(".messages .success").first).to_be_visible()


def open_security(day: Administrator, says: Section) -> Page:
    page = day.page
    page.goto(f"/admin/users/?q={day.person}")
    page.locator("main tr").filter(has_text=day.person).locator("[data-w-dropdown-target=toggle]").first.click()
    press(page.locator(".tippy-content"), says("Account security"))
    confirm(page)
    return page


def invite(day: Administrator, says: Section) -> None:
    page = choose(day, says("Settings"), says("Users"))
    press(page, says("Add a user"))
    confirm(page)
    for label, value in (("Email", day.person), ("First Name", "Ada"), ("Last Name", "Guide")):
        page.get_by_role("textbox", name=says(label)).fill(value)
    press(page, says("Roles"))
    page.get_by_role("checkbox", name=word("Press officers", day.language, "group")).check()
    save(page, says("Create"))
    save(open_security(day, says), says("Send a link to choose a password"))


def groups(day: Administrator, says: Section) -> None:
    page = choose(day, says("Settings"), says("Groups"))
    press(page.locator("main"), exactly(day, "Press officers"))
    see(page, says("Object permissions"))


def exactly(day: Administrator, group: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(word(group, day.language, 'group'))}\s*$")


def limit(day: Administrator, says: Section) -> None:
    page = choose(day, says("Contacts"), says("Offices"))
    page.locator("main td.title a").first.click()
    see(page, says("Staff"))
    page.locator("#id_staff-ADD").click()
    page.locator("[name=staff-0-user]").select_option(label=day.person)
    save(page, says("Save"))


def leave(day: Administrator, says: Section) -> None:
    page = choose(day, day.settings, says("Users"))
    page.goto(f"/admin/users/?q={day.person}")
    page.locator("main td.name a").first.click()
    confirm(page)
    page.get_by_role("checkbox", name=says("Active")).uncheck()
    save(page, says("Save"))
    choose(day, says("Reports"), says("Locked pages"))
    page.goto("/admin/snippets/contacts/presscontact/")
    page.locator("main td.title a").first.click()
    see(page, says("In post until"))


def lost_factor(day: Administrator, says: Section) -> None:
    day.site.shell(FACTOR.format(email=day.person))
    choose(day, day.settings, says("Users"))
    page = open_security(day, says)
    see(page, says("End all sessions"))
    save(page, says("Remove the second factors"))


def site_contacts(day: Administrator, says: Section) -> None:
    page = choose(day, says("Settings"), says("Site contacts"))
    see(page.locator("main"), says("Press office"), says("Accounts on social networks"))


def review_rules(day: Administrator, says: Section) -> None:
    page = choose(day, says("Settings"), says("Review rules"))
    page.locator("a[href$='/review-rules/new/']").first.click()
    see(page.locator("main"), says("Office"))
    page.get_by_role("combobox", name=says("Type")).select_option("speech")
    save(page, says("Create"))


def translation_rules(day: Administrator, says: Section) -> None:
    page = choose(day, says("Settings"), says("Translation rules"))
    page.locator("main td.title a").first.click()
    page.get_by_role(
        "checkbox", name=says(next(one for one in says.words if one.startswith("Translations are")))
    ).check()
    save(page, says("Save"))


def open_office(day: Administrator, says: Section) -> None:
    page = choose(day, says("Contacts"))
    see(page.get_by_role("navigation"), says("Media contacts"))
    press(page.get_by_role("navigation"), says("Offices"))
    page.locator("a[href$='/office/add/']").first.click()
    see(page.locator("main"), says("Names"), says("Parent office"))
    for number in (0, 1):
        page.locator(f"[name=names-{number}-name]").fill(day.office)
    page.get_by_role("combobox", name=says("Type")).select_option("country")
    page.get_by_role("combobox", name=says("Country")).select_option("HT")
    save(page, says("Save"))
    expect(shown(day)).to_contain_text(day.office)


def shown(day: Administrator) -> Any:
    day.reader.goto(COUNTRY[day.language])
    return day.reader.locator("body")


def close_office(day: Administrator, says: Section) -> None:
    page = day.page
    page.goto(f"/admin/snippets/contacts/office/?q={day.office}")
    page.locator("main td.title a").first.click()
    see(page.locator("main"), says("Parent office"), says("Staff"))
    expect(page.get_by_label(says("Time zone"))).not_to_have_value("")
    page.get_by_role("combobox", name=says("Country")).select_option("")
    for name in ("Email address", "Telephone"):
        page.get_by_label(says(name)).fill("")
    save(page, says("Save"))
    expect(shown(day)).not_to_contain_text(day.office)


def banner(day: Administrator, says: Section) -> None:
    page = choose(day, day.settings, says("Groups"))
    press(page.locator("main"), exactly(day, "Press officers"))
    see(page, says("Object permissions"), says("Change"))
    page.locator("tr").filter(has=page.get_by_role("heading", name=says("Banner"))).get_by_role("checkbox").check()
    save(page, says("Save"))


def search(day: Administrator, says: Section) -> None:
    choose(day, says("Reports"), says("Search terms"))
    page = choose(day, says("Settings"), says("Promoted search results"))
    press(page, says("Add new promoted result"))
    page.locator("[name=query_string]").fill(day.sought)
    press(page.locator("main"), says("Add a recommended result"))
    chosen = day.site.text("press contacts", day.language)
    page.locator("[name$='-0-page']").evaluate(f"field => field.value = {chosen.pk}")
    save(page, says("Create"))
    day.reader.goto(f"{SEARCH[day.language]}?q={day.sought}")
    expect(day.reader.locator(".search-picks")).to_contain_text(chosen.title)


def delete(day: Administrator, says: Section) -> None:
    day.site.shell(DELETE.format(title=day.draft, parent=day.site.text("news", day.language).pk))
    page = choose(day, says("Reports"), says("Deleted pages"))
    see(page.get_by_role("navigation"), says("Pictures"), says("Documents"))
    page.locator("main tr").filter(has_text=day.draft).get_by_text(says("Delete for good")).click()
    page.locator("main form [type=submit]").first.click()
    choose(day, says("Reports"), says("Deleted pages"))
    expect(page.locator("main")).not_to_contain_text(day.draft)


def personal_data(day: Administrator, says: Section) -> None:
    see(choose(day).get_by_role("navigation"), says("Contacts"))


STEPS: dict[str, Step] = {
    "Guide for administrators": lambda day, says: open_guide(day.page, "administrators", says),
    "Inviting a person": invite,
    "Groups": groups,
    "Limiting a person to one office": limit,
    "When a person leaves": leave,
    "A lost second factor": lost_factor,
    "Site contacts": site_contacts,
    "Review rules": review_rules,
    "Translation rules": translation_rules,
    "Opening an office": open_office,
    "Closing or merging an office": close_office,
    "Who shows the banner": banner,
    "What the search shows": search,
    "Deleting for good": delete,
    "Personal data": personal_data,
}
