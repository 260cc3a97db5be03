"""Wagtail's lists, the schedule dialog, form buttons and titles on a phone."""

import pytest
from playwright.sync_api import expect

from iom.tests.browser.conftest import DESKTOP

pytestmark = pytest.mark.browser

NARROW = {"width": 400, "height": 844}
LANDSCAPE = {"width": 844, "height": 390}
WIDTHS = """() => [...document.querySelectorAll("table.listing tbody .title")].map((cell) => cell.offsetWidth)"""
TABLE = """() => document.querySelector("table.listing").getBoundingClientRect().width"""
READABLE = 130  # pixels, two words of a title


@pytest.mark.parametrize("width", [320, 400])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_explorer_and_its_titles_fit_a_phone(site, signed_in, language, width):
    page = signed_in("admin", language, viewport=NARROW | {"width": width})
    newsroom = site.text("index", language).edit.removesuffix("edit/")
    for address in ("/admin/pages/", newsroom, "/admin/pages/search/?q=migration"):
        page.goto(address)
        assert page.evaluate(TABLE) <= width, address
        assert min(page.evaluate(WIDTHS)) >= width * 0.7, address


def test_other_lists_have_readable_titles_and_scroll_to_the_last_column(signed_in):
    page = signed_in("admin", viewport=NARROW)
    for address in ("/admin/snippets/contacts/office/", "/admin/topics/", "/admin/users/", "/admin/documents/"):
        page.goto(address)
        assert min(page.evaluate(WIDTHS)) >= READABLE, address
        last = page.locator("table.listing thead th").last
        last.scroll_into_view_if_needed()
        expect(last).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], address


@pytest.mark.parametrize("width", [320, 400])
def test_pictures_can_be_searched_on_a_phone(signed_in, width):
    page = signed_in("officer", viewport=NARROW | {"width": width})
    page.goto("/admin/images/")
    assert page.locator(".w-slim-header__search-form [name=q]").bounding_box()["width"] >= 250


@pytest.mark.parametrize("viewport", [DESKTOP, NARROW])
def test_calendar_does_not_cover_the_save_button_of_the_schedule(site, signed_in, viewport):
    page = signed_in("officer", viewport=viewport)
    page.goto(site.text("corrected article", "fr").edit)
    page.locator("[data-side-panel-toggle=status]").click()
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    expiry = page.locator("[name=expire_at]")
    expiry.click()
    page.wait_for_timeout(500)  # Wagtail's calendar would open now and cover the elements around the field
    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(0)

    button = page.locator("#schedule-publishing-dialog button.action-save")
    box = button.bounding_box()
    hit = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).closest('button, .xdsoft_datetimepicker').className",
        [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
    )
    assert "action-save" in hit
    expect(expiry).to_have_value("")


@pytest.mark.parametrize("viewport", [NARROW, LANDSCAPE])
def test_buttons_of_a_form_cover_none_of_its_fields(site, signed_in, viewport):
    page = signed_in("officer", viewport=viewport)
    page.goto(site.text("corrected article", "fr").edit)
    expect(page.locator(".text-checks-count")).to_be_visible()
    assert page.locator("footer").bounding_box()["y"] > viewport["height"]
    page.locator("footer [name=action-publish]").last.scroll_into_view_if_needed()
    expect(page.locator("footer [name=action-publish]").last).to_be_in_viewport()


TITLE = """() => {
  const title = document.querySelector(".w-breadcrumbs li:last-child a");
  const box = title.getBoundingClientRect();
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return [Math.round(box.width), title.contains(hit), getComputedStyle(title).textOverflow];
}"""


@pytest.mark.parametrize("address", ["/admin/searchpicks/", "/admin/news/import/", "/admin/snippets/contacts/office/"])
def test_title_of_a_screen_is_visible_beside_its_buttons_and_has_an_ellipsis(signed_in, address):
    page = signed_in("editor", viewport=NARROW | {"width": 360})
    page.goto(address)
    width, is_uncovered, overflow = page.evaluate(TITLE)
    assert width >= 100, address
    assert is_uncovered, address
    assert overflow == "ellipsis"


def test_link_in_a_message_has_the_colour_of_its_text_in_both_schemes(site, signed_in):
    page = signed_in("officer")
    page.goto(site.text("corrected article", "fr").edit)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        colours = page.evaluate(
            """() => {
              const item = document.querySelector(".messages").appendChild(document.createElement("p"));
              item.innerHTML = '<a href="#one">one</a>';
              const colours = [item, item.firstChild].map((one) => getComputedStyle(one).color);
              item.remove();
              return colours;
            }"""
        )
        assert colours[0] == colours[1], scheme
