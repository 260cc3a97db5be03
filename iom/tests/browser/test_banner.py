"""The banner on public pages, and its form on a phone."""

import pytest
from playwright.sync_api import Page, expect

from iom.tests.browser.conftest import DESKTOP, PHONE
from iom.tests.browser.page_checks import LANGUAGE_AND_VIEWPORT, VIEWPORTS, layout_errors, report
from iom.tests.browser.test_accessibility import axe_violations
from iom.tests.browser.test_old_browsers import serve_old_code
from iom.tests.old_browser import NO_GAPS

pytestmark = pytest.mark.browser

TEXTS = {
    "fr": "Les bureaux de Port-au-Prince sont fermés jusqu’à nouvel ordre. Le personnel travaille à distance.",
    "en": "The offices in Port-au-Prince are closed until further notice. Staff work remotely.",
}
LEVELS = ("information", "warning", "emergency")
STORE = """
from iom.banner.tests.banners import stored

rows = {{code: {{"name": text, "label": "example.org", "address": "https://www.example.org/"}} for code, text in {texts}.items()}}
stored(rows, level={level!r})
"""
REMOVE = "from iom.banner.models import Banner; Banner.objects.all().delete()"
NARROW = {"width": 360, "height": 740}


@pytest.fixture
def banner(site):
    """Stores a banner of the given level, and deletes it after the test."""
    yield lambda level: site.shell(STORE.format(texts=TEXTS, level=level))
    site.shell(REMOVE)


def region(page: Page):
    return page.locator("section.banner")


@pytest.mark.parametrize(("language", "viewport"), LANGUAGE_AND_VIEWPORT)
def test_banner_passes_axe_and_layout_checks_at_each_level(site, visit, banner, language, viewport):
    page, found = visit(language, viewport=VIEWPORTS[viewport]), {}
    for level in LEVELS:
        banner(level)
        page.goto(site.text("article", language).url)
        expect(region(page)).to_be_visible()
        found[level] = axe_violations(page) + layout_errors(page)
    assert not report(found), report(found)


def test_banner_is_a_region_after_the_skip_link(site, visit, banner):
    banner("emergency")
    page = visit("en")
    page.goto(site.text("article", "en").url)
    expect(page.get_by_role("region", name="Emergency", exact=True)).to_contain_text(TEXTS["en"])
    assert page.locator("[role=alert], [role=status], [aria-live]").and_(region(page)).count() == 0
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Tab")
    expect(region(page).get_by_role("link")).to_be_focused()


@pytest.mark.parametrize("options", [{"java_script_enabled": False}, {"forced_colors": "active"}])
def test_banner_has_a_border_without_javascript_and_with_forced_colours(site, visit, banner, options):
    banner("emergency")
    page = visit("fr", viewport=PHONE, **options)
    page.goto("/fr/")
    expect(region(page)).to_contain_text(TEXTS["fr"])
    expect(region(page)).to_have_css("border-bottom-style", "solid")


def test_browser_of_2019_shows_the_banner(site, visit, banner):
    banner("warning")
    page = visit("fr", viewport=NARROW, java_script_enabled=False)
    page.route("**/*", serve_old_code)
    page.goto("/fr/")
    page.evaluate(NO_GAPS)
    expect(region(page)).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    assert layout_errors(page) == []


def test_banner_causes_no_layout_shift(site, visit, banner):
    banner("warning")
    page = visit("fr", viewport=PHONE)
    page.goto(site.text("article", "fr").url, wait_until="networkidle")
    shift = """() => new Promise(done => { let sum = 0;
        new PerformanceObserver(list => list.getEntries().forEach(one => sum += one.value))
            .observe({type: "layout-shift", buffered: true});
        setTimeout(() => done(sum), 500); })"""
    assert page.evaluate(shift) == 0


def test_printed_banner_is_black_with_a_border(site, visit, banner):
    banner("emergency")
    page = visit("en", viewport=DESKTOP)
    page.goto(site.text("article", "en").url)
    page.emulate_media(media="print")
    expect(region(page)).to_be_visible()
    expect(region(page)).to_have_css("color", "rgb(0, 0, 0)")
    expect(region(page)).to_have_css("border-top-style", "solid")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_editor_shows_the_banner_from_a_narrow_phone(signed_in, visit, site, banner, language):
    page = signed_in("editor", language, viewport=NARROW)
    page.goto("/admin/settings/banner/banner/")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.locator("[name=is_shown]").check()
    page.locator("[name=level]").select_option("emergency")
    page.locator("[name=names-0-name]").fill(TEXTS["fr"])
    page.locator("footer [type=submit]").click()
    expect(page.locator("main .error-message").first).to_be_visible()
    page.locator("[name=names-1-name]").fill(TEXTS["en"])
    page.locator("footer [type=submit]").click()
    expect(page.locator(".messages .success")).to_be_visible()
    reader = visit("en")
    reader.goto("/en/")
    expect(region(reader)).to_contain_text(TEXTS["en"])
