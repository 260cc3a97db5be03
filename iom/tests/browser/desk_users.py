"""An officer, a translator and a reader in their browser windows, and the texts that they write."""

import quopri
import re
from itertools import count

from playwright.sync_api import Page, expect

from iom.tests.browser.conftest import translated
from iom.tests.browser.test_editor import message, wait_for_autosave

TEXTS = {
    "fr": {
        "title": "Une passerelle relie deux quartiers",
        "summary": "Elle a été bâtie en quatre mois.",
        "first": "Le premier jour, deux mille personnes l’ont empruntée.",
        "second": "La mairie entretiendra les garde-corps.",
        "alt": "Des passants sur une passerelle.",
        "new first": "Le premier jour, trois mille personnes l’ont empruntée.",
        "new second": "Le ministère entretiendra les garde-corps.",
        "corrected": "Elle a été bâtie, en quatre mois.",
        "question": "« Garde-corps » : une rambarde, ou plus ?",
        "answer": "Une rambarde, des deux côtés.",
        "path": "/fr/actualites/une-passerelle-relie-deux-quartiers/",
    },
    "en": {
        "title": "A footbridge joins two neighbourhoods",
        "summary": "It took four months to build.",
        "first": "On the first day, two thousand people used it.",
        "second": "The town will maintain the railings.",
        "alt": "People crossing a footbridge.",
        "new first": "On the first day, three thousand people used it.",
        "new second": "The ministry will maintain the railings.",
        "corrected": "It took four months, to build.",
        "question": "Are “railings” on one side only?",
        "answer": "On both sides.",
        "path": "/en/news/a-footbridge-joins-two-neighbourhoods/",
    },
}
# Other titles for the English original, so that the slugs of both runs differ
TEXTS_FROM_ENGLISH = {
    "fr": {"title": "Une passerelle de plus", "path": "/fr/actualites/une-passerelle-de-plus/"},
    "en": {"title": "One more footbridge", "path": "/en/news/one-more-footbridge/"},
}
PASSAGES = ("title", "summary", "first", "second", "alt")
OTHER_LANGUAGE = {"fr": "en", "en": "fr"}
HOURS = count(1)  # emails to one person are at least ten minutes apart
RICH_TEXT = ".public-DraftEditor-content"


class DeskUsers:
    """The windows of an officer, a translator and a reader."""

    def __init__(self, site, signed_in, visit, language: str) -> None:
        self.site = site
        self.language, self.other = language, OTHER_LANGUAGE[language]
        texts = {code: text | (TEXTS_FROM_ENGLISH[code] if language == "en" else {}) for code, text in TEXTS.items()}
        self.source, self.target = texts[language], texts[self.other]
        self.officer: Page = signed_in("officer", language)
        self.translator: Page = signed_in(f"translator.{self.other}", self.other)
        self.reader: Page = visit(self.other)
        self.log_read = len(site.log.read_text())

    def officer_text(self, text: str) -> str:
        """A label in the language of the officer."""
        return translated(text, self.language)

    def translator_text(self, text: str) -> str:
        """A label in the language of the translator."""
        return translated(text, self.other)

    def new_emails(self) -> str:
        """The emails sent since the last call, by the scheduler or by this call."""
        printed = self.site.shell(
            "from datetime import timedelta; from django.utils import timezone; from iom.translation.tests.mail import send_all; "
            f"send_all(timezone.now() + timedelta(hours={next(HOURS)}))"
        )
        log = self.site.log.read_text()
        printed, self.log_read = printed + log[self.log_read :], len(log)
        return quopri.decodestring(printed.encode()).decode(errors="replace")

    def passage(self, source: str):
        """The row of a passage in the translation editor."""
        return self.translator.locator("[data-segment]").filter(has_text=source)

    def write(self, source: str, text: str) -> None:
        row = self.passage(source)
        row.locator("[data-target]").fill(text)
        row.locator("[data-target]").blur()
        expect(row.locator("[data-status]")).to_have_text(self.translator_text("Saved"))

    def publish_translation(self) -> None:
        self.translator.locator("button[value=action-publish]").click()

    def read(self) -> Page:
        """Opens the translation as a reader."""
        self.reader.goto(self.target["path"])
        return self.reader

    def open_form(self) -> None:
        self.officer.goto(self.form)
        expect(self.officer.locator("[name=title]")).to_be_visible()

    def republish(self, kind: str) -> None:
        wait_for_autosave(self.officer)
        self.officer.locator(f"footer [name=action-publish][value={kind}]").click()
        expect(message(self.officer)).to_contain_text(self.source["title"])


def fill_paragraph(page: Page, number: int, text: str) -> None:
    field = page.locator(RICH_TEXT).nth(number)
    field.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    page.keyboard.type(text)
    kept = page.locator(f"[name=body-{number}-value]")  # set after a delay by the rich-text editor
    expect(kept).to_have_value(re.compile(re.escape(text)))
