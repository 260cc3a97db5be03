"""Takes the screenshots of the guides, static/img/guides/`<screen>-<language>.webp`: translation desk and editor in use.

In the English admin, a translator translates French texts into English, and a press officer writes in English; in the
French admin, the reverse.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from iom.tests.addresses import LANGUAGES
from iom.tests.serving import LOCALES, PASSWORD, ROOT, Site

FOLDER = ROOT / "static" / "img" / "guides"
SIDEBAR, WIDTH = 200, 960  # CSS pixels: Wagtail's menu, and the part beside it that is saved
HEIGHTS = {"desk": 420, "editor": 760, "changes": 580, "publish": 460, "question": 520}
SETTLED = 1000  # milliseconds until panels have opened
SCALE = 1.25  # pictures are 1200 pixels wide
QUALITY = 45
LIMIT = 60 * 1024
IN_PROGRESS = {"fr": "clinic-night-shift", "en": "public-letter-writers"}
OUT_OF_DATE = {"fr": "fair-recruitment-model-clauses", "en": "bridging-classes"}
PUBLISHED = {"fr": "mobile-clinics-bogota", "en": "fair-recruitment-model-clauses"}  # originals, translated
# Originals with a question: the French one is asked by the demonstration, the English one by `translator`
QUESTIONED = {"fr": "public-letter-writers", "en": "clinic-night-shift"}
OTHER = {"fr": "en", "en": "fr"}
# The demonstration has an outdated translation in English only. This makes one in French.
CHANGE = """
from wagtail.models import Page

page = Page.objects.get(pk={pk}).specific.get_latest_revision_as_object()
page.summary = page.summary.replace("four States", "five States").replace("twelve", "fourteen")
page.save_revision(user=page.owner).publish(user=page.owner)
"""
NEW_TEXTS = {
    "title": "Quatre postes de santé ouverts la nuit raccourcissent l’attente des futures mères",
    "question": "« Health posts » : des dispensaires, ou des postes plus petits ?",
}


def take_screenshots(browser: Browser, site: Site) -> list[Path]:
    """Replaces all screenshots. Returns those that are larger than LIMIT."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    site.shell(CHANGE.format(pk=site.text(OUT_OF_DATE["fr"], "en").pk))
    for language in LANGUAGES:
        options = {
            "base_url": site.url,
            "locale": LOCALES[language],
            "timezone_id": "Europe/Zurich",
            "viewport": {"width": SIDEBAR + WIDTH, "height": max(HEIGHTS.values())},
            "device_scale_factor": SCALE,
            "reduced_motion": "reduce",
        }
        for account, photograph in ((f"translator.{language}", translator), ("officer", officer)):
            with browser.new_context(**options) as context:
                page = context.new_page()
                sign_in(page, account)
                photograph(page, site, language)
    return [picture for picture in FOLDER.glob("*.webp") if picture.stat().st_size > LIMIT]


def sign_in(page: Page, account: str) -> None:
    page.goto("/admin/login/")
    page.locator("input[name=login]").fill(f"{account}@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator(".password-form button[type=submit]").click()
    page.wait_for_url("**/admin/")


def translator(page: Page, site: Site, language: str) -> None:
    in_progress = site.text(IN_PROGRESS[language], language).edit
    if language == "fr":
        begin_translation(page, in_progress)
    open_screen(page, "desk", "/admin/translation/desk/")
    save_screenshot(page, "desk", language)
    open_screen(page, "editor", in_progress)
    save_screenshot(page, "editor", language)
    open_screen(page, "changes", site.text(OUT_OF_DATE[language], language).edit)
    page.locator(".translation-row--missing").first.evaluate("row => row.scrollIntoView({ block: 'center' })")
    save_screenshot(page, "changes", language)


def officer(page: Page, site: Site, language: str) -> None:
    """Takes the buttons of a translated article, and a question about an article."""
    open_screen(page, "publish", site.text(PUBLISHED[language], language).edit)
    page.locator("footer [name=action-publish]").first.wait_for()
    save_screenshot(page, "publish", language)
    open_screen(page, "question", site.text(QUESTIONED[language], OTHER[language]).edit)
    page.locator(".desk-question--open").first.evaluate("question => question.scrollIntoView({ block: 'center' })")
    save_screenshot(page, "question", language)


def open_screen(page: Page, name: str, address: str) -> None:
    page.set_viewport_size({"width": SIDEBAR + WIDTH, "height": HEIGHTS[name]})
    page.goto(address)


def begin_translation(page: Page, address: str) -> None:
    """Claims a translation, translates the title, and asks a question about the summary."""
    page.goto(address)
    with page.expect_navigation():
        page.locator(".translation-claim [type=submit]").click()
    row = page.locator("[data-segment]").first
    row.locator("[data-target]").fill(NEW_TEXTS["title"])
    row.locator("[data-target]").blur()
    page.locator("[data-segment]:not(.translation-row--missing)").first.wait_for()
    segment = page.locator("[data-segment]").nth(1)
    segment.locator("summary").first.click()
    segment.locator("[name=text]").fill(NEW_TEXTS["question"])
    segment.locator("form [type=submit]").click()
    segment.locator(".desk-question").wait_for()


def save_screenshot(page: Page, name: str, language: str) -> None:
    page.wait_for_load_state("load")  # editing screens never become idle
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(SETTLED)
    clip = {"x": SIDEBAR, "y": 0, "width": WIDTH, "height": HEIGHTS[name]}
    with Image.open(BytesIO(page.screenshot(clip=clip))) as picture:
        picture.save(FOLDER / f"{name}-{language}.webp", quality=QUALITY, method=6)
