"""`make screenshots`: pictures of every page type, `<page>-<language>-<device>-<scheme>.webp`, and those of the guides."""

from argparse import ArgumentParser
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.text import slugify
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from iom.tests.addresses import LANGUAGES
from iom.tests.browser.page_checks import show_extremes
from iom.tests.serving import CHROMIUM_ARGUMENTS, LOCALES, ROOT, Site, chromium, running
from tools.measuring import guides
from tools.measuring.visits import addresses

FOLDER = ROOT / "docs" / "screenshots"
DEVICES = {
    "phone": {"viewport": {"width": 412, "height": 823}, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}
SCHEMES = ("light", "dark")
SKIPPED = {"article whose contact has left", "newsroom, with a notice", "search"}  # look like other pages
EXTREMES_HEIGHT = 5000  # pixels of the page of extremes; below, it is a list of cards
QUALITY = 22  # of 100; text is sharp enough, and all pictures together stay below LIMIT
LIMIT = 6 * 1024 * 1024  # bytes; the page of extremes alone takes more than one MB


def main(arguments: list[str]) -> int:
    parser = ArgumentParser("make screenshots ARGS=…", description=__doc__)
    parser.add_argument("--to", type=Path, default=FOLDER, help="the folder in which pictures are replaced")
    parser.add_argument("--guides", action="store_true", help="only the pictures of the guides")
    options = parser.parse_args(arguments)
    if chromium() is None:
        print("This needs Chromium. On Debian: apt-get install chromium")
        return 1
    if not options.guides:
        options.to.mkdir(parents=True, exist_ok=True)
        for old in options.to.glob("*.webp"):
            old.unlink()
    with TemporaryDirectory() as folder, running(Path(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGUMENTS)
        if not options.guides:
            for language in LANGUAGES:
                for device in DEVICES:
                    photograph(browser, site, language, device, options.to)
        too_large = guides.take_screenshots(browser, site)
        browser.close()
    print(f"The guides' pictures are in {guides.FOLDER}")
    if too_large:
        print(f"These are more than {guides.LIMIT // 1024} KB: {too_large}")
        return 1
    if options.guides:
        return 0
    pictures = list(options.to.glob("*.webp"))
    size = sum(picture.stat().st_size for picture in pictures)
    print(f"{len(pictures)} pictures, {size / 1024 / 1024:.1f} MB, in {options.to}")
    if size > LIMIT:
        print(f"That is more than {LIMIT // 1024 // 1024} MB: lower QUALITY.")
        return 1
    return 0


def photograph(browser: Browser, site: Site, language: str, device: str, folder: Path) -> None:
    """Takes every page in one language on one device, in both schemes, and the open menu."""

    def keep(name: str, path: str, prepare: Callable[[Page], None] = lambda page: None) -> None:
        page.goto(site.url + path, wait_until="networkidle")
        prepare(page)
        save(name)

    def save(name: str, **options: Any) -> None:
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            with Image.open(BytesIO(page.screenshot(**options))) as picture:
                picture.save(folder / f"{slugify(name)}-{language}-{device}-{scheme}.webp", quality=QUALITY, method=6)

    options = DEVICES[device] | {
        "locale": LOCALES[language],
        "timezone_id": "Europe/Zurich",
        "reduced_motion": "reduce",
    }
    with browser.new_context(**options) as context:
        page = context.new_page()
        pages = addresses(site, language)
        for name in pages:
            if name not in SKIPPED:
                keep(name, pages[name])
        keep("menu", pages["section"], open_menu)
        show_extremes(site, page, language)
        width = DEVICES[device]["viewport"]["width"]
        save("extremes", full_page=True, clip={"x": 0, "y": 0, "width": width, "height": EXTREMES_HEIGHT})


def open_menu(page: Page) -> None:
    """Opens the menu and its first panel."""
    button = page.locator("[popovertarget=menu]:visible")
    if button.count():
        button.click()
    page.locator("#menu summary").first.click()
