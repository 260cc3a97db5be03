"""Parts of the article form that this project adds: search fields, buttons, schedule dialog."""

import pytest
from playwright.sync_api import expect

from iom.tests.browser.conftest import DESKTOP, translated
from iom.tests.browser.page_checks import report
from iom.tests.browser.test_desk_accessibility import axe_violations_in
from iom.tests.browser.test_editor import new_article

pytestmark = pytest.mark.browser

SMALL = {"width": 360, "height": 740}
OWN_PARTS = "[data-contentpath=countries], [data-contentpath=topics], [data-contentpath=contacts], .action-buttons"


@pytest.mark.parametrize(("language", "viewport"), [("fr", SMALL), ("en", DESKTOP)])
def test_article_form_passes_axe_and_fits_a_phone(site, signed_in, language, viewport):
    page = signed_in("officer", language, viewport=viewport, reduced_motion="reduce")
    new_article(page, site, language)
    page.locator("#id_countries-search").click()
    page.keyboard.type("mal")
    expect(page.get_by_role("option", name="Mali", exact=True)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("ma")
    found = {part: axe_violations_in(page, part) for part in OWN_PARTS.split(", ")}
    page.keyboard.press("Escape")
    page.locator("footer").get_by_role("button", name=translated("Publish at…", language)).click()
    page.locator("[name=go_live_at]").fill("2031-10-26T02:30")
    expect(page.locator("[name=go_live_at_offset]")).to_have_count(2)
    found["dialog"] = axe_violations_in(page, "#publish-at-dialog")
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert not report(found), report(found)


def test_country_is_searched_added_and_removed_by_keyboard(site, signed_in):
    page = signed_in("officer")
    new_article(page, site)
    search, chosen = page.locator("#id_countries-search"), page.locator("#id_countries + .rows .rows__chosen li")
    search.focus()
    page.keyboard.type("cote d")  # without accents
    page.keyboard.press("Enter")
    page.keyboard.type("senegal")
    page.keyboard.press("Enter")
    expect(chosen).to_have_text(["Côte d’Ivoire×", "Sénégal×"])
    assert page.locator("#id_countries").evaluate("one => [...one.selectedOptions].map(o => o.value)") == ["CI", "SN"]
    page.keyboard.press("Backspace")
    expect(chosen).to_have_count(1)
    page.keyboard.type("xyz")
    expect(page.get_by_role("status").filter(has_text=translated("No results"))).to_be_attached()
    nothing = {"nothing found": axe_violations_in(page, "[data-contentpath=countries]")}
    assert not report(nothing), report(nothing)
    page.keyboard.press("Enter")  # does not submit the form
    expect(search).to_be_focused()


def test_side_panel_covers_no_button_of_the_form(site, signed_in):
    page = signed_in("officer")
    page.goto(site.text("corrected article", "fr").edit)
    page.locator("[data-side-panel-toggle=checks]").click()
    expect(page.locator(".form-side--open")).to_be_visible()
    edge = page.locator(".form-side").bounding_box()["x"]
    buttons = page.locator("footer button:visible")
    boxes = [button.bounding_box() for button in buttons.all()]
    assert len(boxes) > 3  # two ways to publish, schedule, more actions
    assert max(box["x"] + box["width"] for box in boxes) <= edge


# Lines of the message that the menu button covers. A line is as wide as its text.
COVERED_LINES = """() => {
  const button = document.querySelector(".sidebar-nav-toggle").getBoundingClientRect();
  const text = document.createRange();
  text.selectNodeContents(document.querySelector(".messages li"));
  return [...text.getClientRects()].filter((line) => line.width && line.left < button.right && line.right > button.left
    && line.top < button.bottom && line.bottom > button.top).length;
}"""


def test_menu_button_covers_no_line_of_a_message_on_a_phone(site, signed_in):
    page = signed_in("officer", viewport=SMALL)
    page.goto(site.text("photo-consent-rules", "fr").edit)
    expect(page.locator(".messages li")).to_be_visible()
    assert page.evaluate(COVERED_LINES) == 0
