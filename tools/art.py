"""Draws the icons, the social cards of pages without a picture, and the demonstration's documents (`make art`).

Each language has a card for each kind of article and one for all other pages. Each file in tools/documents/ becomes a
PDF. Needs Chromium, and the fonts P052 and Noto for the same letters everywhere (Debian: fonts-urw-base35,
fonts-noto-core).
"""

import os
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import django
from django.conf import settings
from django.utils.translation import gettext, override
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from iom import languages

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "static" / "img"
DOCUMENTS = ROOT / "iom" / "demo" / "content" / "documents"
CARD = {"width": 1200, "height": 630}  # pixels; the format that readers of Open Graph crop least
ICONS = {"apple-touch-icon": 180, "icon-192": 192, "icon-512": 512}
PAGE = """<!doctype html><html dir="{direction}"><meta charset="utf-8"><style>
  body {{ margin: 0; display: flex; flex-direction: column; justify-content: space-between; box-sizing: border-box;
    width: 1200px; height: 630px; padding: 72px 80px; background: #062f6b; color: #fff; font-family: P052, serif;
    border-inline-start: 24px solid #9cc3ff }}
  .mark {{ display: flex; align-items: center; font-size: 34px; line-height: 1.2 }}
  b {{ margin-inline-end: 28px; padding-inline-end: 28px; border-inline-end: 2px solid #9cc3ff; font-size: 84px }}
  .kind {{ font-size: 88px; font-weight: 700; line-height: 1.12; letter-spacing: -.01em; max-width: 1000px }}
</style><div class="mark"><b>{acronym}</b><span>{name}</span></div><div class="kind">{title}</div>"""
ICON = """<!doctype html><style>body {{ margin: 0 }} svg {{ display: block; width: {size}px; height: {size}px }}</style>{svg}"""


def cards() -> Iterator[tuple[str, str]]:
    """Yields the file name and the HTML of each card."""
    from newsroom.models import NewsArticle

    for language, _name in settings.LANGUAGES:
        with override(language):
            words = {"acronym": gettext("IOM"), "name": gettext("International Organization for Migration")}
            words["direction"] = languages.direction(language)
            for kind in NewsArticle.Kind:
                yield f"{kind.value}-{language}", PAGE.format(title=kind.label, **words)
            yield f"site-{language}", PAGE.format(title=words["name"], **(words | {"name": ""}))


def draw(browser: Browser, html: str, size: dict[str, int]) -> Image.Image:
    page = browser.new_page(viewport=size)
    page.set_content(html)
    picture = Image.open(BytesIO(page.screenshot()))
    page.close()
    return picture


def print_documents(browser: Browser) -> None:
    for source in sorted((ROOT / "tools" / "documents").glob("*.html")):
        page = browser.new_page()
        page.goto(source.as_uri())
        page.pdf(path=DOCUMENTS / f"{source.stem}.pdf", prefer_css_page_size=True, print_background=True, tagged=True)
        page.close()


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iom.settings.test")
    django.setup()
    (IMAGES / "cards").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        for name, html in cards():
            picture = draw(browser, html, CARD).convert("RGB").quantize(24)
            picture.save(IMAGES / "cards" / f"{name}.png", optimize=True)
        icon = (IMAGES / "favicon.svg").read_text()
        for name, side in ICONS.items():
            square = icon.replace(' rx="4"', "")  # the device rounds it in its own way
            picture = draw(browser, ICON.format(size=side, svg=square), {"width": side, "height": side})
            picture.convert("RGB").quantize(16).save(IMAGES / f"{name}.png", optimize=True)
        small = draw(browser, ICON.format(size=48, svg=icon), {"width": 48, "height": 48})
        small.save(IMAGES / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])
        print_documents(browser)
        browser.close()


if __name__ == "__main__":
    main()
