"""The article list and the calendar, in which officers search for articles."""

import pytest
from playwright.sync_api import expect

from iom.tests.browser.conftest import PHONE, translated
from iom.tests.browser.input_counter import InputCounter
from iom.tests.browser.page_checks import report, run_check
from iom.tests.browser.test_desk_accessibility import axe_violations_in

pytestmark = pytest.mark.browser

OLD = "market-hall-business-school"  # of October 2023
MONTH = "/admin/news/calendar/?day=2023-10-12"
SCREENS = {
    "month": MONTH,
    "week": f"{MONTH}&view=week",
    "list": f"{MONTH}&view=list",
    "articles": "/admin/news/",
    "dashboard": "/admin/",
}
NARROW = PHONE | {"width": 360}


def is_open(page, article) -> bool:
    page.wait_for_url(f"**{article.edit}*")
    return True


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("viewport", [None, NARROW], ids=["desktop", "phone"])
def test_old_article_is_opened_by_two_clicks_and_a_search(site, signed_in, language, viewport):
    """Two clicks and a search for words of its text. A phone also needs a click to open the menu."""
    page, article = (
        signed_in("officer", language, **({"viewport": viewport} if viewport else {})),
        site.text(OLD, "fr"),
    )
    counter = InputCounter(page)
    page.goto("/admin/")
    if viewport:
        page.get_by_role("button", name=translated("Toggle sidebar", language)).click()
    before = counter.clicks
    counter.click(
        page.get_by_role("navigation").get_by_role("link", name=translated("Newsroom", language), exact=True)
    )
    page.wait_for_url("**/admin/news/")
    page.locator("main input[name=q], header input[name=q]").first.fill("projecteur chambre de commerce")
    counter.click(page.locator("main table.listing").get_by_role("link", name=article.title).first)
    assert is_open(page, article)
    assert counter.clicks - before == 2


def test_old_article_is_opened_by_keyboard(site, signed_in):
    page, article = signed_in("officer"), site.text(OLD, "fr")
    page.goto("/admin/news/")
    search = page.locator("main input[name=q], header input[name=q]").first
    search.focus()
    page.keyboard.type("projecteur chambre de commerce")
    found = page.locator("main table.listing tbody tr")
    expect(found).to_have_count(1)
    for _tab in range(25):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == article.title:
            break
    page.keyboard.press("Enter")
    assert is_open(page, article)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_calendar_is_used_by_keyboard_and_filtered(site, signed_in, language):
    page, article = signed_in("officer", language), site.text(OLD, "fr")
    page.goto("/admin/news/calendar/?day=2023-11-12")
    page.locator(".calendar-bar a[rel=prev]").focus()
    page.keyboard.press("Enter")
    entry = page.locator(".calendar-entry").filter(has_text=article.title)
    expect(entry).to_be_visible()
    for kind, number in (("speech", 0), ("", 1)):
        page.locator("select[name=kind]").select_option(kind)
        page.get_by_role("button", name=translated("Filter", language), exact=True).click()
        expect(entry).to_have_count(number)
    entry.get_by_role("link", name=article.title).click()
    assert is_open(page, article)


def test_screens_pass_axe_and_fit_a_phone(signed_in):
    page = signed_in("officer", "fr", reduced_motion="reduce")
    phone = signed_in("officer", "fr", reduced_motion="reduce", viewport=NARROW)
    found, wide = {}, {}
    for name, address in SCREENS.items():
        page.goto(address)
        found[name] = axe_violations_in(page)
        phone.goto(address)
        wide[name] = run_check(phone, "overflowing")
    assert not report(found), report(found)
    assert not report(wide), report(wide)


def test_month_on_a_phone_lists_only_days_with_entries(signed_in):
    page = signed_in("officer", "fr", viewport=NARROW)
    page.goto(MONTH)
    days = page.locator(".calendar__day").filter(visible=True)
    expect(days).to_have_count(page.locator(".calendar__day:has(.calendar-entry)").count())
    expect(days.filter(has_text="jeudi 12 octobre")).to_be_visible()
