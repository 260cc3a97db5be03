"""A journalist with a phone: latest article of a country, its text, a picture with its rights, a contact."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from iom.tests.browser.conftest import PHONE, translated

pytestmark = pytest.mark.browser

MAX_TAPS = 10
COUNTRIES = {"fr": "Canada", "en": "Canada"}


@pytest.mark.parametrize("language", COUNTRIES)
def test_journalist_reaches_text_picture_and_contact_in_ten_taps(site, visit, language):
    page = visit(
        language, viewport=PHONE, has_touch=True, is_mobile=True, permissions=["clipboard-read", "clipboard-write"]
    )
    taps = []

    def tap(locator):
        taps.append(str(locator))
        locator.tap()

    page.goto(f"/{language}/")
    tap(page.locator(".menu-button"))
    tap(page.locator(f'#menu a[href="{site.text("map", language).url}"]').first)
    tap(page.locator(".map-regions").get_by_role("link", name=COUNTRIES[language], exact=True))
    tap(page.locator("#latest-news ~ .rows .row-title a").first)

    tap(page.locator("a[data-copy-text]"))
    expect(page.locator(".press-bar [role=status]")).to_have_text(translated("Text copied", language))
    copied = " ".join(page.evaluate("navigator.clipboard.readText()").split())
    quoted = page.locator(".quote-text").all_text_contents()
    assert quoted
    for words in quoted:
        assert " ".join(words.split()).strip("«»“” ") in copied

    figure = page.locator(".article-picture")
    expect(figure.locator(".figcaption-rights")).to_be_visible()
    with page.expect_download() as download:
        tap(figure.locator(".figcaption-file"))
    credit = figure.locator(".figcaption-credit").inner_text().rsplit("/")[-1]
    assert credit.encode() in Path(download.value.path()).read_bytes(), "the file contains the credit"

    tap(page.locator('.press-bar a[href="#media-contact"]'))
    contact = page.locator("#media-contact .contact-way").first
    expect(contact).to_be_in_viewport()
    assert contact.get_attribute("href").startswith(("tel:", "mailto:"))
    assert len(taps) <= MAX_TAPS, taps
