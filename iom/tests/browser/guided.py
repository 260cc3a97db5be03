"""The guides of docs/, read for tests that do what they say: a step finds its buttons by the words in bold."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, expect

from iom.tests.databases import ROOT


@dataclass
class Section:
    """A heading of a guide, and the words in bold below it: by those of the English guide, in their order."""

    name: str  # the English heading
    heading: str
    words: dict[str, str]
    used: set[str] = field(default_factory=set)

    def __call__(self, english: str, more: str = "") -> re.Pattern[str]:
        """The word as the reader of the guide looks for it: the whole name, and what `more` allows after it."""
        self.used.add(english)
        said = re.escape(self.words[english]).replace("’", "['’]")
        return re.compile(rf"^\s*{re.sub(r'(\\?\s)+', r'\\s+', said)}{more}\s*\*?\s*$")

    @property
    def unused(self) -> set[str]:
        return set(self.words) - self.used


def sections(name: str, language: str) -> list[Section]:
    """Those of a guide, with the first heading. Both languages have the same ones (iom.editorial.tests.test_guides)."""
    both = zip(_parts(name, "en"), _parts(name, language), strict=True)
    return [
        Section(english, heading, dict(zip(words, said, strict=True))) for (english, words), (heading, said) in both
    ]


def _parts(name: str, language: str) -> list[tuple[str, list[str]]]:
    text = (ROOT / "docs" / f"{name}.{language}.md").read_text()
    _before, *parts = re.split(r"^#+ (.+)$", text, flags=re.MULTILINE)
    bodies = [re.findall(r"\*\*([^*]+)\*\*", body) for body in parts[1::2]]
    return list(zip(parts[::2], [[re.sub(r"[ \n]+", " ", word) for word in words] for words in bodies], strict=True))


Step = Callable[[Any, Section], None]


def follow(name: str, language: str, steps: Mapping[str, Step], reader: Any) -> None:
    """Does what each section says. Fails where a section has no step or a step no section, and where a step does not use
    each word in bold."""
    guide = sections(name, language)
    assert [section.name for section in guide] == list(steps)
    for section in guide:
        steps[section.name](reader, section)
        assert section.unused == set(), section.heading


def see(page: Page | Locator, *words: re.Pattern[str]) -> None:
    for word in words:
        expect(page.get_by_text(word).filter(visible=True).first).to_be_visible()


def press(page: Page | Locator, word: re.Pattern[str]) -> None:
    """A button, a link or a tab with this name."""
    named = page.get_by_role("button", name=word)
    for role in ("link", "tab", "menuitem"):
        named = named.or_(page.get_by_role(role, name=word))
    named.filter(visible=True).first.click()


def open_guide(page: Page, name: str, section: Section) -> None:
    """The guide itself, from the menu Help, and its pictures."""
    page.goto(f"/admin/guide/{name}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(section.heading)
    for source in page.locator(".guide__text img").evaluate_all("all => all.map(one => one.src)"):
        assert page.request.get(source).ok, source


def open_status(page: Page) -> Locator:
    """The panel of the page editor, which the browser may have opened by itself."""
    panel = page.locator("[data-side-panel=status]")
    button = page.locator("[data-side-panel-toggle=status]")
    if button.get_attribute("aria-expanded") != "true":
        button.click()
    expect(panel).to_be_visible()
    return panel


def nothing_to_press(_reader: Any, _section: Section) -> None:
    """Of a section without a word of the screens."""
