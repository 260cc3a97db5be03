"""The people of a day at the desk, each before a window, and what they write."""

import quopri
import re
from itertools import count

from playwright.sync_api import Page, expect

from iom.tests.browser.conftest import word
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
# What the day from the English original is about, so that both days find their addresses free
SECOND = {
    "fr": {"title": "Une passerelle de plus", "path": "/fr/actualites/une-passerelle-de-plus/"},
    "en": {"title": "One more footbridge", "path": "/en/news/one-more-footbridge/"},
}
PASSAGES = ("title", "summary", "first", "second", "alt")
OTHER = {"fr": "en", "en": "fr"}
HOURS = count(1)  # between two letters to the same person lie ten minutes
RICH = ".public-DraftEditor-content"


class Desk:
    """The people of the day, each before a window."""

    def __init__(self, site, signed_in, visit, language: str) -> None:
        self.site = site
        self.language, self.other = language, OTHER[language]
        texts = {code: text | (SECOND[code] if language == "en" else {}) for code, text in TEXTS.items()}
        self.source, self.target = texts[language], texts[self.other]
        self.officer: Page = signed_in("officer", language)
        self.translator: Page = signed_in(f"translator.{self.other}", self.other)
        self.reader: Page = visit(self.other)
        self.log_read = len(site.log.read_text())

    def ours(self, text: str) -> str:
        """A word of the officer's interface."""
        return word(text, self.language)

    def theirs(self, text: str) -> str:
        """A word of the translator's interface."""
        return word(text, self.other)

    def letters(self) -> str:
        """What has been sent by e-mail since one last looked, by the scheduler or just now."""
        printed = self.site.shell(
            "from datetime import timedelta; from django.utils import timezone; from iom.translation.tests.mail import send_all; "
            f"send_all(timezone.now() + timedelta(hours={next(HOURS)}))"
        )
        log = self.site.log.read_text()
        printed, self.log_read = printed + log[self.log_read :], len(log)
        return quopri.decodestring(printed.encode()).decode(errors="replace")

    def passage(self, source: str):
        """The row of a passage in the translator's editor."""
        return self.translator.locator("[data-segment]").filter(has_text=source)

    def write(self, source: str, text: str) -> None:
        row = self.passage(source)
        row.locator("[data-target]").fill(text)
        row.locator("[data-target]").blur()
        expect(row.locator("[data-status]")).to_have_text(self.theirs("Saved"))

    def publish_translation(self) -> None:
        self.translator.locator("button[value=action-publish]").click()

    def read(self) -> Page:
        """The reader opens the translation."""
        self.reader.goto(self.target["path"])
        return self.reader

    def open_form(self) -> None:
        self.officer.goto(self.form)
        expect(self.officer.locator("[name=title]")).to_be_visible()

    def publish_anew(self, kind: str) -> None:
        wait_for_autosave(self.officer)
        self.officer.locator(f"footer [name=action-publish][value={kind}]").click()
        expect(message(self.officer)).to_contain_text(self.source["title"])


def fill_paragraph(page: Page, number: int, text: str) -> None:
    field = page.locator(RICH).nth(number)
    field.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    page.keyboard.type(text)
    kept = page.locator(f"[name=body-{number}-value]")  # a moment later than one sees it
    expect(kept).to_have_value(re.compile(re.escape(text)))
