"""Pages with extreme content: long words and addresses, portrait pictures, a menu of many groups."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from iom.tests.addresses import LANGUAGES, NEWS, SEARCH
from iom.tests.browser.conftest import DESKTOP, TIMEOUT, translated
from iom.tests.browser.page_checks import addresses, expand_all, layout_errors, report, run_check, show_extremes
from iom.tests.browser.test_accessibility import axe_violations
from iom.tests.browser.test_sizes import apply_setting

pytestmark = pytest.mark.browser

NARROW = {"320 px": {"width": 320, "height": 640}, "360 px": {"width": 360, "height": 740}}
TABLET = {"width": 768, "height": 1024}
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
GROUPS, PAGES = 14, 8


def portrait_picture() -> bytes:
    """A picture with twice as much height as width."""
    file = io.BytesIO()
    Image.new("RGB", (600, 1200), "gray").save(file, "PNG")
    return file.getvalue()


def with_portrait_pictures(page: Page) -> Page:
    """Replaces uncropped pictures by portrait ones. Cropped renditions stay."""
    picture = portrait_picture()
    page.route("**/*.width-*", lambda route: route.fulfill(body=picture, content_type="image/png"))
    return page


def load_pictures(page: Page) -> None:
    page.evaluate("""async () => {
        for (const picture of document.images) picture.loading = "eager";
        await Promise.all([...document.images].map((picture) => picture.decode().catch(() => null)));
    }""")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("viewport", NARROW)
def test_a_long_word_in_any_place_makes_no_page_scroll_sideways(site, visit, viewport, language):
    page, found = visit(language, viewport=NARROW[viewport]), {}
    for name, address in addresses(site, language):
        page.goto(address)
        expand_all(page)
        run_check(page, "addLongWord", LONG_WORD)
        found[name] = run_check(page, "overflowing")
    assert not report(found), report(found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("viewport", [DESKTOP, *NARROW.values()], ids=["desktop", *NARROW])
def test_portrait_picture_fits_into_the_window(site, visit, viewport, language):
    page, found = with_portrait_pictures(visit(language, viewport=viewport)), {}
    for name, address in addresses(site, language):
        page.goto(address)
        load_pictures(page)
        found[name] = run_check(page, "tooTall") + run_check(page, "overflowing")
    assert not report(found), report(found)


@pytest.mark.parametrize("width", [960, 1024, 1280])
def test_choices_of_a_filter_fit_into_the_window(visit, width):
    page = visit("fr", viewport={"width": width, "height": 900})
    for address in (NEWS["fr"], f"{SEARCH['fr']}?q=migration"):
        page.goto(address)
        summaries = page.locator(".choice-summary").all()
        assert summaries
        for summary in summaries:
            summary.click()
            box = page.locator(".choice[open] .choice-panel").bounding_box()
            assert box["x"] >= 0, address
            assert box["x"] + box["width"] <= width, address


@pytest.mark.parametrize("language", LANGUAGES)
def test_menu_panel_of_many_groups_fits_the_window_and_shows_its_last_link(visit, language):
    page = visit(language, viewport=DESKTOP)
    page.goto(f"/{language}/")
    run_check(page, "fillMenu", GROUPS, PAGES)
    sections = page.locator("#menu summary").all()
    assert sections
    for section in sections:
        section.click()
        panel = page.locator(".menu-details[open] .menu-panel")
        box = panel.bounding_box()
        assert box["y"] + box["height"] <= DESKTOP["height"]
        last = panel.locator("a").last
        last.focus()
        link = last.bounding_box()
        assert box["y"] <= link["y"]
        assert link["y"] + link["height"] <= box["y"] + box["height"]
        page.keyboard.press("Escape")


@pytest.mark.parametrize("language", LANGUAGES)
def test_menu_of_long_words_and_many_groups_fits_a_phone(visit, language):
    page = visit(language, viewport=NARROW["320 px"])
    page.goto(f"/{language}/")
    run_check(page, "fillMenu", GROUPS, PAGES)
    run_check(page, "addLongWord", LONG_WORD)
    page.locator(".menu-button").click(timeout=TIMEOUT)
    found = {}
    for number, section in enumerate(page.locator("#menu summary").all()):
        section.click()
        found[str(number)] = run_check(page, "overflowing")
    assert found
    assert not report(found), report(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_gallery_picture_has_its_number_and_caption(site, visit, language):
    page = visit(language)
    page.goto(site.text("article with every block", language).url)
    gallery = page.locator(".gallery")
    count = gallery.locator(".gallery-open").count()
    figure = gallery.locator("figure").first
    parts = [part.strip() for part in figure.locator("figcaption > span").all_text_contents()]
    gallery.locator(".gallery-open").first.click()
    assert page.locator(".viewer-caption").text_content() == " · ".join([f"1\u00a0/\u00a0{count}", *parts])
    assert translated("Close", language) in page.locator(".viewer-bar").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_gallery_buttons_are_in_one_row_on_a_narrow_phone(site, visit, language):
    page = visit(language, viewport=NARROW["320 px"])
    page.goto(site.text("article with every block", language).url)
    page.locator(".gallery-open").first.click()
    for name, context in (("Previous", "viewer"), ("Next", "viewer"), ("Close", "")):
        expect(page.get_by_role("button", name=translated(name, language, context), exact=True)).to_be_visible()
    boxes = [button.bounding_box() for button in page.locator(".viewer-button").all()]
    assert len({box["y"] for box in boxes}) == 1
    assert all(min(box["width"], box["height"]) >= 44 for box in boxes)


RED_DOTS = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`.meta > span { color: transparent }
        .meta > span::before, .meta > span::after { color: #f00 }`);
    document.adoptedStyleSheets = [sheet];
}"""


def has_dots(facts: Locator, width: str) -> bool:
    """Whether a separator dot is visible if the element has this width. Only dots are red."""
    facts.evaluate("(facts, width) => (facts.style.width = width)", width)
    with Image.open(io.BytesIO(facts.screenshot())) as picture:
        colours = picture.convert("RGB").getcolors(1 << 20)
    return any(red > 180 and green < 120 for _count, (red, green, _blue) in colours)


def test_separator_dot_is_never_at_the_start_or_end_of_a_line(visit):
    page = visit("fr", viewport=DESKTOP)
    page.goto("/fr/")
    page.evaluate(RED_DOTS)
    facts = page.locator(".meta:has(> span + span)").first
    assert has_dots(facts, "max-content")
    assert not has_dots(facts, "min-content")


def test_gallery_picture_is_visible_at_a_zoom_of_400_percent(site, visit):
    page = visit("fr", viewport={"width": 320, "height": 256})
    page.goto(site.text("article with every block", "fr").url)
    page.locator(".gallery-open").first.click()
    assert page.locator(".viewer-picture").bounding_box()["height"] > 100


def test_large_figure_fits_a_phone_with_large_text(site, visit):
    page = visit("fr", viewport=NARROW["320 px"])
    show_extremes(site, page, "fr")
    apply_setting(page, "text of 200 % on a phone")
    numbers = page.locator(".figures-number").all()
    assert numbers
    for number in numbers:
        box = number.bounding_box()
        assert box["x"] + box["width"] <= page.viewport_size["width"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("viewport", [*NARROW.values(), TABLET, DESKTOP], ids=[*NARROW, "tablet", "desktop"])
def test_page_of_extreme_content_passes_all_checks(site, visit, viewport, language):
    page = visit(language, viewport=viewport, reduced_motion="reduce")
    show_extremes(site, page, language)

    assert page.locator(".is-wide th[scope=row]").count() == 3
    assert page.locator(".card").count() == 60
    assert not layout_errors(page, "tooTall"), layout_errors(page, "tooTall")
    assert not axe_violations(page)


def test_wide_table_exceeds_the_text_column_without_overflow(site, visit):
    page = visit("fr", viewport=DESKTOP)
    show_extremes(site, page, "fr")
    narrow, wide = (page.locator(".table").nth(number).bounding_box() for number in (0, 1))

    assert wide["x"] == narrow["x"], "both have the left edge of the text"
    assert wide["width"] > 1.6 * narrow["width"]
    head = page.locator(".table thead th").first
    page.locator(".table").first.evaluate("table => table.scrollTop = 400")
    assert head.bounding_box()["y"] >= page.locator(".table").first.bounding_box()["y"], "the head stays in view"
    assert page.locator(".table").first.evaluate("table => table.scrollWidth <= table.clientWidth"), "headings wrap"


def test_a_transcript_is_printed(site, visit):
    page = visit("fr")
    page.goto(site.text("article with every block", "fr").url)
    page.emulate_media(media="print")
    assert page.locator(".transcript .rich-text").first.is_visible()


def test_headline_picture_and_text_have_the_same_left_edge(site, visit):
    page = visit("fr", viewport=DESKTOP)
    for name in ("article", "article with every block", "corrected article"):
        page.goto(site.text(name, "fr").url)
        parts = page.locator(".article-title, .article-summary, .article-picture, .article-map, .article-text").all()
        assert len(parts) == 4
        assert len({part.bounding_box()["x"] for part in parts}) == 1, name


def test_latest_news_with_and_without_pictures_have_the_same_left_edge(visit):
    page = visit("fr", viewport=DESKTOP)
    page.goto("/fr/")
    page.locator(".latest .card-title a").first.evaluate("title => (title.textContent = 'Un port')")
    page.locator(".latest .card-picture").first.evaluate("picture => picture.remove()")
    texts = page.locator(".latest .card-text").all()
    assert len(texts) > 1
    assert len({text.bounding_box()["x"] for text in texts}) == 1
