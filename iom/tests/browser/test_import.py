"""The import of a Word document: upload, completion, publication, public page."""

import datetime
import re

import pytest
from playwright.sync_api import Page, expect

from iom.tests.browser.conftest import PHONE, translated
from iom.tests.browser.test_editor import message, publish
from newsroom.importing.tests.docx import docx, link, paragraph, picture, png, run, table

pytestmark = pytest.mark.browser

TITLE = "Le marché de nuit rouvre à Niamey"
PATH = "/fr/actualites/le-marche-de-nuit-rouvre-a-niamey/"
ALT = "Des étals éclairés, le soir."
QUOTE = "Nous avons attendu cette lumière pendant un an et demi"
DAY = f"14 mars {datetime.datetime.now(tz=datetime.UTC).year - 1}"  # recent, so that its contact is still current
REMOVED = "une phrase que la relecture a retirée"


def release_file() -> bytes:
    return docx(
        paragraph("Communiqué / National"),
        paragraph(TITLE, style="Titre"),
        paragraph(
            f"Niger, {DAY} – Le marché de nuit a ",
            link("rouvert", "l"),
            " vendredi, avec un éclairage solaire, pour la ",
            run("première", "<w:b/>"),
            " fois.",
        ),
        paragraph("Un quartier qui revit", style="Titre1"),
        paragraph(
            "Cent quarante commerçants ont retrouvé leur place ", f"<w:del>{run(REMOVED)}</w:del>", "sous les lampes."
        ),
        paragraph("les bouchers", number="1"),
        paragraph("les tailleurs", number="1"),
        paragraph(f"« {QUOTE} », a déclaré Ali Bako, président des commerçants."),
        paragraph(picture("p")),
        paragraph("Le marché, vendredi soir. Photo : Anne Roy", style="Lgende"),
        table(("Année", "Étals"), ("2015", "40"), ("2016", "140")),
        paragraph(
            "Pour plus d’informations, veuillez contacter Hadiza Sani, OIM Niamey, Tél : +227 20 55 01 23,"
            " Email : hsani@example.org"
        ),
        related=(("l", "hyperlink", "https://example.org/marche"), ("p", "image", "media/image1.png")),
        parts={"word/media/image1.png": png(1200, 800)},
    )


def choose_file(page: Page, name: str, data: bytes) -> None:
    page.locator("[name=file]").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})
    page.get_by_role("button", name=translated("Create a draft")).click()


def test_a_word_document_becomes_an_article(site, signed_in, visit):
    officer = signed_in("officer")
    officer.goto("/admin/")
    officer.get_by_role("link", name=translated("Import a press release")).click()
    choose_file(officer, "communique.docx", b"<html>Bonjour</html>")
    expect(officer.locator("main")).to_contain_text(
        translated("The file is a web page named .docx. Save it as a Word document or rename it .html.")
    )
    choose_file(officer, "communique.docx", release_file())

    officer.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    for recognised in (TITLE, "Niger", DAY, "Ali Bako", "Hadiza Sani"):
        expect(message(officer)).to_contain_text(recognised)
    expect(officer.locator("[name=title]")).to_have_value(TITLE)
    note = officer.get_by_role("note")
    expect(note).to_contain_text(REMOVED)
    expect(note).to_contain_text("communique.docx")
    expect(note).to_contain_text(translated("Before you publish"))

    publish(officer)
    expect(officer.get_by_role("tabpanel")).to_contain_text(
        translated("Write an alternative text or mark the picture as decorative.")
    )
    expect(note).to_contain_text(REMOVED)
    officer.locator("[name^=body-][name$=-value-alt]").fill(ALT)
    officer.locator("[name=summary]").fill("Cent quarante commerçants ont retrouvé leur place.")
    expect(officer.locator("[name=place]")).to_have_value("Niger")
    publish(officer)
    expect(message(officer).locator(f"a[href='{PATH}']").first).to_be_visible()

    for options in ({}, {"viewport": PHONE}):
        expect_article(visit("fr", **options))


def expect_article(reader: Page) -> None:
    assert reader.goto(PATH).status == 200
    main = reader.locator("main")
    expect(reader.locator("h1")).to_have_text(TITLE)
    expect(main.get_by_role("heading", name="Un quartier qui revit")).to_be_visible()
    expect(main.get_by_role("link", name="rouvert")).to_have_attribute("href", "https://example.org/marche")
    expect(main.locator("b, strong").filter(has_text="première")).to_be_visible()
    expect(main.get_by_role("listitem").filter(has_text="les tailleurs")).to_be_visible()
    quotation = main.locator("figure").filter(has=reader.locator("blockquote"))
    expect(quotation).to_contain_text(QUOTE)
    expect(quotation).to_contain_text("Ali Bako")
    expect(main.get_by_role("img", name=ALT)).to_be_visible()
    expect(main).to_contain_text("Le marché, vendredi soir.")
    expect(main).to_contain_text("Anne Roy")
    expect(main.get_by_role("table").get_by_role("cell", name="140")).to_be_visible()
    expect(main).to_contain_text("Hadiza Sani")
    expect(main).to_contain_text("Niger")
    expect(main).not_to_contain_text(REMOVED)
    expect(main).not_to_contain_text("veuillez contacter")
