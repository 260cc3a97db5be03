"""No text overflows, overlaps or is cut: on narrow screens, enlarged, with text spacing, from right to left."""

import pytest
from playwright.sync_api import Browser, Page

from iom.tests.addresses import LANGUAGES
from iom.tests.browser.conftest import DESKTOP, PHONE, translated
from iom.tests.browser.page_checks import addresses, expand_all, layout_errors, report, run_check
from iom.tests.serving import LOCALES

pytestmark = pytest.mark.browser

LARGE_TEXT = "html { font-size: 200% !important }"
# WCAG 1.4.12, Text spacing
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }"""
# Settings of a reader: viewport, user style sheet, text direction
SETTINGS = {
    "desktop": (DESKTOP, "", "ltr"),
    "phone": (PHONE, "", "ltr"),
    "zoom of 200 %": ({"width": 640, "height": 450}, "", "ltr"),
    "zoom of 400 %": ({"width": 320, "height": 256}, "", "ltr"),
    "text of 200 %": (DESKTOP, LARGE_TEXT, "ltr"),
    "text of 200 % on a phone": (PHONE, LARGE_TEXT, "ltr"),
    "text spacing": (DESKTOP, SPACING, "ltr"),
    "text spacing on a narrow screen": ({"width": 320, "height": 640}, SPACING, "ltr"),
    "right to left": (DESKTOP, "", "rtl"),
    "right to left on a phone": (PHONE, "", "rtl"),
}
SET = """([style, direction]) => {
    const sheet = new CSSStyleSheet(); // the Content Security Policy forbids <style>
    sheet.replaceSync(style);
    document.adoptedStyleSheets = [sheet];
    document.documentElement.dir = direction;
}"""


def apply_setting(page: Page, setting: str) -> None:
    viewport, style, direction = SETTINGS[setting]
    page.set_viewport_size(viewport)
    page.evaluate(SET, [style, direction])


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("browser", id="fonts of the machine", marks=pytest.mark.xdist_group("sizes")),
        pytest.param("few_fonts", id="DejaVu alone", marks=pytest.mark.xdist_group("sizes, DejaVu alone")),
    ],
)
def findings(request, site) -> dict[str, dict[str, list[str]]]:
    """Errors by setting and page, and targets that are too small. Each page is loaded once per set of fonts."""
    browser: Browser = request.getfixturevalue(request.param)
    found: dict[str, dict[str, list[str]]] = {name: {} for name in [*SETTINGS, "targets"]}
    for language in LANGUAGES:
        context = browser.new_context(base_url=site.url, locale=LOCALES[language], viewport=DESKTOP)
        page = context.new_page()
        for name, address in addresses(site, language):
            page.goto(address)
            expand_all(page)
            for setting in SETTINGS:
                apply_setting(page, setting)
                found[setting][f"{name} {language}"] = layout_errors(page)
                if setting in ("desktop", "phone"):
                    found["targets"][f"{name} {language} {setting}"] = run_check(page, "smallTargets")
        context.close()
    return found


@pytest.mark.parametrize("setting", SETTINGS)
def test_nothing_runs_off_overlaps_or_is_cut(findings, setting):
    assert not report(findings[setting]), report(findings[setting])


def test_every_target_is_large_enough_or_has_room_around_it(findings):
    assert not report(findings["targets"]), report(findings["targets"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_open_menu_fits_a_narrow_screen(visit, language):
    page = visit(language, viewport=SETTINGS["zoom of 400 %"][0])
    page.goto(f"/{language}/")
    page.get_by_role("button", name=translated("Menu", language), exact=True).click()
    found = {}
    for section in page.locator("#menu summary").all():
        section.click()
        found[section.inner_text()] = run_check(page, "overflowing")
    assert not report(found), report(found)
