"""WCAG 2.2 AA by axe: every page type and state, both languages, phone and desktop, light and dark."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from iom.tests.addresses import NAMES, NEWS, SEARCH
from iom.tests.browser.conftest import DESKTOP, PHONE, word

pytestmark = pytest.mark.browser

LANGUAGES = ("fr", "en")
VIEWPORTS = {"desktop": DESKTOP, "phone": PHONE}
NARROW = {"width": 320, "height": 640}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
# What can differ between light and dark.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}


def addresses(site, language: str) -> Iterator[tuple[str, str]]:
    """Name and address of every page type and of what is no page."""
    for name in NAMES:
        yield name, site.text(name, language).url
    yield "password", site.text("border-posts-review", language).url
    yield "newsroom, filtered", f"{NEWS[language]}?kind=story&country=TD"
    yield "newsroom, nothing found", f"{NEWS[language]}?q=zzzz"
    yield "newsroom, with a notice", f"{NEWS[language]}?missing=1"
    yield "search", SEARCH[language]
    yield "search, found", f"{SEARCH[language]}?q=Canada"
    yield "search, nothing found", f"{SEARCH[language]}?q=zzzz"
    yield "not found", f"/{language}/rien-ici/"


def described(violations: list[dict]) -> list[str]:
    """What axe finds wrong: the rule, what it says, and where."""
    return [
        f"{rule['id']}: {rule['help']}: {node['target']} {node['html'][:160]} {node.get('failureSummary', '')}"
        for rule in violations
        for node in rule["nodes"]
    ]


def in_both_schemes(page: Page) -> list[str]:
    page.emulate_media(color_scheme="light")
    light = Axe().run(page, options=EVERYTHING).response
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate("rules => axe.run(rules)", COLOURS)
    assert light["passes"], "axe has looked at nothing"
    return described(light["violations"]) + [f"dark: {line}" for line in described(dark["violations"])]


def open_all(page: Page) -> None:
    """Opens what stands closed in the page: transcripts, filters."""
    page.locator("main details:not(.choice) > summary").evaluate_all(
        "all => all.forEach(one => one.parentElement.open = true)"
    )


def report(found: dict[str, list[str]]) -> str:
    return "\n".join(f"{name}\n  " + "\n  ".join(lines) for name, lines in found.items() if lines)


@pytest.mark.parametrize("viewport", VIEWPORTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_breaks_a_rule(site, visit, language, viewport):
    page = visit(language, viewport=VIEWPORTS[viewport], reduced_motion="reduce")
    found = {}
    for name, address in addresses(site, language):
        page.goto(address)
        open_all(page)
        found[name] = in_both_schemes(page)
    page.goto(site.text("border-posts-review", language).url)
    page.locator("main [type=password]").fill("wrong")
    page.locator("main [type=password]").press("Enter")
    page.locator("main [aria-invalid]").wait_for()
    found["wrong password"] = in_both_schemes(page)
    assert not report(found), report(found)


@pytest.mark.parametrize("viewport", VIEWPORTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_open_menu_breaks_a_rule(site, visit, language, viewport):
    page = visit(language, viewport=VIEWPORTS[viewport], reduced_motion="reduce")
    page.goto(site.text("director-general", language).url)
    found = {}
    if viewport == "phone":
        page.get_by_role("button", name=word("Menu", language), exact=True).click()
        found["the whole menu"] = in_both_schemes(page)
    for section in page.locator("#menu summary").all():
        section.click()
        found[section.inner_text()] = in_both_schemes(page)
    page.goto(f"{NEWS[language]}?kind=story")
    for choice in page.locator("main details.choice > summary").all():
        choice.click()
        found[f"filter {choice.inner_text()}"] = in_both_schemes(page)
    assert not report(found), report(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_runs_off_a_narrow_screen(site, visit, language):
    page = visit(language, viewport=NARROW)
    found = {}
    for name, address in addresses(site, language):
        page.goto(address)
        open_all(page)
        found[name] = too_wide(page)
    page.get_by_role("button", name=word("Menu", language), exact=True).click()
    for section in page.locator("#menu summary").all():
        section.click()
        found[f"menu {section.inner_text()}"] = too_wide(page)
    assert not report(found), report(found)


def too_wide(page: Page) -> list[str]:
    """What sticks out to the side, where the page scrolls sideways."""
    return page.evaluate("""() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        const out = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > width + 1);
        return ["scrolls sideways", ...out.slice(0, 5).map((e) => e.outerHTML.slice(0, 120))];
    }""")
