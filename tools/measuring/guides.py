"""The pictures of the guides in static/img/guides/: the translation desk and the editor in use, `<screen>-<language>.webp`.

Translators work into the language that they work in: the English admin shows French texts that become English. A press
officer writes in it.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from iom.tests.addresses import LANGUAGES
from iom.tests.serving import LOCALES, PASSWORD, ROOT, Site

FOLDER = ROOT / "static" / "img" / "guides"
SIDEBAR, WIDTH = 200, 960  # CSS pixels: Wagtail's menu, and what is kept beside it
HEIGHTS = {"desk": 420, "editor": 760, "changes": 580, "publish": 460, "question": 520}
SETTLED = 1000  # milliseconds until panels have opened
SCALE = 1.25  # pictures are 1200 pixels wide
QUALITY = 45
LIMIT = 60 * 1024
IN_PROGRESS = {"fr": "clinic-night-shift", "en": "public-letter-writers"}
OUT_OF_DATE = {"fr": "fair-recruitment-model-clauses", "en": "bridging-classes"}
PUBLISHED = {"fr": "mobile-clinics-bogota", "en": "fair-recruitment-model-clauses"}  # originals, translated
# Originals with a question: about a French one by the demonstration, about an English one by the translator above
ASKED = {"fr": "public-letter-writers", "en": "clinic-night-shift"}
OTHER = {"fr": "en", "en": "fr"}
# The demonstration has a text out of date in English; here is one in French.
CHANGE = """
from wagtail.models import Page

page = Page.objects.get(pk={pk}).specific.get_latest_revision_as_object()
page.summary = page.summary.replace("four States", "five States").replace("twelve", "fourteen")
page.save_revision(user=page.owner).publish(user=page.owner)
"""
BEGUN = {
    "title": "Quatre postes de santé ouverts la nuit raccourcissent l’attente des futures mères",
    "question": "« Health posts » : des dispensaires, ou des postes plus petits ?",
}


def take(browser: Browser, site: Site) -> list[Path]:
    """Replaces all of them; gives those that are larger than LIMIT."""
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
        begin(page, in_progress)
    open_screen(page, "desk", "/admin/translation/desk/")
    keep(page, "desk", language)
    open_screen(page, "editor", in_progress)
    keep(page, "editor", language)
    open_screen(page, "changes", site.text(OUT_OF_DATE[language], language).edit)
    page.locator(".translation-row--missing").first.evaluate("row => row.scrollIntoView({ block: 'center' })")
    keep(page, "changes", language)


def officer(page: Page, site: Site, language: str) -> None:
    """The buttons of an article that is translated, and a question about one."""
    open_screen(page, "publish", site.text(PUBLISHED[language], language).edit)
    page.locator("footer [name=action-publish]").first.wait_for()
    keep(page, "publish", language)
    open_screen(page, "question", site.text(ASKED[language], OTHER[language]).edit)
    page.locator(".desk-question--open").first.evaluate("asked => asked.scrollIntoView({ block: 'center' })")
    keep(page, "question", language)


def open_screen(page: Page, name: str, address: str) -> None:
    page.set_viewport_size({"width": SIDEBAR + WIDTH, "height": HEIGHTS[name]})
    page.goto(address)


def begin(page: Page, address: str) -> None:
    """Claimed, with a title and a question about the summary."""
    page.goto(address)
    with page.expect_navigation():
        page.locator(".translation-claim [type=submit]").click()
    row = page.locator("[data-segment]").first
    row.locator("[data-target]").fill(BEGUN["title"])
    row.locator("[data-target]").blur()
    page.locator("[data-segment]:not(.translation-row--missing)").first.wait_for()
    asked = page.locator("[data-segment]").nth(1)
    asked.locator("summary").first.click()
    asked.locator("[name=text]").fill(BEGUN["question"])
    asked.locator("form [type=submit]").click()
    asked.locator(".desk-question").wait_for()


def keep(page: Page, name: str, language: str) -> None:
    page.wait_for_load_state("load")  # screens on which one edits are never idle
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(SETTLED)
    clip = {"x": SIDEBAR, "y": 0, "width": WIDTH, "height": HEIGHTS[name]}
    with Image.open(BytesIO(page.screenshot(clip=clip))) as picture:
        picture.save(FOLDER / f"{name}-{language}.webp", quality=QUALITY, method=6)
