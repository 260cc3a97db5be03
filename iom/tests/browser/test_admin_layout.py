"""Layout of admin screens: visible titles, buttons in one row, messages beside their icons."""

import pytest
from playwright.sync_api import Page, expect

from iom.tests.browser.conftest import DESKTOP, PHONE, translated

pytestmark = pytest.mark.browser


def box(page: Page, selector: str) -> dict[str, float]:
    return page.locator(selector).first.bounding_box()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_list_title_is_visible_beside_search_and_ordering(signed_in, language):
    page = signed_in("officer", language, viewport=DESKTOP)
    page.goto("/admin/images/")
    whole = "title => title.scrollWidth <= title.clientWidth && title.clientWidth > 80"
    assert page.locator(".w-breadcrumbs li:last-child a").evaluate(whole)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_history_shows_the_title_of_its_page(site, signed_in, viewport):
    page = signed_in("officer", viewport=viewport)
    page.goto(site.text("article", "en").edit.replace("/edit/", "/history/"))
    name = page.locator(".w-breadcrumbs__sublabel:visible")
    seen, end, title = name.evaluate(
        """name => {
          const box = name.getBoundingClientRect();
          return [box.width, box.right, name.closest("li").getBoundingClientRect().right];
        }"""
    )
    assert seen > 60
    assert end <= title + 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_buttons_of_the_translation_editor_are_in_one_row(site, signed_in, language):
    page = signed_in("translator.en", language, viewport=DESKTOP)
    page.goto(site.text("bridging-classes", "en").edit)
    expect(page.locator("[data-obstacles]")).to_be_visible()
    expect(page.locator(".text-checks-count")).to_be_visible()
    buttons = [one.bounding_box() for one in page.locator(".translation-footer button:visible").all()]
    assert len(buttons) == 4
    middles = [one["y"] + one["height"] / 2 for one in buttons]
    assert max(middles) - min(middles) < 2
    assert box(page, ".translation-footer")["height"] < 100


def test_error_icon_is_beside_its_message_on_a_phone(site, signed_in):
    page = signed_in("officer", viewport=PHONE)
    page.goto(site.text("article", "fr").edit.replace("/admin/pages/", "/admin/corrections/").replace("edit/", ""))
    page.evaluate(
        """said => {
          const place = document.querySelector("[data-field-errors]");
          const icon = "<svg class='icon w-field__errors-icon'></svg>";
          place.innerHTML = `${icon}<p class="error-message">${said}</p>`;
        }""",
        translated("If it is empty, readers of this language are told that the original has been corrected."),
    )
    icon, words = box(page, ".w-field__errors-icon"), box(page, ".error-message")
    assert icon["x"] + icon["width"] <= words["x"]
    assert abs(icon["y"] - words["y"]) < icon["height"]


def test_emergency_release_has_wide_fields_on_a_desktop(signed_in):
    page = signed_in("officer", viewport=DESKTOP)
    page.goto("/admin/news/emergency/")
    assert box(page, ".emergency textarea")["width"] > 500


def test_link_of_the_expired_form_page_has_space_above(signed_in):
    page = signed_in("officer", viewport=DESKTOP)
    page.goto("/admin/news/import/")
    page.evaluate("document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((field) => field.remove())")
    page.locator("main form").first.evaluate("form => form.submit()")
    expect(page.get_by_role("heading", name=translated("This form can no longer be sent"))).to_be_visible()
    words, link = box(page, ".page-introduction"), box(page, ".more")
    assert link["y"] - words["y"] - words["height"] >= 30


def test_list_of_articles_fits_a_desktop(signed_in):
    page = signed_in("officer", viewport=DESKTOP)
    page.goto("/admin/news/?p=2")
    table = box(page, "table.newsroom-listing")
    assert table["x"] + table["width"] <= DESKTOP["width"]


def test_long_office_name_takes_few_lines(site, signed_in):
    page = signed_in("officer", viewport=DESKTOP)
    page.goto(site.text("public-letter-writers", "fr").edit)
    expect(page.locator(".w-field-row .chooser__title")).to_contain_text("Bureau régional")
    assert box(page, ".w-field-row .chooser__title")["height"] < 100
