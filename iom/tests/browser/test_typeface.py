"""The web font may load late or not at all, without a layout shift."""

import time

import pytest

from iom.tests.addresses import LANGUAGES
from iom.tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

# Widths of one line in the web font and in each adjusted fallback font, for each weight
WIDTHS = """async (text) => {
  await Promise.all([400, 600].map((weight) => document.fonts.load(`${weight} 200px "Newsroom Serif"`)));
  const canvas = document.createElement("canvas").getContext("2d");
  const width = (weight, family) => { canvas.font = `${weight} 200px "${family}"`; return canvas.measureText(text).width; };
  return [400, 600].map((weight) => [width(weight, "Newsroom Serif"), width(weight, "Fallback Times"), width(weight, "Fallback Noto")]);
}"""
SHIFTS = """() => new Promise((resolve) => {
  let total = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) total += entry.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(total), 500);
})"""
DELAY = 3  # seconds


@pytest.mark.parametrize("language", LANGUAGES)
def test_fallback_serif_is_as_wide_as_the_web_font(site, visit, language):
    page = visit(language)
    page.goto(site.text("article", language).url)
    text = page.locator(".article-summary").text_content()
    page.evaluate(
        """() => Promise.all(["Fallback Times", "Fallback Noto"].flatMap(
            (family) => [400, 600].map((weight) => document.fonts.load(`${weight} 200px "${family}"`))))"""
    )

    for web_font, *fallbacks in page.evaluate(WIDTHS, text):
        for fallback in fallbacks:
            assert abs(fallback / web_font - 1) < 0.02


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_late_web_font_causes_no_layout_shift(site, visit, viewport):
    page = visit("fr", viewport=viewport)

    def delay(route):
        time.sleep(DELAY)
        route.continue_()

    page.route("**/*.woff2", delay)
    for name in ("article", "home", "index"):
        page.goto("/fr/" if name == "home" else site.text(name, "fr").url, wait_until="networkidle")
        assert page.evaluate(SHIFTS) < 0.01, name
