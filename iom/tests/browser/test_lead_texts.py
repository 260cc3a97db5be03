"""Texts about countries and topics: a translator writes one, and readers see it on each screen size."""

import pytest
from playwright.sync_api import expect

from iom.tests.addresses import COUNTRY, NEWS
from iom.tests.browser.page_checks import LANGUAGE_AND_VIEWPORT, VIEWPORTS, layout_errors, report
from iom.tests.browser.test_accessibility import axe_violations

pytestmark = pytest.mark.browser

ADDRESSES = {
    "country": COUNTRY,
    "topic": {"fr": f"{NEWS['fr']}?topic=sante-et-migration", "en": f"{NEWS['en']}?topic=migration-health"},
}


def test_translator_writes_the_text_and_sees_that_of_the_other_language(site, signed_in, visit):
    page, words = signed_in("translator.en", "en"), "In Chad, a text by a translator."
    page.goto("/admin/")
    page.locator("#lead-texts-section").get_by_role("link", name="Chad").click()
    french, english = (page.locator(f"section[id^=inline_child_names-]:has([value={code}])") for code in ("fr", "en"))
    expect(french).to_contain_text("Au Tchad")
    assert french.locator("[contenteditable=true]").count() == 0
    english.locator("[contenteditable=true]").click()
    page.keyboard.type(words)
    page.wait_for_timeout(1000)  # the rich-text editor fills the form field after a delay
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messages .success")).to_be_visible()
    reader = visit("en")
    reader.goto("/en/where-we-work/chad/")
    expect(reader.locator(".lead-text")).to_contain_text(words)
    page.goto("/admin/")
    expect(page.locator("#lead-texts-section")).to_have_count(0)


@pytest.mark.parametrize(("language", "viewport"), LANGUAGE_AND_VIEWPORT)
def test_text_passes_axe_and_layout_checks(site, visit, language, viewport):
    page, found = visit(language, viewport=VIEWPORTS[viewport]), {}
    for name, address in ADDRESSES.items():
        page.goto(address[language])
        expect(page.locator(".lead-text img")).to_be_visible()
        found[name] = axe_violations(page) + layout_errors(page)
    assert not report(found), report(found)
