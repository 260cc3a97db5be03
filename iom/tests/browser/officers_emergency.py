"""The steps of the guide for press officers on the emergency release and on lines that break."""

from io import BytesIO
from typing import Any

from PIL import Image
from playwright.sync_api import expect

from iom.tests.browser.guided import Section, press, see
from iom.tests.browser.test_unsaved import open_form, type_unsaved

WORDS = {
    "fr": ("Un communiqué écrit en urgence", "Deux phrases.", "Le texte."),
    "en": ("A release written in an emergency", "Two sentences.", "The text."),
}


def release(day: Any, says: Section) -> None:
    page = day.page
    page.goto("/admin/")
    press(page.get_by_role("navigation"), says("Emergency release"))
    for code, words in WORDS.items():
        for name, text in zip(("title", "summary", "text"), words, strict=True):
            page.locator(f"[name={name}_{code}]").fill(text)
    see(page, says("Save as drafts"))
    press(page, says("Check"))
    press(page, says("Publish all texts now"))
    expect(page.locator("[data-published] a[lang]")).to_have_count(2)


def line(day: Any, says: Section) -> None:
    """The line breaks while one writes, and the page is closed."""
    day.open_form(day.page)
    address, context = day.page.url, day.page.context
    page = open_form(context, address)
    context.set_offline(True)
    type_unsaved(page, f"{WORDS[day.language][1]} …")
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    press(page, says("Save it as a draft"))
    expect(page.locator("[name=summary]")).to_have_value(f"{WORDS[day.language][1]} …")
    page.goto("/admin/images/add/")
    picture = BytesIO()
    Image.effect_noise((3000, 2000), 90).convert("RGB").save(picture, "JPEG", quality=95)
    page.locator("input[type=file]").set_input_files(
        {"name": "large.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    )
    press(page, says("Send originals"))
    page.evaluate("localStorage.clear()")
    page.close()
