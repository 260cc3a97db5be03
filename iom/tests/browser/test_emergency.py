"""An emergency release in both languages on a phone: 360 pixels, 400 kbit/s, 400 ms latency."""

import re

import pytest
from playwright.sync_api import Page, expect

from iom.tests.browser.conftest import translated
from iom.tests.serving import PASSWORD
from tools.measuring.budgets import KB
from tools.measuring.visits import NetworkRecorder

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
# Throughput in bytes per second, latency in milliseconds
CONNECTION = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}
MAX_INTERACTIONS = 12
MAX_BYTES = 120 * KB  # all screens together
KEPT = "Object.keys(localStorage).filter((name) => name.startsWith('unsaved:emergency:')).length"
WORDS = {
    "fr": ("Pont fermé après la crue", "Les familles passent par la route du nord.", "Le pont est fermé.\n\nUn bac attend."),
    "en": ("Bridge closed after the flood", "Families use the northern road.", "The bridge is closed.\n\nA ferry waits."),
}  # fmt: skip


class InteractionCounter:
    """Counts interactions: taps and fields that are filled."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def tap(self, locator) -> None:
        self.count += 1
        locator.tap()

    def type(self, name: str, text: str) -> None:
        self.count += 1
        self.page.locator(f"[name={name}]").fill(text)


@pytest.fixture
def phone(visit) -> Page:
    page = visit("fr", **PHONE)
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", CONNECTION)
    return page


def sign_in(page: Page) -> None:
    page.goto("/admin/news/emergency/")
    page.locator("[name=login]").fill("officer@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator(".password-form button[type=submit]").tap()
    expect(page.locator("[name=title_fr]")).to_be_visible()
    page.wait_for_load_state("load")


def write(counter: InteractionCounter, languages=WORDS) -> None:
    for code in languages:
        for name, text in zip(("title", "summary", "text"), WORDS[code], strict=True):
            counter.type(f"{name}_{code}", text)


def test_emergency_release_is_live_in_both_languages_after_twelve_interactions(phone, visit):
    recorder = NetworkRecorder(phone)
    sign_in(phone)
    counter = InteractionCounter(phone)
    write(counter)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    counter.tap(phone.get_by_role("button", name=translated("Check")))
    expect(phone.locator(".emergency-text")).to_have_count(2)
    counter.tap(phone.get_by_role("button", name=translated("Publish all texts now")))
    phone.wait_for_url("**/admin/news/emergency/?done=*")
    recorder.settle(phone)
    assert counter.count <= MAX_INTERACTIONS
    assert sum(one.size for one in recorder.received) <= MAX_BYTES
    assert phone.evaluate(KEPT) == 0
    links = [link.get_attribute("href") for link in phone.locator("[data-published] a[lang]").all()]
    reader = visit("fr")
    for address, (title, _summary, _text) in zip(links, WORDS.values(), strict=True):
        reader.goto(address)
        expect(reader.locator("h1")).to_have_text(title)


def test_typed_text_survives_a_closed_page_and_an_ended_session(phone):
    sign_in(phone)
    write(InteractionCounter(phone), ["fr"])
    context = phone.context
    context.clear_cookies(name=re.compile("session"))
    phone.close()
    again = context.new_page()
    sign_in(again)
    title, summary, text = WORDS["fr"]
    expect(again.locator("[name=title_fr]")).to_have_value(title)
    expect(again.locator("[name=summary_fr]")).to_have_value(summary)
    expect(again.locator("[name=text_fr]")).to_have_value(text)
    write(InteractionCounter(again), ["en"])
    context.clear_cookies(name=re.compile("session"))
    again.get_by_role("button", name=translated("Save as drafts")).tap()  # redirects to the sign-in page
    expect(again.locator("[name=login]")).to_be_visible()
    sign_in(again)
    expect(again.locator("[name=text_en]")).to_have_value(WORDS["en"][2])
