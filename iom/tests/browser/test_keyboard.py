"""Keyboard: Tab reaches each interactive element of each page in reading order, and its focus is visible."""

import pytest
from playwright.sync_api import Page, expect

from iom.tests.addresses import NEWS
from iom.tests.browser.conftest import PHONE, translated
from iom.tests.browser.page_checks import VIEWPORTS, addresses, expand_all, report, run_check

pytestmark = pytest.mark.browser

SCHEMES = {"desktop": "light", "phone": "dark"}
SPARE = 12  # extra presses, because a video has several controls
OPEN_SECTION = "#menu details[open]"


def walk(page: Page, container: str = "body") -> list[str]:
    """Presses Tab through `container`, from the element before it or its first element. Returns the errors."""
    planned = run_check(page, "startWalk", container)
    current = run_check(page, "currentStop")
    found, last = [*planned["wrong"], *current["wrong"]], current["number"]
    for _ in range(planned["count"] + SPARE):
        if last == planned["count"] - 1:
            return found
        page.keyboard.press("Tab")
        current = run_check(page, "currentStop")
        if current["number"] != last:
            found += current["wrong"]
            if current["number"] != last + 1:
                return [*found, f"after stop {last} of {planned['count']} comes {current['at']}"]
        last = current["number"]
    return [*found, f"stuck at stop {last} of {planned['count']}"]


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_every_part_is_reached_in_order_seen_and_uncovered(site, visit, viewport):
    page = visit("fr", viewport=VIEWPORTS[viewport], color_scheme=SCHEMES[viewport])
    found = {}
    for name, address in addresses(site, "fr"):
        page.goto(address)
        expand_all(page)
        if name == "home":
            found["all of home"] = walk(page)
            page.keyboard.press("Shift+Tab")
            assert run_check(page, "currentStop")["number"] > 0, "Shift+Tab does not go back"
        page.get_by_role("main").focus()
        found[name] = walk(page, "main")
        page.keyboard.press("Tab")
        assert run_check(page, "currentStop")["number"] == -1, name
    assert not report(found), report(found)


def test_every_panel_of_the_menu_is_walked_and_closes_behind_the_focus(site, visit):
    page = visit("fr")
    page.goto(site.text("director-general", "fr").url)
    found = {}
    for section in page.locator("#menu summary").all():
        section.press("Enter")
        expect(page.locator(OPEN_SECTION)).to_have_count(1)
        found[section.inner_text()] = walk(page, f"{OPEN_SECTION} .menu-panel")
        page.keyboard.press("Tab")
        expect(page.locator(OPEN_SECTION)).to_have_count(0)
        found[f"after {section.inner_text()}"] = run_check(page, "coveredFocus")
    assert not report(found), report(found)


def test_the_menu_of_a_phone_is_walked_and_closes_behind_the_focus(visit):
    page = visit("fr", viewport=PHONE)
    page.goto("/fr/")
    button = page.get_by_role("button", name=translated("Menu"), exact=True)
    button.press("Enter")
    found = {"the menu": walk(page, "#menu")}
    for section in page.locator("#menu summary").all():
        section.press("Enter")
        expect(page.locator(OPEN_SECTION)).to_have_count(1)
        found[section.inner_text()] = [
            *walk(page, f"{OPEN_SECTION} .menu-panel"),
            *run_check(page, "lowRows", "#menu li a", 48),
        ]
    page.locator("#menu a:visible").last.focus()
    page.keyboard.press("Tab")
    expect(page.locator("#menu")).to_be_hidden()
    found["after the menu"] = run_check(page, "coveredFocus")
    button.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator("#menu")).to_be_hidden()
    expect(button).to_be_focused()
    assert not report(found), report(found)


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_the_filters_are_opened_walked_and_closed(visit, viewport):
    page = visit("fr", viewport=VIEWPORTS[viewport])
    page.goto(NEWS["fr"])
    page.get_by_role("main").focus()
    filters = page.locator(".filters-summary")
    if filters.is_visible():
        filters.press("Enter")
    found = {"filters": walk(page, ".filters-box")}
    for choice in page.locator("main details.choice").all():
        name = choice.locator("legend").text_content()
        summary = choice.locator("summary")
        summary.press("Enter")
        expect(choice).to_have_attribute("open", "")
        found[name] = walk(page, "details.choice[open] fieldset")
        page.keyboard.press("Tab")
        expect(choice).not_to_have_attribute("open", "")
        found[f"after {name}"] = run_check(page, "coveredFocus")
        summary.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Escape")
        expect(choice).not_to_have_attribute("open", "")
        expect(summary).to_be_focused()
        expect(choice.locator("input").first).to_be_checked()
    assert page.url.endswith(NEWS["fr"])  # no request before the button is pressed
    assert not report(found), report(found)


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_a_gallery_opens_leads_on_and_closes(site, visit, viewport):
    page = visit("fr", viewport=VIEWPORTS[viewport])
    page.goto(site.text("article with every block", "fr").url)
    links = page.locator(".gallery-open")
    dialog, picture = page.get_by_role("dialog"), page.locator("dialog img")
    links.first.press("Enter")
    expect(dialog).to_be_visible()
    expect(dialog).to_have_accessible_name(translated("Pictures", context="viewer"))
    expect(picture).to_have_attribute("alt", links.first.locator("img").get_attribute("alt"))
    assert walk(page, "dialog") == []
    for _ in range(2):  # to the buttons of the browser and back
        page.keyboard.press("Tab")
        expect(page.locator(":focus:not(body, dialog *)")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(picture).to_have_attribute("alt", links.nth(1).locator("img").get_attribute("alt"))
    expect(dialog.get_by_role("status")).to_contain_text(f"2 / {links.count()}")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(links.nth(1)).to_be_focused()
    assert not run_check(page, "coveredFocus")
