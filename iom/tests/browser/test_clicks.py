"""The number of clicks from the dashboard to a published press release."""

import re

import pytest
from playwright.sync_api import expect

from iom.tests.browser.conftest import translated
from iom.tests.browser.input_counter import InputCounter
from iom.tests.browser.test_editor import BODY, CHOSEN, message, new_article, wait_for_autosave

pytestmark = pytest.mark.browser

MAX_CLICKS = 25  # 39 before the search fields for countries, topics and contacts and the single tab

TITLE = "Deux puits rouvrent près de la frontière"
SUMMARY = "Quatre mille personnes ont de nouveau de l’eau potable."
PARAGRAPHS = ("Les deux puits ont rouvert lundi.", "Ils étaient à sec depuis mai.", "Un troisième suivra.")
HEADING = "Une pompe solaire"
QUOTE, SPEAKER, ROLE = "Je marchais trois heures.", "Zenaba Mahamat", "habitante"
ALT, CAPTION = "Une femme remplit un seau.", "À la margelle, mardi."
COUNTRIES = ("Tchad", "Niger")


# A picture that a French article uses, and its last alternative text
LAST_USED = """
from wagtail.models import Locale

from iom.core.picture_descriptions import get_last_description
from iom.media.models import SiteImage

locale = Locale.objects.get(language_code="fr")
pictures = SiteImage.objects.order_by("-created_at")[:20]
found = ((picture.pk, get_last_description(picture, locale)) for picture in pictures)
print(*next((pk, description.alt) for pk, description in found if description))
"""


class Release:
    """Writes the press release, with counted input."""

    def __init__(self, page) -> None:
        self.page = page
        self.input = InputCounter(page)

    def add_block(self, name: str) -> None:
        """Adds a block below the current paragraph. The block gets the focus."""
        count = self.page.locator(BODY).locator("[name^=body-][name$=-type]").count()
        self.input.press("Enter")
        self.input.type(f"/{translated(name)[:5]}")
        option = self.page.get_by_role("option", name=translated(name), exact=True)
        expect(option).to_have_attribute("aria-selected", "true")  # set after the option appears
        self.input.press("Enter")
        expect(self.page.locator(BODY).locator("[name^=body-][name$=-type]")).to_have_count(count + 1)
        self.wait_for_focus()

    def wait_for_focus(self) -> None:
        """Waits until the animation of a new block ends, which gives it the focus once more."""
        self.page.wait_for_timeout(500)

    def field(self, name: str):
        return self.page.locator(f"[name={name}]")

    def paragraph(self, number: int):
        return self.page.locator(".public-DraftEditor-content").nth(number)

    def text(self) -> None:
        self.input.click(self.page.get_by_role("link", name=translated("New press release")))
        self.input.write(self.field("title"), TITLE)
        self.input.write(self.field("summary"), SUMMARY)
        self.input.write(self.paragraph(0), "\n".join(PARAGRAPHS[:2]))
        self.add_block("Heading")
        self.input.type(HEADING)
        self.input.press("Enter")
        expect(self.paragraph(1)).to_be_focused()
        self.wait_for_focus()
        self.input.type(PARAGRAPHS[2])
        self.add_block("Quotation")
        self.input.type(QUOTE)
        self.input.write(self.page.locator("[name$=-speaker]"), SPEAKER)
        self.input.press("Enter")
        self.input.type(ROLE)

    def picture(self) -> None:
        self.input.click(self.page.locator("#id_lead_picture-chooser [data-chooser-action-choose]:visible").first)
        self.input.click(self.page.locator(CHOSEN).first)
        self.page.wait_for_load_state("networkidle")  # an alternative text may be proposed
        for name, words in (("picture_alt", ALT), ("picture_caption", CAPTION)):
            self.input.click(self.field(name))
            self.page.wait_for_timeout(300)
            self.input.type(words)

    def choose(self, relation: str, *names: str) -> None:
        """Chooses records in a search field."""
        self.input.click(self.page.locator(f"#id_{relation}-search"))
        for name in names:
            self.input.type(name)
            self.input.press("Enter")

    def place(self) -> None:
        self.input.write(self.field("place"), "N’Djamena")
        self.input.click(self.field("date"))
        self.field("date").fill("2026-11-20T09:00")  # typing would depend on the locale of the browser
        self.choose("countries", *COUNTRIES)
        self.choose("topics", "réinst", "climat")

    def contact(self) -> None:
        self.choose("contacts", "presse")

    def publish(self) -> None:
        wait_for_autosave(self.page)
        self.input.click(self.page.locator("[name=action-publish]:visible"))


def test_a_press_release_is_written_and_published_with_few_clicks(site, signed_in, visit):
    officer = signed_in("officer")
    release = Release(officer)
    officer.goto("/admin/")
    release.text()
    release.picture()
    release.place()
    release.contact()
    release.publish()
    expect(message(officer)).to_contain_text(TITLE)
    address = message(officer).locator("a[href^='/fr/']").first.get_attribute("href")
    reader = visit("fr")
    reader.goto(address)
    main = reader.locator("main")
    for text in (TITLE, SUMMARY, *PARAGRAPHS, HEADING, QUOTE, SPEAKER, ROLE, CAPTION, *COUNTRIES):
        expect(main).to_contain_text(text)
    expect(reader.get_by_role("img", name=ALT)).to_be_visible()
    expect(reader.locator(".dateline")).to_contain_text(re.compile("N’Djamena.*20 novembre 2026", re.DOTALL))
    expect(main.locator("address").first).to_be_visible()
    assert release.input.clicks <= MAX_CLICKS


def test_last_alternative_text_is_proposed_and_replaces_no_typed_text(site, signed_in):
    officer = signed_in("officer")
    new_article(officer, site)
    pk, alt = site.shell(LAST_USED).strip().split(" ", 1)
    alt_field, choose = officer.locator("[name=picture_alt]"), officer.locator("#id_lead_picture-chooser")
    choose.locator("[data-chooser-action-choose]:visible").first.click()
    officer.locator(f".modal-dialog a[href*='/{pk}/']").first.click()
    expect(alt_field).to_have_value(alt)
    expect(officer.get_by_text(re.compile("^Proposé d’après"))).not_to_have_count(0)
    alt_field.fill("Mes mots.")
    with officer.expect_response("**/words/**"):
        officer.locator("[name=lead_picture]").evaluate(
            "one => one.dispatchEvent(new Event('change', {bubbles: true}))"
        )
    expect(alt_field).to_have_value("Mes mots.")
