"""Word documents: the conversion of their styles, and the parts that are left out with a reason."""

from unittest import mock

import pytest
from django.utils.translation import override

from newsroom.importing import readers
from newsroom.importing.readers.passages import Kind
from newsroom.importing.remarks import remark_text
from newsroom.importing.structure import parse_press_release
from newsroom.importing.tests.docx import (
    NAMESPACES,
    docx,
    link,
    paragraph,
    picture,
    png,
    run,
    table,
)
from newsroom.release import Heading, ListBlock, Paragraph, Quotation, Table

TEXT = paragraph("Niger – Le marché de nuit a rouvert hier soir, et la rue avec lui.")
WITH_PICTURE = {"related": (("p1", "image", "media/image1.png"),)}


def read(*blocks, **more):
    return readers.read("release.docx", docx(*blocks, **more))


def test_styles_become_what_the_site_has_for_them():
    release = parse_press_release(
        read(
            paragraph("Communiqué / Global"),
            paragraph("Le marché de nuit rouvre", style="Titre"),
            paragraph(picture("p1", "Un marché")),
            paragraph("Le marché, hier. Photo : Anne Roy", style="Lgende"),
            paragraph(
                "Niger, 12 mars 2016 – Le ",
                run("marché", "<w:b/>"),
                " a ",
                link("rouvert", "h1"),
                " le 1",
                run("er", '<w:vertAlign w:val="superscript"/>'),
                " mars, 3 m",
                run("2", '<w:vertAlign w:val="subscript"/>'),
                run(" enfin", "<w:i/>"),
                ".",
            ),
            paragraph("Un quartier", style="Titre1"),
            paragraph("« Enfin de la lumière, après un an », a dit Ali Bako, boucher."),
            paragraph("un point", number="1"),
            paragraph("deux points", number="1"),
            paragraph("d’abord", number="2"),
            paragraph("ensuite", number="2"),
            table(("Année", "Stands"), ("2015", "40")),
            paragraph("Contact : Ali Bako, OIM Niamey, Tél : +227 20 55 01 23, Email : abako@iom.int"),
            related=(("p1", "image", "media/image1.png"), ("h1", "hyperlink", "https://example.org/a")),
            parts={"word/media/image1.png": png()},
        )
    )
    assert (release.title, release.kind, release.dateline.place) == (
        "Le marché de nuit rouvre",
        "press-release",
        "Niger",
    )
    lead = release.picture
    assert (lead.file.data, lead.file.alt, lead.caption, lead.credit) == (
        png(),
        "Un marché",
        "Le marché, hier.",
        "Anne Roy",
    )
    text, heading, quotation, points, steps, figures = release.blocks
    assert isinstance(text, Paragraph)
    assert text.html == (
        'Le <b>marché</b> a <a href="https://example.org/a">rouvert</a> le 1<sup>er</sup> mars, 3 m<sub>2</sub>'
        "<i> enfin</i>."
    )
    assert heading == Heading("Un quartier")
    assert isinstance(quotation, Quotation)
    assert quotation.speaker == "Ali Bako"
    assert isinstance(points, ListBlock)
    assert (len(points.items), points.ordered) == (2, False)
    assert steps.ordered
    assert figures == Table((("Année", "Stands"), ("2015", "40")))
    assert release.contacts[0].email == "abako@iom.int"


def test_a_first_heading_below_text_is_no_title():
    release = parse_press_release(
        read(
            paragraph("Le marché de nuit rouvre"),
            paragraph("Niger – " + "Le marché de nuit a rouvert hier soir dans la ville. " * 4),
            paragraph("Un quartier", style="Titre1"),
            TEXT,
        )
    )
    assert release.title == "Le marché de nuit rouvre"
    assert Heading("Un quartier") in release.blocks


def test_a_caption_under_no_picture_stays_text():
    document = read(TEXT, table(("a", "b"), ("c", "d")), paragraph("Tableau 1 : les stands", style="Lgende"))
    assert document.passages[-1].kind is Kind.PARAGRAPH


def test_a_picture_keeps_its_place_and_words_generated_description_is_no_alternative_text():
    made_up = "Une image contenant ciel\n\nDescription générée automatiquement"
    document = read(
        TEXT, paragraph(picture("p1", made_up)), TEXT, **WITH_PICTURE, parts={"word/media/image1.png": png()}
    )
    assert [one.kind for one in document.passages] == [Kind.PARAGRAPH, Kind.PICTURE, Kind.PARAGRAPH]
    assert document.passages[1].picture.alt == ""
    assert "Une image contenant ciel" in document.left_out[0][0]


BOX = "<w:txbxContent>" + paragraph("Dans la boîte.") + "</w:txbxContent>"
LEFT_OUT = [
    ('<w:del><w:r><w:delText>retiré</w:delText></w:r></w:del>', {}, "retiré", "Deleted in the tracked changes of the file."),
    ('<w:r><w:footnoteReference w:id="2"/></w:r>', {"footnotes": "<w:footnote w:id='1' w:type='separator'><w:p/></w:footnote><w:footnote w:id='2'>%s</w:footnote>"}, "Les mots.", "Footnote: articles have none. Add it to the text if readers need it."),
    ('<w:r><w:endnoteReference w:id="2"/></w:r>', {"endnotes": "<w:endnote w:id='2'>%s</w:endnote>"}, "Les mots.", "Endnote: articles have none. Add it to the text if readers need it."),
    ('<w:r><w:commentReference w:id="2"/></w:r>', {"comments": "<w:comment w:id='2' w:author='Zoé'>%s</w:comment>"}, "Les mots.", "Comment by Zoé."),
    ("", {"hdr": "%s"}, "Les mots.", "Page header."),
    ("", {"ftr": "%s"}, "Les mots.", "Page footer."),
]  # fmt: skip


@pytest.mark.parametrize(("inline", "part", "text", "why"), LEFT_OUT)
def test_parts_that_a_page_does_not_show_are_left_out_with_a_reason(inline, part, text, why):
    parts, related = {}, []
    for root, content in part.items():
        kind = {"hdr": "header", "ftr": "footer"}.get(root, root)
        parts[f"word/{kind}.xml"] = f"<w:{root} {NAMESPACES}>{content % paragraph('Les mots.')}</w:{root}>"
        related.append(("x", kind, f"{kind}.xml"))
    with override("en"):
        document = read(paragraph("Avant ", inline or run(""), " après."), related=tuple(related), parts=parts)
        assert document.passages[0].text == "Avant après."
        assert [(left, remark_text(reason)) for left, reason in document.left_out] == [(text, why)]


def test_tracked_insertions_are_read_as_accepted():
    document = read(paragraph("Avant ", f"<w:ins>{run('ajout')}</w:ins>", "."))
    assert document.passages[0].text == "Avant ajout."
    assert document.notes


@pytest.mark.parametrize(
    "box",
    [
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
        "</mc:AlternateContent></w:r>",
    ],
)
def test_a_text_box_stands_once_after_its_paragraph(box):
    document = read(paragraph(box, "Un paragraphe."), TEXT)
    assert [one.text for one in document.passages][:2] == ["Un paragraphe.", "Dans la boîte."]
    assert document.notes


def test_words_that_mammoth_does_not_know_are_not_lost():
    field = f'<w:fldSimple w:instr="DATE">{run("demain")}</w:fldSimple>'
    assert read(paragraph("C’est ", field, ".")).passages[0].text == "C’est demain."
    document = read(TEXT, paragraph("Soit ", "<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>", " ici."))
    assert document.left_out[0][0] == "Soit x=2 ici."


def test_unknown_styles_and_struck_through_text_are_noted():
    with override("en"):
        document = read(paragraph("Un encadré.", style="Encadre"), paragraph(run("non", "<w:strike/>"), "oui"))
        notes = " ".join(map(remark_text, document.notes))
    assert "Encadré de l’OIM" in notes
    assert "“non”" in notes


def test_a_picture_of_another_format_or_from_elsewhere_is_left_out_and_never_fetched():
    with mock.patch("mammoth.docx.files.urlopen") as fetch:
        document = read(
            TEXT,
            paragraph(picture("p1", "Un logo")),
            paragraph(picture("p2", "Une vue", attribute="link")),
            related=(("p1", "image", "media/a.emf"), ("p2", "image", "https://example.org/a.png")),
            parts={"word/media/a.emf": b"\x01\0\0\0 EMF"},
        )
    assert not fetch.called
    assert [text for text, _why in document.left_out] == ["Un logo", "Une vue"]
    assert document.left_out[0][1]["format"] == "EMF"
