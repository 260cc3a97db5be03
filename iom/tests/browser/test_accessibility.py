"""axe, WCAG 2.2 AA: every page type and state, French on a phone, English on a desktop, in both colour schemes."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from iom.tests.addresses import NEWS
from iom.tests.browser.conftest import translated
from iom.tests.browser.page_checks import LANGUAGE_AND_VIEWPORT, PRIVATE, VIEWPORTS, addresses, expand_all, report

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
# The rules whose result depends on the colour scheme
COLOUR_RULES = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}


def violation_lines(violations: list[dict]) -> list[str]:
    """The violations as lines: the rule, its description and the element."""
    return [
        f"{rule['id']}: {rule['help']}: {node['target']} {node['html'][:160]} {node.get('failureSummary', '')}"
        for rule in violations
        for node in rule["nodes"]
    ]


def axe_violations(page: Page) -> list[str]:
    page.emulate_media(color_scheme="light")
    light = Axe().run(page, options=ALL_RULES).response
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate("rules => axe.run(rules)", COLOUR_RULES)
    assert light["passes"], "axe has checked nothing"
    return violation_lines(light["violations"]) + [f"dark: {line}" for line in violation_lines(dark["violations"])]


@pytest.mark.parametrize(("language", "viewport"), LANGUAGE_AND_VIEWPORT)
def test_no_page_breaks_a_rule(site, visit, language, viewport):
    page = visit(language, viewport=VIEWPORTS[viewport], reduced_motion="reduce")
    found = {}
    for name, address in addresses(site, language):
        page.goto(address)
        expand_all(page)
        found[name] = axe_violations(page)
    page.goto(site.text(PRIVATE, language).url)
    page.locator("main [type=password]").fill("wrong")
    page.locator("main [type=password]").press("Enter")
    page.locator("main [aria-invalid]").wait_for()
    found["wrong password"] = axe_violations(page)
    assert not report(found), report(found)


@pytest.mark.parametrize(("language", "viewport"), LANGUAGE_AND_VIEWPORT)
def test_no_open_menu_filter_or_gallery_breaks_a_rule(site, visit, language, viewport):
    page = visit(language, viewport=VIEWPORTS[viewport], reduced_motion="reduce")
    page.goto(site.text("director-general", language).url)
    found = {}
    if viewport == "phone":
        page.get_by_role("button", name=translated("Menu", language), exact=True).click()
        found["the whole menu"] = axe_violations(page)
    for section in page.locator("#menu summary").all():
        section.click()
        found[section.inner_text()] = axe_violations(page)
    search = page.locator("header input[name=q]")
    search.fill("mi")
    page.get_by_role("option").first.wait_for()
    search.press("ArrowDown")
    found["suggestions"] = axe_violations(page)
    page.goto(f"{NEWS[language]}?kind=story")
    if viewport == "phone":  # the filters close when they are applied
        page.locator(".filters-summary").click()
    for choice in page.locator("main details.choice > summary").all():
        choice.click()
        found[f"filter {choice.inner_text()}"] = axe_violations(page)
    page.goto(site.text("article with every block", language).url)
    page.locator(".gallery-open").first.click()
    page.get_by_role("dialog").wait_for()
    found["gallery"] = axe_violations(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name=translated("Print", language)).wait_for()
    found["share buttons"] = axe_violations(page)
    assert not report(found), report(found)
