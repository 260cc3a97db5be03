"""Glossary terms and findings of the checks in the translation editor, by keyboard and mouse."""

import pytest
from playwright.sync_api import expect

from iom.tests.browser.conftest import translated
from iom.tests.browser.test_translators_unsaved import passages

pytestmark = pytest.mark.browser

TEXT = """
from iom.tests.factories import ArticleFactory
from iom.translation.models import Concept, Term, TranslationState
from iom.translation.tests.desk import body
for source, target in (("communauté du fleuve", "river community"), ("agent du port", "port officer")):
    if not Concept.objects.filter(names__name=source).exists():
        names = [Term(language="fr", name=source), Term(language="en", name=target)]
        Concept(status="approved", names=names).save()
words = "Les communautés du fleuve et 25 000 agents du port sont prêts."
article = ArticleFactory(title="Un port", summary="Deux mots.", body=body(words), live=False)
article.save_revision().publish()
print(TranslationState.objects.get(original=article.pk, locale__language_code="en").page_id)
"""


@pytest.fixture
def translator(site, signed_in):
    page = signed_in("translator.en")
    page.goto(f"/admin/pages/{int(site.shell(TEXT))}/edit/")
    return page


def row(page):
    return passages(page).filter(has_text="25 000")


def test_key_inserts_the_terms_in_order_and_undo_restores_the_text(translator):
    area = row(translator).locator("[data-target]")
    area.fill("The  are ready.")
    area.evaluate("area => area.setSelectionRange(4, 4)")
    translator.keyboard.press("Alt+t")
    expect(area).to_have_value("The river community are ready.")
    expect(translator.locator("[data-announcer]")).to_contain_text("river community")
    translator.keyboard.press("Alt+t")
    expect(area).to_have_value("The river communityport officer are ready.")
    translator.keyboard.press("Alt+z")
    expect(area).to_have_value("The river community are ready.")


def test_click_on_a_term_inserts_it_at_the_caret(translator):
    area, passage = row(translator).locator("[data-target]"), row(translator)
    area.fill("We: ")
    passage.locator("mark", has_text="agents du port").click()
    expect(area).to_have_value("We: port officer")
    expect(area).to_be_focused()
    passage.locator("[data-insert]").first.click()
    expect(area).to_have_value("We: port officerriver community")


def test_term_key_changes_nothing_in_a_passage_without_terms(translator):
    area = passages(translator).first.locator("[data-target]")
    area.fill("A port")
    translator.keyboard.press("Alt+t")
    expect(area).to_have_value("A port")


def test_finding_is_resolved_by_keyboard_and_the_text_published(translator):
    for number, text in enumerate(
        ["A port", "Two words.", "The river communities and 26,000 port officers are ready."]
    ):
        passages(translator).nth(number).locator("[data-target]").fill(text)
        translator.keyboard.press("Control+Enter")
    panel = translator.locator("[data-text-checks]")
    panel.locator("summary").focus()
    translator.keyboard.press("Enter")
    finding = panel.locator(".text-check-error")
    expect(finding).to_contain_text("26,000")
    expect(translator.locator("[data-obstacles]")).to_contain_text("26,000")
    finding.locator(".text-check-show").focus()
    translator.keyboard.press("Enter")
    area = row(translator).locator("[data-target]")
    expect(area).to_be_focused()
    finding.locator("[data-intend]").focus()
    translator.keyboard.press("Enter")
    intended = panel.locator(".text-check-intended")
    expect(intended).to_contain_text(translated("Intended: %(name)s, %(when)s").partition("%")[0])
    expect(translator.locator("[data-obstacles]")).to_be_hidden()
    expect(intended.locator("[data-undo-intended]")).to_be_focused()
    translator.keyboard.press("Enter")
    expect(translator.locator("[data-obstacles]")).to_contain_text("26,000")
    area.fill("The river communities and 25,000 port officers are ready.")
    area.press("Control+Enter")
    expect(panel.locator(".text-check-error")).to_have_count(0)
    area.press("Control+Shift+Enter")
    expect(translator.locator(".messages")).to_contain_text("A port")
    expect(translator.locator(".messages .success")).to_be_visible()


def test_findings_keep_the_focus_when_the_text_is_checked_again(translator):
    row(translator).locator("[data-target]").fill("The river communities and 26,000 port officers are ready.")
    translator.keyboard.press("Control+Enter")
    panel = translator.locator("[data-text-checks]")
    panel.locator("summary").click()
    intend = panel.locator(".text-check-error", has_text="26,000").locator("[data-intend]")
    intend.focus()
    translator.evaluate("""() => {
        const [area] = document.querySelectorAll("[data-target]");
        area.value = "27 ports";
        area.dispatchEvent(new Event("input", { bubbles: true }));
    }""")
    expect(panel.locator(".text-checks-list")).to_contain_text("27")
    expect(intend).to_be_focused()


def test_focus_stays_where_it_is_when_a_passage_is_saved(translator):
    summary = translator.locator("[data-text-checks] summary")
    translator.route("**/segments/*/", lambda route: (summary.focus(), route.continue_()))
    row(translator).locator("[data-target]").fill("The river communities and 25,000 port officers are ready.")
    translator.keyboard.press("Control+Enter")
    expect(row(translator).locator("[data-status]")).to_have_text(translated("Saved"))
    expect(summary).to_be_focused()
