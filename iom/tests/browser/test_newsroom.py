"""The newsroom's screens of officers, as they use them: the list, the calendar, and the reads of what visitors open."""

import time

import pytest
from playwright.sync_api import expect

from iom.tests.browser.conftest import PHONE, word
from iom.tests.browser.looking import look, report
from iom.tests.browser.test_desk_accessibility import found_in

pytestmark = pytest.mark.browser

OLD = "market-hall-business-school"  # of October 2023
SCREENS = {
    "month": "/admin/news/calendar/",
    "week": "/admin/news/calendar/?view=week",
    "list": "/admin/news/calendar/?view=list&day=2023-10-12",
    "month of 2023": "/admin/news/calendar/?day=2023-10-12",
    "articles": "/admin/news/",
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_article_of_years_ago_is_opened_in_three_steps(site, signed_in, language):
    page, article = signed_in("officer", language), site.text(OLD, "fr")
    page.goto("/admin/")
    steps = 0

    def step(action) -> None:
        nonlocal steps
        action()
        steps += 1

    step(page.get_by_role("navigation").get_by_role("link", name=word("Newsroom", language)).click)
    search = page.get_by_role("searchbox").or_(page.locator("main input[name=q], header input[name=q]")).first
    step(lambda: search.fill("projecteur chambre de commerce"))  # words of its text
    step(page.locator("main table.listing").get_by_role("link", name=article.title).first.click)
    page.wait_for_url(f"**{article.edit}*")
    assert steps <= 3


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_calendar_is_walked_with_the_keyboard_and_filtered(site, signed_in, language):
    page, article = signed_in("officer", language), site.text(OLD, "fr")
    page.goto("/admin/news/calendar/?day=2023-11-12")
    page.locator(".calendar-bar a[rel=prev]").focus()
    page.keyboard.press("Enter")
    entry = page.locator(".calendar-entry").filter(has_text=article.title)
    expect(entry).to_be_visible()
    page.locator("select[name=kind]").select_option("speech")
    page.get_by_role("button", name=word("Filter", language)).click()
    expect(entry).to_have_count(0)
    page.locator("select[name=kind]").select_option("")
    page.get_by_role("button", name=word("Filter", language)).click()
    entry.get_by_role("link", name=article.title).click()
    page.wait_for_url(f"**{article.edit}*")


def test_no_screen_breaks_a_rule_and_none_runs_off_a_phone(site, signed_in):
    page = signed_in("officer", "fr", reduced_motion="reduce")
    phone = signed_in("officer", "fr", reduced_motion="reduce", viewport=PHONE | {"width": 360})
    found, wide = {}, {}
    for name, address in SCREENS.items():
        page.goto(address)
        found[name] = found_in(page)
        phone.goto(address)
        wide[name] = look(phone, "sideways")
    assert not report(found), report(found)
    assert not report(wide), report(wide)


def test_on_a_phone_the_month_is_a_list_of_the_days_with_something(signed_in):
    page = signed_in("officer", "fr", viewport=PHONE)
    page.goto(SCREENS["month of 2023"])
    days = page.locator(".calendar__day").filter(visible=True)
    expect(days).to_have_count(page.locator(".calendar__day:has(.calendar-entry)").count())
    expect(days.filter(has_text="jeudi 12 octobre")).to_be_visible()


def test_what_visitors_open_is_counted_and_shown_to_officers(site, visit, signed_in):
    """A process writes once a minute."""
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
    article = site.text(OLD, "fr")
    visitor = visit("fr", user_agent=agent)
    for _again in range(3):
        visitor.goto(article.url)
    assert not visitor.context.cookies()
    page = signed_in("officer")
    end = time.monotonic() + 150
    while time.monotonic() < end:
        page.goto(f"/admin/news/{article.pk}/reads/")
        if page.locator(".reads-table tbody tr").count() > 1:
            break
        time.sleep(5)
    expect(page.locator(".reads-table tbody tr").first.locator("td").last).to_have_text("3")
