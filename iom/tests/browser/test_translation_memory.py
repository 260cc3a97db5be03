"""The translation memory by keyboard: insert a match, undo, confirm filled passages, search."""

import json
import re

import pytest
from playwright.sync_api import expect

from iom.tests.browser.conftest import PHONE, translated
from iom.tests.browser.desk_users import OTHER_LANGUAGE

pytestmark = pytest.mark.browser

SAME, CLOSE, FIGURE = (
    "The river port of Kura has opened again.",
    "It feeds 4,500 families.",
    "It feeds 6,200 families.",
)
TARGET, CLOSE_TARGET = "Le port de Koura a rouvert.", "Il nourrit 4 500 familles."
PREPARE = """
import json
from iom.tests.factories import ArticleFactory
from iom.translation.models import TranslationState
from iom.translation.tests.desk import body, publish, remember
from iom.translation.tests.screen import segment
from iom.translation.workflow import writing

def article(title, *texts):
    article = ArticleFactory(title=title, summary=f"Summary of {{title}}.", body=body(*texts), language="{source}")
    article.save_revision().publish()
    return TranslationState.objects.get(original=article.pk, locale__language_code="{target}")

known = article("A known text ({target})", {same!r}, {close!r})
for path, text in {{"title": "Un texte connu", "summary": "Résumé.", "body.0": {t!r}, "body.1": {ct!r}}}.items():
    writing.write(known, segment(known, path), text, None)
publish(known)
remember()
new = article("A new text ({target})", {same!r}, {figure!r})
print(json.dumps([new.page_id, *(segment(new, path).pk for path in ("title", "body.0", "body.1"))]))
"""

# A colleague has the passage translated by machine.
FILL = """
from wagtail_localize.models import StringSegment, StringTranslation
from wagtail.models import Locale
row = StringSegment.objects.get(pk={passage})
StringTranslation.objects.create(
    translation_of=row.string, context=row.context, locale=Locale.objects.get(language_code="{target}"),
    data="By machine.", translation_type="machine", tool_name="Machine",
)
"""


@pytest.fixture(params=["fr", "en"])
def desk(request, site, signed_in):
    language = request.param
    texts = {"same": SAME, "close": CLOSE, "figure": FIGURE, "t": TARGET, "ct": CLOSE_TARGET}
    output = site.shell(PREPARE.format(target=language, source=OTHER_LANGUAGE[language], **texts))
    page, *passages = json.loads(output.splitlines()[-1])
    browser = signed_in(f"translator.{language}", language)
    browser.goto(f"/admin/pages/{page}/edit/")
    return browser, language, [browser.locator(f"#segment-{pk}") for pk in passages]


def test_the_memory_is_used_without_a_mouse(desk):
    page, language, (_title, same, close) = desk

    def label(text):
        return translated(text, language)

    expect(same).to_contain_text(label("To confirm"))
    expect(same).to_contain_text("Un texte connu")
    expect(page.locator("[data-obstacles]")).to_contain_text("1")
    same.locator("[data-target]").focus()
    page.keyboard.press("Control+Enter")
    expect(same.locator("[data-filled]")).to_be_hidden()
    expect(same.locator("[data-row-state]")).to_be_hidden()

    area = close.locator("[data-target]")
    area.focus()
    offers = close.get_by_role("region", name=label("From the memory"))
    expect(offers).to_contain_text("4,500")
    expect(offers.locator("del").first).to_have_text("4,500")
    score = offers.locator(".translation-offers__score").text_content()
    assert re.fullmatch({"en": r"\d+%", "fr": r"\d+[\u00a0\u202f]%"}[language], score)
    expect(page.locator("[data-announcer]")).to_contain_text("Alt + 1")
    page.keyboard.press("Alt+Digit1")
    expect(area).to_have_value(CLOSE_TARGET)
    close.get_by_role("button", name=label("Restore the previous text")).press("Enter")
    expect(area).to_have_value("")
    offers.get_by_role("button", name=re.compile(label("Insert"))).press("Enter")
    expect(area).to_have_value(CLOSE_TARGET)
    area.press("End")
    area.fill(CLOSE_TARGET.replace("4 500", "6 200"))
    page.keyboard.press("Control+Enter")
    expect(close.locator("[data-status]")).to_have_text(label("Saved"))


def test_match_that_arrived_without_the_focus_is_announced_with_the_focus(desk):
    page, _language, (_title, _same, close) = desk
    elsewhere = page.locator("[data-text-checks] summary")
    page.route("**/offers/**", lambda route: (elsewhere.focus(), route.continue_()))
    close.locator("[data-target]").focus()
    expect(close.locator(".translation-offers")).to_be_attached()
    expect(page.locator("[data-announcer]")).not_to_contain_text("Alt + 1")
    close.locator("[data-target]").focus()
    expect(page.locator("[data-announcer]")).to_contain_text("Alt + 1")


def test_memory_is_queried_again_after_an_error(desk):
    page, _language, (_title, _same, close) = desk
    page.route("**/offers/**", lambda route: route.fulfill(status=503), times=1)
    close.locator("[data-target]").focus()
    expect(page.locator("[data-announcer]")).to_contain_text("Alt + 1")


def test_all_passages_are_confirmed_at_once_and_undone(desk):
    page, language, (_title, same, _close) = desk
    form = page.locator("[data-unconfirmed-all]")
    form.get_by_role("button", name=translated("Confirm all", language)).press("Enter")
    expect(same.locator("[data-filled]")).to_be_hidden()
    form.get_by_role("button", name=translated("Undo", language)).press("Enter")
    expect(same.locator("[data-filled]")).to_be_visible()
    page.reload()
    expect(same).to_contain_text(translated("To confirm", language))
    form.get_by_role("button", name=translated("Confirm all", language)).press("Enter")
    expect(form).to_contain_text(translated("Confirmed.", language))
    page.reload()
    expect(same.locator("[data-filled]")).to_have_count(0)
    expect(form).to_be_hidden()


def test_a_passage_that_is_filled_in_meanwhile_is_not_confirmed_unread(site, desk):
    page, language, (title, same, close) = desk
    passage = close.get_attribute("data-segment")
    site.shell(FILL.format(passage=passage, target=language))
    form = page.locator("[data-unconfirmed-all]")
    form.get_by_role("button", name=translated("Confirm all", language)).press("Enter")
    expect(same.locator("[data-filled]")).to_be_hidden()
    page.reload()
    expect(close).to_contain_text(translated("To confirm", language))
    expect(same.locator("[data-filled]")).to_have_count(0)
    expect(title).not_to_contain_text(translated("To confirm", language))


def test_memory_is_searched_in_the_editor_and_on_its_page(desk):
    page, _language, _passages = desk
    page.set_viewport_size(PHONE)
    page.locator("[data-concordance] summary").press("Enter")
    page.locator("#memory-query").fill("“port de Koura”")
    page.keyboard.press("Enter")
    result = page.locator("[data-concordance-results] li").first
    expect(result).to_contain_text(SAME)
    expect(result.locator("mark").first).to_have_text("port")
    page.goto("/admin/translation/memory/?q=Koura")
    expect(page.locator(".memory-result").first).to_contain_text(TARGET)
    expect(page.get_by_role("link", name="Un texte connu").first).to_be_visible()
