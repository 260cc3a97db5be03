import pytest
from django.utils.translation import override

from newsroom.importing.admin.forms import ImportForm
from newsroom.importing.readers import READERS, html, plain_text
from newsroom.importing.readers.decode import clean, decode
from newsroom.importing.readers.passages import Kind, Span, markup
from newsroom.importing.structure import parse_press_release
from newsroom.release import ListBlock, Paragraph, Table

TEXT = "Écoles rouvertes à Kémo : « C’est l’été », a dit l’élève."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac-roman"])
def test_a_text_is_read_whatever_its_encoding(encoding):
    assert decode(TEXT.encode(encoding)).lstrip("\ufeff") == TEXT


def test_a_text_with_one_bad_byte_is_still_utf_8():
    assert decode("é".encode() * 50 + b"\xe9 fin").startswith("é" * 50)


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("o\ufb03ciel", "officiel"),
        ("con\ufffdé", "confié"),
        ("les e\ufffdorts", "les efforts"),
        ("ils ont uvré", "ils ont œuvré"),
        ("migra\u00adtion", "migration"),
        ("lâ€™Ã©tÃ©", "l’été"),
        ("un\r\ndeux\rtrois\u2028quatre", "un\ndeux\ntrois\nquatre"),
        ("``Oui,'' dit-il", "“Oui,” dit-il"),
        ("<<Oui>>, dit-il", "«Oui», dit-il"),
    ],
)
def test_characters_lost_in_a_conversion_are_restored(written, made):
    assert clean(written)[0] == made


def test_a_text_that_lost_its_accents_is_not_given_ligatures():
    assert clean("les r\ufffdfugi\ufffds ont \ufffdt\ufffd accueillis")[0].count("\ufffd") == 4


def test_a_repaired_word_is_reported():
    release = parse_press_release(
        plain_text.read_text("Un titre\nRabat – Elles ont uvré trois ans pour ouvrir ce chemin.\n")
    )
    assert "œuvré" in release.paragraphs[0].text
    assert ("uvré", "œuvré") in [(left.text, left.why.get("made")) for left in release.left_out]


def test_markup_is_escaped_and_well_nested():
    assert markup("a < b", (Span(0, 3, "b"), Span(2, 5, "i"))) == "<b>a </b><b><i>&lt;</i></b><i> b</i>"


def test_emphasis_up_to_the_end_of_a_list_item_leaves_no_empty_tag():
    (points,) = html.read(b"<ul><li><b>un </b><li>deux</ul>").passages
    assert [markup(item.text, item.spans) for item in points.items] == ["<b>un</b>", "deux"]


PAGE = """<html><head><meta charset="windows-1252"><title>Le marché | Le site</title><style>p {}</style></head><body>
<nav><ul><li>Accueil<li>Agir</ul></nav><div>Le site</div><p>Communiqué / Global</p>
<h1>Le marché de nuit rouvre</h1>
<figure><img src="/img/nuit%201.jpg" alt="Un marché"><figcaption>Le marché, hier. Photo : Anne Roy</figcaption></figure>
<p>Niger &ndash; Le <b>marché</b> a <a href="https://example.org/?a=1&amp;b=2">rouvert</a>
<a href="javascript:alert(1)">hier</a>.<script>alert(1)</script>
<p>&laquo;&nbsp;Enfin <i>de la lumière</i>, après un an&nbsp;&raquo;, a dit Ali Bako, boucher.
<table><tr><th>Année<th>Stands<tr><td>2015<td>40</table><ul><li>un <em>point</em><li>deux points</ul>
<p>Pour plus d&rsquo;informations, veuillez contacter :<br>Ali Bako<br>Niamey<br>Tel: +227 20 55 01 23</p>
<footer>Mentions légales</footer>"""


def test_a_saved_page_becomes_a_release():
    release = parse_press_release(html.read(PAGE.encode("cp1252")))
    assert release.title == "Le marché de nuit rouvre"
    assert (release.kind, release.scope, release.dateline.place) == ("press-release", "global", "Niger")
    assert (release.picture.file.name, release.picture.caption, release.picture.credit) == (
        "nuit 1.jpg",
        "Le marché, hier.",
        "Anne Roy",
    )
    paragraph, quotation, table, points = release.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.html == 'Le <b>marché</b> a <a href="https://example.org/?a=1&amp;b=2">rouvert</a> hier.'
    assert (quotation.text, quotation.attribution) == ("Enfin de la lumière, après un an", "Ali Bako, boucher")
    assert table == Table((("Année", "Stands"), ("2015", "40")))
    assert isinstance(points, ListBlock)
    assert [item.html for item in points.items] == ["un <i>point</i>", "deux points"]
    assert release.contacts[0].phone == "+22720550123"
    left = [one.text for one in release.left_out]
    assert {"Accueil\nAgir", "Le site", "Mentions légales"} <= set(left)


def test_a_page_laid_out_with_tables_gives_paragraphs():
    page = "<table><tr><td>Accueil</td><td><h1>Un titre</h1><p>Un texte.</p><p>Un autre texte.</p></td></tr></table>"
    assert [passage.kind for passage in html.read(page.encode()).passages[-2:]] == [Kind.PARAGRAPH, Kind.PARAGRAPH]


def test_a_page_without_a_headline_takes_its_title():
    page = (
        "<title>Les puits rouvrent | Le site</title><p>Tchad – Les puits de la vallée ont rouvert hier, un à un.</p>"
    )
    assert parse_press_release(html.read(page.encode())).title == "Les puits rouvrent"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_form_names_each_kind_of_file(language):
    with override(language):
        help_text = str(ImportForm(indexes={}).fields["file"].help_text)
    assert all(f"({ending}" in help_text for ending in READERS), help_text
