"""Steps of the guide for press officers: emergency releases and lost connections."""

from io import BytesIO
from typing import Any

from PIL import Image
from playwright.sync_api import expect

from iom.tests.browser.guide_runner import Section, press, see
from iom.tests.browser.test_unsaved import open_form, type_unsaved

WORDS = {
    "fr": ("Un communiqué écrit en urgence", "Deux phrases.", "Le texte."),
    "en": ("A release written in an emergency", "Two sentences.", "The text."),
}


def release(session: Any, label: Section) -> None:
    page = session.page
    page.goto("/admin/")
    press(page.get_by_role("navigation"), label("Emergency release"))
    for code, words in WORDS.items():
        for name, text in zip(("title", "summary", "text"), words, strict=True):
            page.locator(f"[name={name}_{code}]").fill(text)
    see(page, label("Save as drafts"))
    press(page, label("Check"))
    press(page, label("Publish all texts now"))
    expect(page.locator("[data-published] a[lang]")).to_have_count(2)


def lost_connection(session: Any, label: Section) -> None:
    """The connection is lost during typing, and the page is closed."""
    session.open_form(session.page)
    address, context = session.page.url, session.page.context
    page = open_form(context, address)
    context.set_offline(True)
    type_unsaved(page, f"{WORDS[session.language][1]} …")
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    press(page, label("Save it as a draft"))
    expect(page.locator("[name=summary]")).to_have_value(f"{WORDS[session.language][1]} …")
    page.goto("/admin/images/add/")
    picture = BytesIO()
    Image.effect_noise((3000, 2000), 90).convert("RGB").save(picture, "JPEG", quality=95)
    page.locator("input[type=file]").set_input_files(
        {"name": "large.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    )
    press(page, label("Send originals"))
    page.evaluate("localStorage.clear()")
    page.close()
