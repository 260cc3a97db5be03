"""The translation editor loses no text: buttons, lost connections, reloads."""

import pytest
from playwright.sync_api import Page, expect

from iom.tests.browser.conftest import DESKTOP, PHONE, translated
from iom.tests.browser.test_editor import new_article

pytestmark = pytest.mark.browser

IN_PROGRESS = """
from iom.translation.models import TranslationState
print(TranslationState.objects.filter(step="{step}", locale__language_code="en").values_list("page", flat=True)[0])
"""


def open_editor(site, translator: Page, step: str) -> None:
    translator.goto(f"/admin/pages/{int(site.shell(IN_PROGRESS.format(step=step)))}/edit/")


def passages(translator: Page):
    return translator.locator("[data-segment]").filter(has=translator.locator("[data-target]"))


@pytest.fixture
def translator(signed_in):
    return signed_in("translator.en")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_copied_original_is_not_saved_and_previous_text_is_restored(site, translator, viewport):
    translator.set_viewport_size(viewport)
    open_editor(site, translator, "in-progress")
    progress = translator.locator("[data-progress]").inner_text()
    row = passages(translator).first
    area, before = row.locator("[data-target]"), row.locator("[data-target]").input_value()
    assert before
    row.locator("[data-copy-source]").focus()
    translator.keyboard.press("Enter")
    expect(area).not_to_have_value(before)
    expect(area).to_be_focused()
    translator.wait_for_timeout(2500)  # longer than the delay before a passage is saved
    expect(row.locator("[data-status]")).to_have_text(translated(INSERTED))
    expect(translator.locator("[data-progress]")).to_have_text(progress)
    translator.reload()
    expect(area).not_to_have_value(before)
    expect(row.locator("[data-status]")).to_have_text(translated(INSERTED))
    row.locator("[data-undo]").focus()
    translator.keyboard.press("Enter")
    expect(area).to_have_value(before)
    translator.reload()
    expect(area).to_have_value(before)
    expect(translator.locator("[data-progress]")).to_have_text(progress)


INSERTED = "Text inserted, not saved yet. Change it or save it as it is."


def test_still_accurate_disappears_when_the_passage_is_rewritten(site, translator):
    open_editor(site, translator, "out-of-date")
    row = passages(translator).filter(has=translator.locator("[data-still-accurate]:visible")).first
    number = row.get_attribute("id")
    row = translator.locator(f"#{number}")
    row.locator("[data-target]").press_sequentially("Rewritten")
    expect(row.locator("[data-still-accurate]")).to_be_hidden()
    row.locator("[data-target]").blur()
    expect(row.locator("[data-status]")).to_have_text(translated("Saved"))
    translator.reload()
    expect(row.locator("[data-target]")).to_have_value("Rewritten")
    expect(row.locator("[data-still-accurate]")).to_be_hidden()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_form_sent_without_a_connection_keeps_its_text(site, signed_in, language):
    translator = signed_in("translator.en", language)
    open_editor(site, translator, "in-progress")
    area = passages(translator).first.locator("[data-target]")
    before = area.input_value()
    translator.context.set_offline(True)
    area.fill("Typed without a connection")
    translator.locator("footer button[value=save]").click()
    notice = translator.locator("[data-notice]")
    expect(notice).to_have_text(
        translated(
            "No connection. Nothing has been sent. Your text is kept here: save again when the connection is back.",
            language,
        )
    )
    expect(area).to_have_value("Typed without a connection")
    translator.context.set_offline(False)
    translator.locator("footer button[value=save]").click()
    translator.wait_for_load_state()
    expect(area).to_have_value("Typed without a connection")
    area.fill(before)
    translator.locator("footer button[value=save]").click()
    expect(area).to_have_value(before)


def test_question_is_typed_into_its_field(site, translator):
    open_editor(site, translator, "in-progress")
    row = passages(translator).nth(1)
    row.locator(".desk-question__form summary").focus()
    translator.keyboard.press("Enter")
    translator.keyboard.type("p ? What is meant?")
    expect(row.locator(".desk-question__form textarea")).to_have_value("p ? What is meant?")


def test_reason_for_refused_publication_disappears_when_resolved(site, translator):
    open_editor(site, translator, "out-of-date")
    translator.locator("button[value=action-publish]").click()
    refusal = translator.locator(".messages .translation-refusal")
    expect(refusal).to_be_visible()
    area = translator.locator(".translation-row--missing [data-target]").first
    area.fill("Words.")
    area.blur()
    expect(refusal).to_have_count(0)


def test_form_of_a_new_article_logs_no_error(site, signed_in):
    officer, errors = signed_in("officer"), []
    officer.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    officer.on("pageerror", lambda error: errors.append(str(error)))
    new_article(officer, site)
    officer.locator("[name=title]").press_sequentially("Un titre")
    officer.locator("[name=summary]").press_sequentially("Un résumé")
    officer.wait_for_timeout(2000)  # until Wagtail's autosave starts after a pause in typing
    with officer.expect_response(lambda answer: "_w_hydrate_create_view" in answer.url):
        officer.locator("[name=title]").press_sequentially(" neuf")
    panel = officer.locator("[data-side-panel=translation]")
    officer.locator("[data-side-panel-toggle=translation]").click()
    expect(panel.get_by_role("button", name=translated("Submit for translation"))).to_be_visible()
    assert errors == []


def test_typed_keywords_survive_a_reload_until_they_are_saved(site, translator):
    dialogs = []
    translator.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.accept()))
    open_editor(site, translator, "in-progress")
    keywords = translator.locator("[name=keywords]")
    before = keywords.input_value()
    keywords.press_sequentially("dykes")
    typed = keywords.input_value()
    translator.reload()
    assert dialogs == ["beforeunload"]
    expect(keywords).to_have_value(typed)
    expect(translator.locator("[data-notice]")).to_have_text(
        translated("The text that you had typed has been restored.")
    )
    translator.locator("footer button[value=save]").click()
    expect(translator.locator(".messages .success")).to_be_visible()
    assert translator.evaluate("Object.keys(localStorage).filter((name) => name.endsWith(':keywords')).length") == 0
    translator.reload()
    expect(keywords).to_have_value(typed)
    keywords.fill(before)
    translator.locator("footer button[value=save]").click()
    expect(keywords).to_have_value(before)


def test_truncated_response_does_not_prevent_saving(site, translator):
    open_editor(site, translator, "in-progress")
    row = passages(translator).first
    area, status = row.locator("[data-target]"), row.locator("[data-status]")
    before = area.input_value()
    segment = "**/segments/*/"
    translator.route(segment, lambda route: route.fulfill(content_type="application/json", body='{"ok": tr'))
    area.fill("Typed on a bad line")
    area.blur()
    expect(status).to_have_text(
        translated("No connection. Your text is kept here, and will be saved when the connection is back.")
    )
    translator.unroute(segment)
    for text in ("Typed on a good one", before):
        area.fill(text)
        area.blur()
        expect(status).to_have_text(translated("Saved"))
