"""Keyboard shortcuts of the translation editor, and the dialog that lists them."""

import re
import time

import pytest
from django.utils import translation
from playwright.sync_api import expect

from iom.tests.browser.conftest import translated
from iom.tests.browser.test_translators_unsaved import open_editor, passages
from iom.tests.serving import ROOT
from iom.translation.editor.shortcuts import SHORTCUTS, localized_shortcuts

pytestmark = pytest.mark.browser


@pytest.fixture
def translator(site, signed_in):
    page = signed_in("translator.en")
    open_editor(site, page, "in-progress")
    return page


def save_as_editor(site, signed_in, text):
    """Saves `text` in the first passage as an editor. Returns the row in the window of the editor."""
    page = signed_in("editor")
    open_editor(site, page, "in-progress")
    row = passages(page).first
    row.locator("[data-target]").fill(text)
    row.locator("[data-target]").blur()
    expect(row.locator("[data-status]")).to_have_text("Enregistré")
    return row


def test_the_dialog_lists_every_key(translator):
    script = (ROOT / "static/js/admin/translation-keys.js").read_text()
    assert sorted(re.findall(r'^  "(.+?)":', script, re.MULTILINE)) == sorted(keys for _label, keys in SHORTCUTS)
    translator.locator("body").press("?")
    dialog = translator.locator("#keyboard-shortcuts-dialog")
    with translation.override("fr"):
        lines = localized_shortcuts()
    for label, keys in lines:
        expect(dialog.get_by_role("row", name=f"{label} {keys}", exact=True)).to_be_visible()


def test_keys_move_to_the_previous_and_next_passage(translator):
    areas = passages(translator).locator("[data-target]")
    areas.nth(1).focus()
    translator.keyboard.press("Alt+ArrowUp")
    expect(areas.nth(0)).to_be_focused()
    translator.keyboard.press("Alt+ArrowUp")
    expect(areas.nth(0)).to_be_focused()
    translator.keyboard.press("Alt+ArrowDown")
    translator.keyboard.press("Alt+ArrowDown")
    expect(areas.nth(2)).to_be_focused()


def test_keys_format_the_selection_and_restore_the_previous_text(translator):
    row = passages(translator).filter(has=translator.locator("[data-wrap=b]")).first
    area = row.locator("[data-target]")
    area.fill("Two words")
    area.select_text()
    translator.keyboard.press("Control+b")
    expect(area).to_have_value("<b>Two words</b>")
    translator.keyboard.press("Alt+z")
    expect(area).to_have_value("Two words")
    area.select_text()
    translator.keyboard.press("Control+i")
    expect(area).to_have_value("<i>Two words</i>")


def test_formatting_key_changes_nothing_in_a_plain_passage(translator):
    area = passages(translator).first.locator("[data-target]")
    before = area.input_value()
    area.select_text()
    translator.keyboard.press("Control+b")
    expect(area).to_have_value(before)


def test_text_of_another_person_is_kept_and_own_text_restored(site, signed_in, translator):
    save_as_editor(site, signed_in, "Theirs")
    mine = passages(translator).first
    mine.locator("[data-target]").fill("Mine")
    mine.locator("[data-target]").blur()
    expect(mine.locator("[data-error]")).to_be_visible()
    mine.locator("[data-keep-theirs]").click()
    expect(mine.locator("[data-target]")).to_have_value("Theirs")
    expect(mine.locator("[data-error]")).to_be_hidden()
    mine.locator("[data-undo]").click()
    expect(mine.locator("[data-target]")).to_have_value("Mine")
    expect(mine.locator("[data-status]")).to_have_text(translated("Saved"))
    translator.reload()
    expect(mine.locator("[data-target]")).to_have_value("Mine")


def test_text_of_another_person_is_kept_after_the_form_is_sent(site, signed_in, translator):
    """In a browser without storage, so that only the page of the server has both texts."""
    translator.add_init_script("Storage.prototype.setItem = () => { throw new Error('full') }")
    translator.reload()
    save_as_editor(site, signed_in, "Theirs, sent")
    mine = passages(translator).first
    mine.locator("[data-target]").evaluate(
        "area => { area.value = 'Mine, sent' }"
    )  # without an event, so the script does not save it
    with translator.expect_navigation():
        translator.locator("[value=save]").click()
    expect(mine.locator("[data-target]")).to_have_value("Mine, sent")
    mine.locator("[data-keep-theirs]").click()
    expect(mine.locator("[data-target]")).to_have_value("Theirs, sent")
    mine.locator("[data-undo]").click()
    expect(mine.locator("[data-target]")).to_have_value("Mine, sent")


def test_one_press_of_save_does_not_replace_the_text_of_another_person(site, signed_in, translator):
    mine, theirs = passages(translator).first, save_as_editor(site, signed_in, "Theirs, unread")
    # The response to the passage must arrive before that to the form
    translator.route("**/0/", lambda route: (time.sleep(2), route.continue_()))
    mine.locator("[data-target]").fill("Mine, pressed once")
    translator.locator("[value=save]").click()
    expect(mine.locator("[data-error]")).to_be_visible()
    expect(mine.locator("[data-target]")).to_be_focused()
    theirs.page.reload()
    expect(theirs.locator("[data-target]")).to_have_value("Theirs, unread")
    with translator.expect_navigation():  # the second press confirms
        translator.locator("[value=save]").click()
    theirs.page.reload()
    expect(theirs.locator("[data-target]")).to_have_value("Mine, pressed once")
