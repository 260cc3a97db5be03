"""The translation workflow in both directions, as officer, translator and reader see it."""

import re

import pytest
from playwright.sync_api import expect

from iom.tests.browser.conftest import translated
from iom.tests.browser.desk_users import PASSAGES, DeskUsers, fill_paragraph
from iom.tests.browser.test_editor import add_block, choose, message, new_article, open_tab, publish

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_day_at_the_desk(site, signed_in, visit, language):
    desk = DeskUsers(site, signed_in, visit, language)
    write_and_publish(desk)
    translator_is_told_and_claims(desk)
    ask_and_answer(desk)
    translate_and_publish(desk)
    the_meaning_changes(desk)
    a_comma_is_corrected(desk)
    a_picture_is_withdrawn(desk)


def write_and_publish(desk: DeskUsers) -> None:
    officer, text = desk.officer, desk.source
    new_article(officer, desk.site, desk.language)
    officer.locator("[name=title]").fill(text["title"])
    officer.locator("[name=summary]").fill(text["summary"])
    officer.locator("[name=kind]").select_option("story")
    for number, name in enumerate(("first", "second")):
        if number:  # a new article has one paragraph
            add_block(officer, "Paragraph", desk.language)
        fill_paragraph(officer, number, text[name])
    choose(officer, "id_lead_picture")
    officer.wait_for_load_state("networkidle")  # an alternative text may be proposed
    officer.locator("[name=picture_alt]").fill(text["alt"])
    officer.locator("[name=picture_caption]").fill("")
    publish(officer, desk.language)
    expect(message(officer)).to_contain_text(text["title"])
    desk.form = message(officer).locator("a[href*='/edit/']").first.get_attribute("href")
    assert desk.reader.goto(text["path"]).status == 200
    assert desk.reader.goto(desk.target["path"]).status == 404


def translator_is_told_and_claims(desk: DeskUsers) -> None:
    emails = desk.new_emails()
    assert f"translator.{desk.other}@example.org" in emails
    assert desk.source["title"] in emails
    translator = desk.translator
    translator.goto("/admin/translation/desk/")
    row = translator.locator("main tr").filter(has_text=desk.source["title"])
    expect(row).to_contain_text(desk.translator_text("To translate"))
    row.get_by_role("button", name=re.compile(desk.translator_text("Claim"))).click()
    expect(translator.get_by_role("button", name=re.compile(desk.translator_text("Release")))).to_be_visible()
    expect(translator.locator("[data-segment]")).to_have_count(len(PASSAGES))


def ask_and_answer(desk: DeskUsers) -> None:
    row = desk.passage(desk.source["second"])
    row.get_by_text(desk.translator_text("Ask the author a question")).click()
    row.get_by_label(desk.translator_text("Your question")).fill(desk.target["question"])
    row.get_by_role("button", name=desk.translator_text("Send the question")).click()
    expect(row).to_contain_text(desk.target["question"])
    emails = desk.new_emails()
    assert "officer@example.org" in emails

    officer = desk.officer
    officer.goto(desk.translator.url.split("#")[0])
    question = officer.locator("[data-segment]").filter(has_text=desk.source["second"])
    expect(question).to_contain_text(desk.target["question"])
    question.get_by_label(desk.officer_text("Your answer")).fill(desk.source["answer"])
    question.get_by_role("button", name=desk.officer_text("Send the answer")).click()
    expect(question).to_contain_text(desk.source["answer"])
    assert f"translator.{desk.other}@example.org" in desk.new_emails()
    desk.translator.reload()
    expect(desk.passage(desk.source["second"])).to_contain_text(desk.source["answer"])


def translate_and_publish(desk: DeskUsers) -> None:
    translator = desk.translator
    *most, last = PASSAGES
    for name in most:
        desk.write(desk.source[name], desk.target[name])
    desk.publish_translation()
    expect(message(translator)).to_contain_text("1")
    assert desk.reader.goto(desk.target["path"]).status == 404

    row = desk.passage(desk.source[last])
    row.locator("[data-target]").fill(desk.target[last])
    translator.keyboard.press("Control+Enter")
    expect(row.locator("[data-status]")).to_have_text(desk.translator_text("Saved"))
    translator.reload()
    for name in PASSAGES:
        expect(desk.passage(desk.source[name]).locator("[data-target]")).to_have_value(desk.target[name])
    desk.publish_translation()
    expect(message(translator)).to_contain_text(desk.target["title"])
    assert "officer@example.org" in desk.new_emails()

    reader = desk.read()
    expect(reader.locator("html")).to_have_attribute("lang", desk.other)
    expect(reader.locator("h1")).to_have_text(desk.target["title"])
    for name in ("first", "second"):
        expect(reader.locator("main")).to_contain_text(desk.target[name])
        expect(reader.locator("main")).not_to_contain_text(desk.source[name])
    expect(reader.get_by_role("img", name=desk.target["alt"])).to_be_visible()


def notice(desk: DeskUsers):
    return desk.reader.get_by_text(desk.translator_text("The original has changed since this translation."))


def the_meaning_changes(desk: DeskUsers) -> None:
    desk.open_form()
    for number, name in enumerate(("new first", "new second")):
        fill_paragraph(desk.officer, number, desk.source[name])
    desk.republish("meaning")
    reader = desk.read()
    expect(notice(desk)).to_be_visible()
    expect(reader.locator("main")).to_contain_text(desk.target["first"])
    reader.get_by_role("link", name=desk.translator_text("Read the original")).click()
    expect(reader).to_have_url(desk.site.url + desk.source["path"])

    translator = desk.translator
    translator.goto("/admin/translation/desk/")
    row = translator.locator("main tr").filter(has_text=desk.target["title"])
    expect(row).to_contain_text(desk.translator_text("To update"))
    row.get_by_role("link", name=desk.target["title"]).first.click()
    changed = translator.locator("[data-segment]").filter(has=translator.locator("del, ins"))
    expect(changed).to_have_count(2)
    first = desk.passage(desk.source["new first"])
    expect(first).to_contain_text(desk.target["first"])
    first.get_by_role("button", name=desk.translator_text("Use the previous translation")).click()
    expect(first.locator("[data-target]")).to_have_value(desk.target["first"])
    for name in ("new first", "new second"):
        desk.write(desk.source[name], desk.target[name])
    desk.publish_translation()
    expect(message(translator)).to_contain_text(desk.target["title"])
    reader = desk.read()
    expect(notice(desk)).to_have_count(0)
    for name in ("new first", "new second"):
        expect(reader.locator("main")).to_contain_text(desk.target[name])


def a_comma_is_corrected(desk: DeskUsers) -> None:
    desk.open_form()
    desk.officer.locator("[name=summary]").fill(desk.source["corrected"])
    desk.republish("minor")
    reader = desk.read()
    expect(reader.locator("main")).to_contain_text(desk.target["summary"])
    expect(notice(desk)).to_have_count(0)
    translator = desk.translator
    translator.goto("/admin/translation/desk/")
    translator.locator("main tr").get_by_role("link", name=desk.target["title"]).first.click()
    desk.passage(desk.source["corrected"]).get_by_role("button", name=desk.translator_text("Still accurate")).click()
    expect(desk.passage(desk.source["corrected"]).locator("[data-status]")).to_have_text(desk.translator_text("Saved"))
    desk.publish_translation()
    expect(message(translator)).to_contain_text(desk.target["title"])


def a_picture_is_withdrawn(desk: DeskUsers) -> None:
    desk.open_form()
    officer = desk.officer
    officer.locator("#id_lead_picture-chooser").get_by_role("button", name=desk.officer_text("Actions")).click()
    officer.locator("[data-chooser-action-clear]:visible").click()
    officer.locator("[name=picture_alt]").fill("")
    desk.republish("meaning")
    for text in (desk.source, desk.target):
        desk.reader.goto(text["path"])
        expect(desk.reader.locator("h1")).to_have_text(text["title"])
        expect(desk.reader.get_by_role("img", name=text["alt"])).to_have_count(0)
    expect(notice(desk)).to_have_count(0)


def test_typed_text_survives_reload_session_end_and_lost_connection(site, signed_in):
    translator = signed_in("translator.en", "en")
    translator.goto(site.text("public-letter-writers", "en").edit)
    field = translator.locator("[data-segment] [data-target]").nth(1)
    status = translator.locator("[data-segment]").nth(1).locator("[data-status]")

    translator.route("**/translation/**", lambda route: route.abort())
    field.fill("Typed without a connection")
    field.blur()
    expect(status).to_contain_text("kept here")
    translator.reload()
    expect(field).to_have_value("Typed without a connection")

    translator.unroute("**/translation/**")
    cookies = translator.context.cookies()
    translator.context.clear_cookies(name="sessionid")
    field.fill("Typed after the session had ended")
    field.blur()
    expect(translator.locator("main")).to_contain_text("You have been signed out")
    translator.context.add_cookies(cookies)
    translator.reload()
    expect(field).to_have_value("Typed after the session had ended")
    field.focus()
    translator.keyboard.press("Control+Enter")
    texts = translator.locator("[data-segment] [data-target]").evaluate_all("all => all.map(one => one.value)")
    expect(translator.locator("[data-segment] [data-target]").nth(texts.index("", 2))).to_be_focused()
    translator.evaluate("localStorage.clear()")
    translator.reload()
    expect(field).to_have_value("Typed after the session had ended")


def test_text_typed_before_the_script_loads_is_saved(site, signed_in):
    translator = signed_in("translator.en", "en")
    held = []
    translator.route(re.compile("translation-editor.*js"), lambda route: held.append(route))
    translator.goto(site.text("public-letter-writers", "en").edit, wait_until="commit")
    field = translator.locator("[data-segment] [data-target]").nth(3)
    field.fill("Typed on a slow connection")
    for _ in range(50):
        if held:
            break
        translator.wait_for_timeout(100)

    held[0].continue_()

    expect(translator.locator("[data-segment]").nth(3).locator("[data-status]")).to_contain_text("Saved")
    translator.evaluate("localStorage.clear()")
    translator.unroute_all()
    translator.reload()
    expect(field).to_have_value("Typed on a slow connection")


def test_joint_publication_publishes_both_languages_at_once(site, signed_in, visit):
    title, path = "Deux langues à la même heure", "/fr/actualites/deux-langues-a-la-meme-heure/"
    officer, translator, reader = signed_in("officer"), signed_in("translator.en", "en"), visit("fr")
    new_article(officer, site)
    officer.locator("[name=title]").fill(title)
    officer.locator("[name=summary]").fill("Résumé.")
    officer.locator("[name=kind]").select_option("news")
    open_tab(officer, "Settings")
    officer.locator("[name=published_together]").check()
    publish(officer)
    expect(message(officer).get_by_role("button", name=translated("Cancel the publication"))).to_be_visible()
    assert reader.goto(path).status == 404

    translator.goto("/admin/translation/desk/")
    translator.locator("main tr").get_by_role("link", name=title).first.click()
    for text in ("Two languages at the same hour", "Summary."):
        translator.locator("[data-segment] [data-target]:visible").nth(0 if text.startswith("Two") else 1).fill(text)
        translator.keyboard.press("Control+Enter")
    expect(translator.locator("[data-progress]")).to_contain_text("2 of 2")
    translator.locator("button[value=action-publish]").click()
    expect(message(translator)).to_contain_text("Two languages at the same hour")
    assert reader.goto(path).status == 200
    assert reader.goto("/en/news/two-languages-at-the-same-hour/").status == 200
