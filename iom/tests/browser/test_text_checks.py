"""Findings of the text checks beside the form: they follow the text, lead to the field and correct typography."""

import re

import pytest
from playwright.sync_api import expect

from iom.tests.browser.conftest import DESKTOP, PHONE, translated
from iom.tests.browser.desk_users import RICH_TEXT
from iom.tests.browser.test_editor import add_block, message, new_article, publish, write_article

pytestmark = pytest.mark.browser


def findings(page):
    return page.locator("[data-text-checks] .text-check")


def open_panel(page):
    page.locator("[data-side-panel-toggle=checks]").click()
    expect(page.locator("[data-text-checks]")).to_be_visible()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_findings_follow_the_text_and_lead_to_their_fields(site, signed_in, language):
    page = signed_in("officer", language)
    new_article(page, site, language)
    open_panel(page)
    page.locator("[name=title]").fill("Un pont rouvre")
    contact = findings(page).filter(
        has_text=translated("Choose a media contact: a press release says whom to ask.", language)
    )
    expect(contact).to_have_count(1)
    undated = findings(page).filter(has_text={"fr": "hier", "en": "yesterday"}[language])
    expect(undated).to_have_count(0)

    page.locator("[name=summary]").fill(
        {"fr": "Le pont a rouvert hier.", "en": "The bridge reopened yesterday."}[language]
    )
    expect(undated).to_have_count(1)
    undated.locator(".text-check-show").click()
    expect(page.locator("[name=summary]")).to_be_focused()

    contact.locator(".text-check-show").click()
    expect(page.locator("#id_contacts-search")).to_be_visible()
    expect(page.locator("footer .text-checks-count")).to_contain_text(re.compile(r"\d"))


def test_one_click_sets_typography_right_and_bold_words_stay_bold(site, signed_in):
    page = signed_in("officer")
    new_article(page, site)
    open_panel(page)
    page.locator("[name=title]").fill("Qui vient ?")
    paragraph = add_block(page, "Paragraph")
    text = page.locator(f"[data-contentpath]:has([name={paragraph}]) {RICH_TEXT}").last
    text.click()
    expect(text).to_be_focused()
    page.keyboard.type("Elle dit ")
    page.keyboard.press("Control+b")
    page.keyboard.type('"oui"')
    page.keyboard.press("Control+b")
    page.keyboard.type(" ! L'eau monte.")
    expect(findings(page).filter(has_text="Typographie")).to_have_count(2)

    page.locator("[data-text-checks-fix-all]").click()

    expect(page.locator("[name=title]")).to_have_value("Qui vient\u202f?")
    expect(text).to_have_text("Elle dit «\u202foui\u202f»\u202f! L’eau monte.")
    expect(page.locator(f"[name={paragraph}]")).to_have_value(re.compile("BOLD"))
    expect(findings(page).filter(has_text="Typographie")).to_have_count(0)


def test_warning_is_repeated_after_publication_and_leads_to_its_field(site, signed_in):
    page = signed_in("officer")
    new_article(page, site)
    write_article(page, "Ils arrivent par le fleuve")
    page.locator("[name=summary]").fill("Le premier bateau est arrivé hier.")
    publish(page)
    expect(message(page).locator(".success")).to_contain_text("Ils arrivent par le fleuve")
    warning = message(page).locator(".warning").get_by_role("link")
    expect(warning).to_have_count(1)
    warning.click()
    expect(page.locator("[name=summary]")).to_be_focused()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_translators_have_the_same_findings_for_their_passages(site, signed_in, viewport):
    page = signed_in("translator.fr", viewport=viewport)
    page.goto(site.text("pacific-coastal-register", "fr").edit)
    passage = page.locator("[data-target]").nth(1)
    before = passage.input_value()
    count = page.locator(".translation-footer .text-checks-count")
    expect(count).to_be_visible()
    count.click()
    finding = findings(page).filter(has_text="hier", has_not_text="Typographie")
    expect(finding).to_have_count(0)
    passage.fill("Le bateau est arrivé hier !")
    passage.blur()
    expect(finding).to_have_count(1)
    page.locator("[data-target]").first.focus()
    finding.locator(".text-check-show").click()
    expect(passage).to_be_focused()

    typography = findings(page).filter(has_text="Typographie").first
    typography.get_by_role("button", name=translated("Correct"), exact=True).click()
    expect(passage).to_have_value("Le bateau est arrivé hier\u202f!")
    expect(typography).to_have_count(0)
    passage.fill(before)
    passage.blur()
    expect(finding).to_have_count(0)
