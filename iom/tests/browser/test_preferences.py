"""Preferences of the reader: forced colours, reduced motion, print; and no information by colour alone."""

import pytest
from playwright.sync_api import Page, expect

from iom.tests.addresses import NEWS, PRESS, SEARCH
from iom.tests.browser.conftest import PHONE, translated
from iom.tests.browser.page_checks import VIEWPORTS, addresses, report, run_check

pytestmark = pytest.mark.browser

CURRENT = ".is-current > .menu-link, .is-current > .menu-details > .menu-summary"
OTHER = "li:not(.is-current) > .menu-link, li:not(.is-current) > .menu-details > .menu-summary"


def open_menu(page: Page) -> None:
    button = page.get_by_role("button", name=translated("Menu"), exact=True)
    if button.is_visible():
        button.click()


@pytest.mark.parametrize("forced", ["none", "active"])
@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_where_the_reader_is_shows_by_more_than_colour(site, visit, viewport, forced):
    page = visit("fr", viewport=VIEWPORTS[viewport], forced_colors=forced)
    for name in ("index", "director-general"):
        page.goto(site.text(name, "fr").url)
        open_menu(page)
        assert run_check(page, "nonColourMarks", CURRENT) != run_check(page, "nonColourMarks", OTHER)
    page.locator("#menu .is-current summary").click()
    assert run_check(page, "nonColourMarks", "#menu a[aria-current=page]") != run_check(
        page, "nonColourMarks", ".menu-pages a:not([aria-current])"
    )


def test_buttons_and_fields_keep_a_border_where_colours_are_forced(site, visit):
    page = visit("fr", viewport=PHONE, forced_colors="active")
    found = {}
    for name, address in addresses(site, "fr"):
        page.goto(address)
        found[name] = run_check(page, "faintBorders")
    open_menu(page)
    found["menu"] = run_check(page, "faintBorders")
    assert not report(found), report(found)


def test_selected_suggestion_has_an_outline_with_forced_colours(visit):
    page = visit("fr", forced_colors="active")
    page.goto("/fr/")
    box = page.locator("header input[name=q]")
    box.press_sequentially("can")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("ArrowDown")
    lines = page.get_by_role("option").evaluate_all("found => found.map((one) => getComputedStyle(one).outlineStyle)")
    assert lines == ["solid"] + ["none"] * (len(lines) - 1)


def test_search_filters_and_pagination_are_not_printed(visit):
    page = visit("fr")
    page.emulate_media(media="print")
    for address in (f"{NEWS['fr']}?kind=story", f"{SEARCH['fr']}?q=migration&kind=story"):
        page.goto(address)
        expect(page.locator(".rows").first).to_be_visible()
        expect(page.locator(".chip")).to_be_visible()  # the active filter
        for part in (".search-form", ".filters-box", ".chips-clear", ".feeds", ".pagination"):
            expect(page.locator(f"{part}:visible")).to_have_count(0)
    page.goto(PRESS["fr"])
    expect(page.locator(".contact-card").first).to_be_visible()
    for part in (".filters", ".press-contacts nav"):
        expect(page.locator(f"{part}:visible")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_map_legend_keeps_its_colours_with_forced_colours(site, visit, scheme):
    page = visit("fr", forced_colors="active", color_scheme=scheme)
    page.goto(site.text("map", "fr").url)
    expect(page.locator(".map-key")).to_have_count(4)
    keys = run_check(page, "legend")
    assert len({ground for ground, _width, _line in keys}) == len(keys)
    assert all(width >= 1 and line not in ("transparent", "rgba(0, 0, 0, 0)") for _ground, width, line in keys)


def test_nothing_moves_for_those_who_ask_for_less_motion(site, visit):
    page = visit("fr", reduced_motion="reduce")
    for _name, address in addresses(site, "fr"):
        page.goto(address)
        assert run_check(page, "animated") == [], address
    page.emulate_media(reduced_motion="no-preference")
    assert run_check(page, "animated"), "the arrows of the menu rotate"
