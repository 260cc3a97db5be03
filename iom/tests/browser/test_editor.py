"""An article in the page editor: draft, autosave, preview, publication."""

import re

import pytest
from playwright.sync_api import Page, expect

from iom.tests.browser.conftest import translated

pytestmark = pytest.mark.browser

TITLE = "Trois écoles rouvrent près du fleuve"
SUMMARY = "Les cours ont repris lundi pour six cents enfants."
PLACE = "N’Djamena"
QUOTE = "Nous avons travaillé toute la nuit pour que la cloche sonne à huit heures."
SPEAKER = "Mariam Abdoulaye"
ROLE = "directrice de l’école du Port"
ALT = "Des enfants entrent dans une salle de classe."
BODY = "[data-contentpath=body]"
CHOSEN = ".modal-dialog [data-chooser-modal-choice]"


def new_article(page: Page, site, language: str = "fr") -> None:
    page.goto(f"/admin/pages/add/newsroom/newsarticle/{site.text('news', language).pk}/")
    expect(page.locator("[name=title]")).to_be_visible()


def open_tab(page: Page, name: str, language: str = "fr") -> None:
    page.get_by_role("tab", name=translated(name, language)).click()


def add_block(page: Page, name: str, language: str = "fr") -> str:
    """Adds a block at the end of the text. Returns the prefix of its field names."""
    number = page.locator(BODY).locator("[name^=body-][name$=-type]:not([name*=value])").count()
    page.locator(BODY).locator("button.c-sf-add-button").last.click()
    page.get_by_role("option", name=translated(name, language), exact=True).click()
    expect(page.locator(f"[name=body-{number}-type]")).to_be_attached()
    return f"body-{number}-value"


def choose(page: Page, field: str, having: str = "") -> str:
    """Chooses the first record with the text `having` in the chooser of `field`. Returns its title."""
    chooser = page.locator(f"#{field}-chooser")
    chooser.locator("[data-chooser-action-choose]:visible").first.click()
    page.locator(CHOSEN).filter(has_text=having).first.click()
    expect(page.locator(".modal-dialog")).to_have_count(0)
    return chooser.locator("[data-chooser-title]").inner_text()


def write_article(page: Page, title: str) -> None:
    page.locator("[name=title]").fill(title)
    page.locator("[name=summary]").fill(SUMMARY)
    page.locator("[name=kind]").select_option("story")
    quote = add_block(page, "Quotation")
    page.locator(f"[name={quote}-text]").fill(QUOTE)
    page.locator(f"[name={quote}-speaker]").fill(SPEAKER)
    page.locator(f"[name={quote}-role]").fill(ROLE)


def write_autosaved_article(page: Page, site, title: str) -> None:
    """Writes an article after Wagtail has started to watch the form, so that it is autosaved."""
    page.add_init_script(
        "addEventListener('w-unsaved:watch-edits', () => document.documentElement.setAttribute('data-watched', ''))"
    )
    new_article(page, site)
    page.locator("html[data-watched]").wait_for()
    write_article(page, title)


def wait_for_autosave(page: Page) -> None:
    """Waits until no autosave is running: a test clicks faster than a person."""
    expect(page.locator("#w-autosave-indicator[data-w-autosave-state-value=saving]")).to_have_count(0)


def save_draft(page: Page) -> None:
    wait_for_autosave(page)
    page.get_by_role("button", name=translated("Save draft")).click()


def publish(page: Page, language: str = "fr") -> None:
    wait_for_autosave(page)
    page.locator("footer [name=action-publish]").click()


def message(page: Page):
    return page.locator(".messages")


def preview(page: Page):
    """The frame of the preview panel."""
    page.get_by_role("button", name=translated("Toggle preview")).click()
    return page.frame_locator("#w-preview-iframe")


def test_an_article_is_written_previewed_and_published(site, signed_in, visit):
    officer = signed_in("officer")
    french = write_and_publish(officer, site)
    reader = visit("fr")
    reader.goto(french)
    expect(reader.locator("h1")).to_have_text(TITLE)
    expect(reader.locator("blockquote")).to_contain_text(QUOTE)
    expect(reader.get_by_role("img", name=ALT)).to_be_visible()
    expect(reader.locator("address").first).to_be_visible()
    expect(reader.get_by_role("banner").locator("a[hreflang=en]")).to_have_attribute(
        "href", re.compile(r"^/en/news/\?")
    )


def write_and_publish(officer: Page, site) -> str:
    """Returns the address of the article. The officer is then in its form."""
    new_article(officer, site)
    write_article(officer, TITLE)
    picture = add_block(officer, "Picture")
    choose(officer, f"{picture}-image")
    officer.locator(f"[name={picture}-alt]").fill(ALT)
    contact = choose(officer, f"{add_block(officer, 'Contact box')}-contacts-0-value")
    officer.locator("[name=place]").fill(PLACE)
    frame = preview(officer)
    expect(frame.locator("h1")).to_have_text(TITLE)
    expect(frame.locator("blockquote")).to_contain_text(QUOTE)
    expect(frame.locator(".dateline")).to_contain_text(PLACE)
    expect(frame.locator("address").first).to_contain_text(contact.split(" · ")[-1])
    save_draft(officer)
    expect(message(officer)).to_contain_text(TITLE)
    form = officer.url
    assert officer.request.get("/fr/actualites/trois-ecoles-rouvrent-pres-du-fleuve/").status == 404
    publish(officer)
    expect(message(officer)).to_contain_text(TITLE)
    address = message(officer).locator("a[href^='/fr/']").first.get_attribute("href")
    assert address == "/fr/actualites/trois-ecoles-rouvrent-pres-du-fleuve/"
    officer.goto(form)
    return address


def test_typed_text_is_autosaved(site, signed_in):
    officer = signed_in("officer")
    write_autosaved_article(officer, site, "Un article qui s’enregistre seul")
    officer.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    wait_for_autosave(officer)
    officer.reload()
    expect(officer.locator("[name=title]")).to_have_value("Un article qui s’enregistre seul")
    expect(officer.locator("[name=body-0-value-text]")).to_have_value(QUOTE)


def test_publish_waits_for_an_autosave_that_is_under_way(site, signed_in):
    """Otherwise both requests create the article, and the second is refused because its slug is in use."""
    officer = signed_in("officer")
    saved = []

    def answer_late(route) -> None:
        if "application/json" not in route.request.headers["accept"]:
            route.continue_()
            return
        answer = route.fetch()
        saved.append(route)
        officer.wait_for_timeout(2_000)
        route.fulfill(response=answer)

    officer.route("**/admin/pages/add/newsroom/newsarticle/**", answer_late)
    write_autosaved_article(officer, site, "Un article publié pendant qu’il s’enregistre")
    expect(officer.locator("#w-autosave-indicator[data-w-autosave-state-value=saving]")).to_be_attached()
    officer.locator("footer [name=action-publish]").click()
    expect(message(officer)).to_contain_text("Un article publié pendant qu’il s’enregistre")
    expect(message(officer).locator("a[href^='/fr/']").first).to_be_attached()
    assert len(saved) == 1


def test_alternative_text_is_required_to_publish_but_not_to_save_a_draft(site, signed_in):
    """For the lead picture and a picture block: the error is translated, and typed text is kept."""
    title = "Une image sans texte"
    officer = signed_in("officer")
    new_article(officer, site)
    write_article(officer, title)
    field = add_block(officer, "Picture")
    choose(officer, f"{field}-image")
    choose(officer, "id_lead_picture")
    chosen = officer.locator("[name=lead_picture]").input_value()
    officer.wait_for_load_state("networkidle")  # alternative texts are proposed
    for alt in (f"{field}-alt", "picture_alt"):
        officer.locator(f"[name={alt}]").fill("")
    officer.locator("[name=picture_caption]").fill("Une légende")
    save_draft(officer)
    expect(message(officer)).to_contain_text(title)
    officer.reload()
    field = "body-1-value"  # the empty first paragraph was not saved

    publish(officer)
    refusal = translated("Write an alternative text or mark the picture as decorative.")
    assert refusal.startswith("Rédigez")
    expect(officer.get_by_role("tabpanel")).to_contain_text(refusal)
    expect(officer.locator("[name=lead_picture]")).to_have_value(chosen)
    expect(officer.locator("[name=picture_caption]")).to_have_value("Une légende")
    expect(officer.get_by_role("tabpanel")).to_contain_text(refusal)
    expect(officer.locator("[name=title]")).to_have_value(title)
    expect(officer.locator("[name=summary]")).to_have_value(SUMMARY)
    expect(officer.locator("[name=body-0-value-text]")).to_have_value(QUOTE)
    expect(officer.locator(f"[name={field}-image]")).not_to_have_value("")

    officer.locator(f"[name={field}-alt]").fill(ALT)
    officer.locator("[name=picture_alt]").fill(ALT)
    publish(officer)
    expect(message(officer).locator("a[href^='/fr/']").first).to_be_visible()
