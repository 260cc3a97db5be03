"""How many clicks a press release takes, from nothing to published."""

import re

import pytest
from playwright.sync_api import expect

from iom.tests.browser.conftest import word
from iom.tests.browser.hand import Hand
from iom.tests.browser.test_editor import BODY, CHOSEN, message, wait_for_autosave

pytestmark = pytest.mark.browser

MOST = 39  # as counted on 28 November 2026

TITLE = "Deux puits rouvrent près de la frontière"
SUMMARY = "Quatre mille personnes ont de nouveau de l’eau potable."
PARAGRAPHS = ("Les deux puits ont rouvert lundi.", "Ils étaient à sec depuis mai.", "Un troisième suivra.")
HEADING = "Une pompe solaire"
QUOTE, SPEAKER, ROLE = "Je marchais trois heures.", "Zenaba Mahamat", "habitante"
ALT, CAPTION = "Une femme remplit un seau.", "À la margelle, mardi."
COUNTRIES = ("Tchad", "Niger")


class Release:
    """Whoever writes the release."""

    def __init__(self, page) -> None:
        self.page = page
        self.hand = Hand(page)

    def add_block(self, name: str) -> None:
        self.hand.click(self.page.locator(BODY).locator("button.c-sf-add-button").last)
        self.hand.click(self.page.get_by_role("option", name=word(name), exact=True))
        self.page.wait_for_timeout(500)  # it moves into place

    def open_tab(self, name: str) -> None:
        self.hand.click(self.page.get_by_role("tab", name=word(name)))

    def field(self, name: str):
        return self.page.locator(f"[name={name}]")

    def paragraph(self, number: int):
        return self.page.locator(".public-DraftEditor-content").nth(number)

    def text(self) -> None:
        self.hand.click(self.page.get_by_role("link", name=word("New press release")))
        self.hand.write(self.field("title"), TITLE)
        self.hand.write(self.field("summary"), SUMMARY)
        self.add_block("Paragraph")
        self.hand.write(self.paragraph(0), "\n".join(PARAGRAPHS[:2]))
        self.add_block("Heading")
        self.hand.write(self.field("body-1-value"), HEADING)
        self.add_block("Paragraph")
        self.hand.write(self.paragraph(1), PARAGRAPHS[2])
        self.add_block("Quotation")
        for name, words in (("text", QUOTE), ("speaker", SPEAKER), ("role", ROLE)):
            self.hand.write(self.field(f"body-3-value-{name}"), words)

    def picture(self) -> None:
        self.open_tab("Picture")
        self.hand.click(self.page.locator("#id_lead_picture-chooser [data-chooser-action-choose]:visible").first)
        self.hand.click(self.page.locator(CHOSEN).first)
        self.hand.write(self.field("picture_alt"), ALT)
        self.hand.write(self.field("picture_caption"), CAPTION)

    def choose_rows(self, relation: str, field: str, count: int) -> None:
        for number in range(count):
            self.hand.click(self.page.locator(f"#id_{relation}-ADD"))
            choice = self.page.locator(f"[name={relation}-{number}-{field}]")
            label = COUNTRIES[number] if field == "country" else choice.locator("option").nth(number + 1).inner_text()
            self.hand.click(choice)
            self.hand.type(label)
            self.hand.press("Enter")

    def place(self) -> None:
        self.open_tab("Place and date")
        self.hand.write(self.field("place"), "N’Djamena")
        self.hand.write(self.field("date"), "20/11/2026 09:00")
        self.hand.press("Escape")
        self.choose_rows("countries", "country", 2)
        self.choose_rows("topics", "topic", 2)

    def contact(self) -> None:
        self.hand.click(self.page.locator("main").get_by_role("tab", name=word("Contacts")))
        self.hand.click(self.page.locator("#id_contacts-ADD"))
        self.hand.click(self.page.locator("#id_contacts-0-contact-chooser [data-chooser-action-choose]:visible"))
        self.hand.click(self.page.locator(CHOSEN).first)

    def publish(self) -> None:
        wait_for_autosave(self.page)
        self.hand.click(self.page.locator("footer").get_by_role("button", name=word("More actions")))
        self.hand.click(self.page.locator("[name=action-publish]:visible"))


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
    for said in (TITLE, SUMMARY, *PARAGRAPHS, HEADING, QUOTE, SPEAKER, ROLE, CAPTION, *COUNTRIES):
        expect(main).to_contain_text(said)
    expect(reader.get_by_role("img", name=ALT)).to_be_visible()
    expect(reader.locator(".dateline")).to_contain_text(re.compile("N’Djamena.*20 novembre 2026", re.DOTALL))
    expect(main.locator("address").first).to_be_visible()
    assert release.hand.clicks <= MOST
