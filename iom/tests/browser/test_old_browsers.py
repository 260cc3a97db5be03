"""A browser of the end of 2019 shows one readable column, a working menu and no overlap."""

from collections.abc import Callable
from functools import lru_cache

import pytest
from playwright.sync_api import Page, Route, expect

from iom.tests.browser.conftest import DESKTOP
from iom.tests.browser.page_checks import addresses, expand_all, layout_errors, report, run_check
from iom.tests.old_browser import NO_GAPS, old_markup, old_style

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}
MAX_LINE = 70  # characters
rewritten = {"document": old_markup, "stylesheet": lru_cache(old_style)}


def serve_old_code(route: Route) -> None:
    rewrite = rewritten.get(route.request.resource_type)
    if rewrite is None:
        route.continue_()
    else:
        response = route.fetch()
        route.fulfill(response=response, body=rewrite(response.text()))


@pytest.fixture
def visit_of_2019(visit) -> Callable[..., Page]:
    """Opens a page as in such a browser. Scripts are off: their syntax (`?.`) is newer than the browser."""

    def open_window(language: str, viewport: dict[str, int]) -> Page:
        page = visit(language, viewport=viewport, java_script_enabled=False)
        page.route("**/*", serve_old_code)
        return page

    return open_window


def test_it_shows_one_column_of_short_lines_and_no_overlap(site, visit_of_2019):
    page = visit_of_2019("fr", NARROW)
    found = {}
    for name, address in addresses(site, "fr"):
        page.goto(address)
        page.evaluate(NO_GAPS)
        expand_all(page)
        found[name] = [*layout_errors(page), *run_check(page, "columns"), *run_check(page, "longLines", MAX_LINE)]
    assert not report(found), report(found)


def test_a_wide_screen_has_no_overlap_and_no_long_lines(site, visit_of_2019):
    page = visit_of_2019("fr", DESKTOP)
    found = {}
    for name, address in addresses(site, "fr"):
        page.goto(address)
        page.evaluate(NO_GAPS)
        found[name] = [*layout_errors(page), *run_check(page, "longLines", MAX_LINE)]
    assert not report(found), report(found)


@pytest.mark.parametrize("viewport", [NARROW, DESKTOP], ids=["narrow", "desktop"])
def test_menu_leads_to_every_section_and_page(site, visit_of_2019, viewport):
    page = visit_of_2019("fr", viewport)
    page.goto("/fr/")
    page.evaluate(NO_GAPS)
    expect(page.locator(".menu-button")).to_be_hidden()
    sections = page.locator("#menu details").all()
    assert sections
    for section in sections:
        section.locator("summary").click()
        links = section.locator("a").all()
        assert links
        for link in links:
            expect(link).to_be_visible()
        assert viewport == DESKTOP or not layout_errors(page)  # on a desktop the panel covers the page
        section.locator("summary").click()
    page.locator("#menu summary").first.click()
    target = page.locator("#menu details[open] a").last
    address = target.get_attribute("href")
    target.click()
    expect(page).to_have_url(site.url + address)
    expect(page.locator("h1")).to_be_visible()
