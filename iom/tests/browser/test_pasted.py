"""What is pasted into a text, and the editor does not keep, is told."""

import pytest
from playwright.sync_api import expect

from iom.tests.browser.conftest import translated

pytestmark = pytest.mark.browser

NOTE = "Tables and pictures of the pasted text are not kept here. Add them as blocks, or import the Word file."
EDITOR = ".public-DraftEditor-content"
PASTE = """([selector, html]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", "text");
  document.querySelector(selector).dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
}"""
TABLE = "<table><tr><td>Tchad</td><td>120</td></tr></table>"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_pasted_table_or_picture_is_told_with_the_way_to_the_import(site, signed_in, language):
    page = signed_in("officer", language)
    page.goto(site.text("corrected article", "fr").edit)
    editor, note = page.locator(EDITOR).first, page.locator(".pasted-note")
    editor.click()
    page.evaluate(PASTE, [EDITOR, "<p>Un <b>paragraphe</b>.</p>"])
    expect(editor).to_contain_text("Un paragraphe.")
    expect(note).to_have_count(0)
    for html in ("<p>Un <img src=x></p>", TABLE):
        page.evaluate(PASTE, [EDITOR, f"<p>Après.</p>{html}"])
        expect(note).to_contain_text(translated(NOTE, language))
        assert note.get_by_role("link").get_attribute("href") == "/admin/news/import/"
        page.evaluate(PASTE, [EDITOR, html])
        expect(note).to_have_count(1)
        note.evaluate("note => note.remove()")
