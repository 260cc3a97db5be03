"""Wagtail's content checks beside the form and in the user bar work under the Content Security Policy."""

import re

import pytest
from playwright.sync_api import expect

from iom.tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser


def policy_violations(page):
    """Collects violations of the Content Security Policy from the console."""
    violations = []
    page.on("console", lambda message: violations.append(message.text) if "Content Security" in message.text else None)
    return violations


@pytest.mark.parametrize("language", ["fr", "en"])
def test_checks_panel_counts_words_and_finds_a_bad_alternative_text(site, signed_in, language):
    page = signed_in("editor", language)
    violations = policy_violations(page)
    original = {"fr": "canada-25000-syrian-refugees", "en": "bangladesh-flood-displacement-data"}[language]
    page.goto(site.text(original, language).edit + "#tab-picture")
    field = page.locator("[name=picture_alt]")
    page.locator("[name=picture_decorative]").evaluate("box => { box.checked = false }")
    field.evaluate(
        "(field) => { field.value = 'DSC_0001.jpg'; field.dispatchEvent(new Event('input', {bubbles: true})) }"
    )
    page.locator("[data-side-panel-toggle=checks]").click()

    expect(page.locator("[data-content-word-count]")).to_have_text(re.compile("[1-9][0-9]"))
    expect(page.locator("[data-content-reading-time]")).to_have_text(re.compile("[0-9]"))
    expect(page.locator("[data-checks-panel]")).to_contain_text(
        {
            "fr": "Le texte alternatif de l’image n’est pas une description",
            "en": "Image alt text has inappropriate pattern",
        }[language]
    )
    assert violations == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_user_bar_opens_and_its_check_runs(site, signed_in, viewport):
    page = signed_in("editor", "fr", viewport=viewport)
    violations = policy_violations(page)
    page.goto(site.text("article", "fr").url)

    page.locator("[data-wagtail-userbar-trigger]").click()
    expect(page.locator("#wagtail-userbar-items")).to_be_visible()
    expect(page.locator("#wagtail-userbar-items [data-content-checker-count]")).to_have_text("0")
    expect(page.locator("html")).to_have_js_property("scrollWidth", page.evaluate("innerWidth"))
    page.locator("#wagtail-userbar-items").get_by_text("Modifier cette page", exact=True).click()

    expect(page).to_have_url(re.compile(re.escape(site.text("article", "fr").edit)))
    assert violations == []
