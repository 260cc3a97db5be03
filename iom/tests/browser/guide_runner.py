"""Runs a guide of docs/ in a browser. Each heading has a step, which finds buttons by the words in bold."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, expect

from iom.tests.databases import ROOT


@dataclass
class Section:
    """A heading of a guide and its words in bold: `words` maps those of the English guide to those of `language`."""

    name: str  # the English heading
    heading: str
    words: dict[str, str]
    used: set[str] = field(default_factory=set)

    def __call__(self, english: str, more: str = "") -> re.Pattern[str]:
        """A pattern of the whole label as the guide writes it. `more` is a pattern of what may follow."""
        self.used.add(english)
        bold = re.escape(self.words[english]).replace("’", "['’]")
        return re.compile(rf"^\s*{re.sub(r'(\\?\s)+', r'\\s+', bold)}{more}\s*\*?\s*$")

    @property
    def unused(self) -> set[str]:
        return set(self.words) - self.used


def sections(name: str, language: str) -> list[Section]:
    """The sections of a guide, its title included. Both languages have the same (iom.editorial.tests.test_guides)."""
    both = zip(_parts(name, "en"), _parts(name, language), strict=True)
    return [
        Section(english, heading, dict(zip(words, translated, strict=True)))
        for (english, words), (heading, translated) in both
    ]


def _parts(name: str, language: str) -> list[tuple[str, list[str]]]:
    text = (ROOT / "docs" / f"{name}.{language}.md").read_text()
    _before, *parts = re.split(r"^#+ (.+)$", text, flags=re.MULTILINE)
    bodies = [re.findall(r"\*\*([^*]+)\*\*", body) for body in parts[1::2]]
    return list(zip(parts[::2], [[re.sub(r"[ \n]+", " ", word) for word in words] for words in bodies], strict=True))


Step = Callable[[Any, Section], None]


def follow(name: str, language: str, steps: Mapping[str, Step], reader: Any) -> None:
    """Runs the step of each section.

    Fails if sections and steps differ, or if a step does not use each word in bold.
    """
    guide = sections(name, language)
    assert [section.name for section in guide] == list(steps)
    for section in guide:
        steps[section.name](reader, section)
        assert section.unused == set(), section.heading


def see(page: Page | Locator, *labels: re.Pattern[str]) -> None:
    for label in labels:
        expect(page.get_by_text(label).filter(visible=True).first).to_be_visible()


def press(page: Page | Locator, name: re.Pattern[str]) -> None:
    """Clicks the first visible button, link, tab or menu item with this name."""
    named = page.get_by_role("button", name=name)
    for role in ("link", "tab", "menuitem"):
        named = named.or_(page.get_by_role(role, name=name))
    named.filter(visible=True).first.click()


def open_guide(page: Page, name: str, section: Section) -> None:
    """Opens the guide in the admin and checks that its pictures are served."""
    page.goto(f"/admin/guide/{name}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(section.heading)
    for source in page.locator(".guide__text img").evaluate_all("all => all.map(one => one.src)"):
        assert page.request.get(source).ok, source


def open_status(page: Page) -> Locator:
    """The status panel of the page editor. Wagtail may already have opened it."""
    panel = page.locator("[data-side-panel=status]")
    button = page.locator("[data-side-panel-toggle=status]")
    if button.get_attribute("aria-expanded") != "true":
        button.click()
    expect(panel).to_be_visible()
    return panel


def nothing_to_press(_reader: Any, _section: Section) -> None:
    """The step of a section that names no button."""
