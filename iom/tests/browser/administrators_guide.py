"""Steps of the guide for administrators, by the headings of the English guide."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from iom.tests.addresses import COUNTRY, SEARCH
from iom.tests.browser.conftest import translated
from iom.tests.browser.desk_users import OTHER_LANGUAGE
from iom.tests.browser.guide_runner import Section, Step, open_guide, press, see
from iom.tests.browser.officers_site import DELETE
from iom.tests.serving import PASSWORD

PERSON = "guided.{}@example.org"
OFFICE, DRAFT, SEARCH_TERM = "Office of the guide ({})", "A draft that the guide deletes ({})", "xyzzy{}"
FACTOR = """
from allauth.mfa.models import Authenticator
from iom.users.models import User
Authenticator.objects.create(user=User.objects.get(email={email!r}), type="totp", data={{"secret": ""}})
"""
# Removes what would affect other tests
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
Query.objects.filter(query_string={search_term!r}).delete()
group = Group.objects.get(name="Communications officers")
group.permissions.remove(*group.permissions.filter(codename="change_banner"))
"""


class Administrator:
    """The windows of the administrator who follows the guide and of a reader."""

    def __init__(self, site, visit, language: str) -> None:
        self.site, self.language, self.other = site, language, OTHER_LANGUAGE[language]
        self.page: Page = sign_in(visit(language))
        self.reader: Page = visit(language)
        self.person, self.search_term = PERSON.format(language), SEARCH_TERM.format(language)
        self.office, self.draft = OFFICE.format(language), DRAFT.format(language)
        self.settings = re.compile(rf"^\s*{translated('Settings', language)}\s*$")  # for sections that do not name it

    def undo(self) -> None:
        self.site.shell(UNDO.format(email=self.person, office=self.office, search_term=self.search_term))


def sign_in(page: Page) -> Page:
    """Signs in with a separate session: confirming the password changes its cookie, which other tests share."""
    page.goto("/admin/login/")
    page.locator("input[name=login]").fill("admin@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator(".password-form button[type=submit]").click()
    page.wait_for_url("**/admin/")
    return page


def open_menu_entry(session: Administrator, *words: re.Pattern[str]) -> Page:
    """Opens an entry of the menu, from the dashboard."""
    session.page.goto("/admin/")
    for one in words:
        press(session.page.get_by_role("navigation"), one)
    return session.page


def confirm_password(page: Page) -> None:
    """Enters the password if the site asks for it again."""
    page.wait_for_load_state()
    if "/-/account/confirm/" in page.url:
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main [type=submit], form [type=submit]").first.click()
        page.wait_for_url("**/admin/**")


def save(page: Page, label: re.Pattern[str]) -> None:
    press(page.locator("main"), label)
    expect(page.locator(".messages .success").first).to_be_visible()


def open_security(session: Administrator, label: Section) -> Page:
    page = session.page
    page.goto(f"/admin/users/?q={session.person}")
    page.locator("main tr").filter(has_text=session.person).locator("[data-w-dropdown-target=toggle]").first.click()
    press(page.locator(".tippy-content"), label("Account security"))
    confirm_password(page)
    return page


def invite(session: Administrator, label: Section) -> None:
    page = open_menu_entry(session, label("Settings"), label("Users"))
    press(page, label("Add a user"))
    confirm_password(page)
    for field, value in (("Email", session.person), ("First Name", "Ada"), ("Last Name", "Guide")):
        page.get_by_role("textbox", name=label(field)).fill(value)
    press(page, label("Roles"))
    page.get_by_role("checkbox", name=translated("Press officers", session.language, "group")).check()
    save(page, label("Create"))
    save(open_security(session, label), label("Send a link to choose a password"))


def groups(session: Administrator, label: Section) -> None:
    page = open_menu_entry(session, label("Settings"), label("Groups"))
    press(page.locator("main"), group_name(session, "Press officers"))
    see(page, label("Object permissions"))


def group_name(session: Administrator, group: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(translated(group, session.language, 'group'))}\s*$")


def limit_to_office(session: Administrator, label: Section) -> None:
    page = open_menu_entry(session, label("Contacts"), label("Offices"))
    page.locator("main td.title a").first.click()
    see(page, label("Staff"))
    page.locator("#id_staff-ADD").click()
    page.locator("[name=staff-0-user]").select_option(label=session.person)
    save(page, label("Save"))


def deactivate(session: Administrator, label: Section) -> None:
    page = open_menu_entry(session, session.settings, label("Users"))
    page.goto(f"/admin/users/?q={session.person}")
    page.locator("main td.name a").first.click()
    confirm_password(page)
    page.get_by_role("checkbox", name=label("Active")).uncheck()
    save(page, label("Save"))
    open_menu_entry(session, label("Reports"), label("Locked pages"))
    page.goto("/admin/snippets/contacts/presscontact/")
    page.locator("main td.title a").first.click()
    see(page, label("In post until"))


def lost_factor(session: Administrator, label: Section) -> None:
    session.site.shell(FACTOR.format(email=session.person))
    open_menu_entry(session, session.settings, label("Users"))
    page = open_security(session, label)
    see(page, label("End all sessions"))
    save(page, label("Remove the second factors"))


def site_contacts(session: Administrator, label: Section) -> None:
    page = open_menu_entry(session, label("Settings"), label("Site contacts"))
    see(page.locator("main"), label("Press office"), label("Accounts on social networks"))


def review_rules(session: Administrator, label: Section) -> None:
    page = open_menu_entry(session, label("Settings"), label("Review rules"))
    page.locator("a[href$='/review-rules/new/']").first.click()
    see(page.locator("main"), label("Office"))
    page.get_by_role("combobox", name=label("Type")).select_option("speech")
    save(page, label("Create"))


def translation_rules(session: Administrator, label: Section) -> None:
    page = open_menu_entry(session, label("Settings"), label("Translation rules"))
    page.locator("main td.title a").first.click()
    page.get_by_role(
        "checkbox", name=label(next(one for one in label.words if one.startswith("Translations are")))
    ).check()
    save(page, label("Save"))


def open_office(session: Administrator, label: Section) -> None:
    page = open_menu_entry(session, label("Contacts"))
    see(page.get_by_role("navigation"), label("Media contacts"))
    press(page.get_by_role("navigation"), label("Offices"))
    page.locator("a[href$='/office/add/']").first.click()
    see(page.locator("main"), label("Names"), label("Parent office"))
    for number in (0, 1):
        page.locator(f"[name=names-{number}-name]").fill(session.office)
    page.get_by_role("combobox", name=label("Type")).select_option("country")
    page.get_by_role("combobox", name=label("Country")).select_option("HT")
    save(page, label("Save"))
    expect(country_page(session)).to_contain_text(session.office)


def country_page(session: Administrator) -> Any:
    session.reader.goto(COUNTRY[session.language])
    return session.reader.locator("body")


def close_office(session: Administrator, label: Section) -> None:
    page = session.page
    page.goto(f"/admin/snippets/contacts/office/?q={session.office}")
    page.locator("main td.title a").first.click()
    see(page.locator("main"), label("Parent office"), label("Staff"))
    expect(page.get_by_label(label("Time zone"))).not_to_have_value("")
    page.get_by_role("combobox", name=label("Country")).select_option("")
    for name in ("Email address", "Telephone"):
        page.get_by_label(label(name)).fill("")
    save(page, label("Save"))
    expect(country_page(session)).not_to_contain_text(session.office)


def banner(session: Administrator, label: Section) -> None:
    page = open_menu_entry(session, session.settings, label("Groups"))
    press(page.locator("main"), group_name(session, "Press officers"))
    see(page, label("Object permissions"), label("Change"))
    page.locator("tr").filter(has=page.get_by_role("heading", name=label("Banner"))).get_by_role("checkbox").check()
    save(page, label("Save"))


def search(session: Administrator, label: Section) -> None:
    open_menu_entry(session, label("Reports"), label("Search terms"))
    page = open_menu_entry(session, label("Settings"), label("Promoted search results"))
    press(page, label("Add new promoted result"))
    page.locator("[name=query_string]").fill(session.search_term)
    press(page.locator("main"), label("Add a recommended result"))
    chosen = session.site.text("press contacts", session.language)
    page.locator("[name$='-0-page']").evaluate(f"field => field.value = {chosen.pk}")
    save(page, label("Create"))
    session.reader.goto(f"{SEARCH[session.language]}?q={session.search_term}")
    expect(session.reader.locator(".search-picks")).to_contain_text(chosen.title)


def delete_for_good(session: Administrator, label: Section) -> None:
    session.site.shell(DELETE.format(title=session.draft, parent=session.site.text("news", session.language).pk))
    page = open_menu_entry(session, label("Reports"), label("Deleted pages"))
    see(page.get_by_role("navigation"), label("Pictures"), label("Documents"))
    page.locator("main tr").filter(has_text=session.draft).get_by_text(label("Delete for good")).click()
    page.locator("main form [type=submit]").first.click()
    open_menu_entry(session, label("Reports"), label("Deleted pages"))
    expect(page.locator("main")).not_to_contain_text(session.draft)


def personal_data(session: Administrator, label: Section) -> None:
    see(open_menu_entry(session).get_by_role("navigation"), label("Contacts"))


STEPS: dict[str, Step] = {
    "Guide for administrators": lambda session, label: open_guide(session.page, "administrators", label),
    "Inviting a person": invite,
    "Groups": groups,
    "Limiting a person to one office": limit_to_office,
    "When a person leaves": deactivate,
    "A lost second factor": lost_factor,
    "Site contacts": site_contacts,
    "Review rules": review_rules,
    "Translation rules": translation_rules,
    "Opening an office": open_office,
    "Closing or merging an office": close_office,
    "Who shows the banner": banner,
    "What the search shows": search,
    "Deleting for good": delete_for_good,
    "Personal data": personal_data,
}
