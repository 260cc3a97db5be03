"""Tables of saved pages and Word documents: each figure stays in its column, and losses are reported."""

import pytest

from newsroom.importing import readers
from newsroom.importing.readers import html
from newsroom.importing.structure import parse_press_release
from newsroom.importing.tests.docx import docx, paragraph, run
from newsroom.release import Table

HEAD = "<h1>Arrivals by route</h1><p>Geneva, 4 May 2015 – Arrivals have fallen by a fifth in a year.</p>"


def read(table):
    """Returns the tables of a page, and the codes of the remarks."""
    release = parse_press_release(html.read((HEAD + table).encode()))
    return [block.rows for block in release.blocks if isinstance(block, Table)], [one["code"] for one in release.notes]


def test_a_footnote_mark_is_no_digit_of_the_figure():
    page = (
        "<table><tr><th>Route<th>In km<sup>2</sup><tr><td>Sea<td>10,000<sup>1</sup><tr><td>CO<sub>2</sub><td>10"
        "<sup><a href='#n'>-6</a></sup></table>"
    )
    assert read(page) == ([(("Route", "In km²"), ("Sea", "10,000¹"), ("CO₂", "10⁻⁶"))], [])


def test_headings_and_quotations_have_no_markup_and_keep_their_signs():
    page = "<h2>10,000<sup>1</sup> people</h2><p>“We count 5 × 10<sup>6</sup> trees,” said Omar Said, forester.</p>"
    heading, quotation = parse_press_release(html.read((HEAD + page).encode())).blocks[1:]
    assert (heading.text, quotation.text) == ("10,000¹ people", "We count 5 × 10⁶ trees")


def test_figures_below_merged_headings_stay_in_their_columns():
    tables, notes = read(
        "<table><tr><th rowspan=2>Route<th colspan=2>2014<th colspan=2>2015<tr><th>Sea<th>Land<th>Sea<th>Land"
        "<tr><td rowspan=2>South<td>9<td>12<td>7<td>15<tr><td>1<td>2<td>5<td>6</table>"
    )
    assert tables == [
        (
            ("Route", "2014 – Sea", "2014 – Land", "2015 – Sea", "2015 – Land"),
            ("South", "9", "12", "7", "15"),
            ("South", "1", "2", "5", "6"),
        )
    ]
    assert notes == ["merged cells"]


def test_a_row_with_a_title_stands_once_and_a_second_heading_row_needs_no_tag():
    tables, _notes = read(
        "<table><tr><td>State<td colspan=2>Returns<tr><td><td>April<td>May<tr><td colspan=3>North<tr><td>Nile<td>1<td>2"
        "<tr><td>Sennar<td colspan=2>none</table>"
    )
    assert tables == [
        (
            ("State", "Returns – April", "Returns – May"),
            ("North", "", ""),
            ("Nile", "1", "2"),
            ("Sennar", "none", "none"),
        )
    ]


def test_a_figure_in_a_merged_cell_stands_once():
    tables, _notes = read(
        "<table><tr><th>Year<th>Sea<th>Land<tr><td>2014<td colspan=2>30<tr><td>2015<td rowspan=0>40<td>2<tr><td>2016"
        "<td>3</table>"
    )
    assert tables == [(("Year", "Sea", "Land"), ("2014", "30", ""), ("2015", "40", "2"), ("2016", "", "3"))]


def test_a_cell_may_have_several_short_paragraphs():
    page = "<table><tr><td>Country<td>Done<tr><td>Niger<td><p>Wells were dug.</p><p>Schools<br>opened.</p></table>"
    assert read(page) == ([(("Country", "Done"), ("Niger", "Wells were dug.\nSchools\nopened."))], [])


def test_links_of_cells_are_named():
    page = '<table><tr><td>Route<td>2014<tr><td><a href="https://example.org/sea">Sea</a><td>10</table>'
    assert read(page) == ([(("Route", "2014"), ("Sea", "10"))], ["links of a table"])


def test_a_table_that_becomes_paragraphs_is_named_and_a_layout_is_not():
    long = "The wells of the province were dug by hand. " * 5
    data = f"<table><tr><td>Country<td>What was done<tr><td>Niger<td>{long}</table>"
    layout = f"<table><tr><td>Menu<td>Search<tr><td>News<td><h2>The news</h2><p>{long}</p></table>"
    assert read(data) == ([], ["table dissolved"])
    assert read(layout) == ([], [])


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td colspan=9999 rowspan=9999>1<td>2<tr><td>3<td>4</table>",
        f"<table>{'<tr><td colspan=60 rowspan=1000>1<td rowspan=x colspan=-2>2' * 500}</table>",
        "<table><tr><tr><td>1<td>2<tr></table><table></table><table><tr></table></table>",
    ],
)
def test_absurd_spans_take_no_time_and_lose_no_words(table):
    release = parse_press_release(html.read((HEAD + table).encode()))
    assert "lost" not in [left.why["code"] for left in release.left_out]


SHAREPOINT = """<html><head><title>A well opens | IOM</title></head><body><form action="x.aspx"><input type="hidden">
<div><label>Search</label></div><h1>A well opens in Mao</h1><div>4 May 2015</div>
<p>Mao, 4 May 2015 – The International Organization for Migration has opened a well in the town of Mao.</p></form>
<form><p>Subscribe to our letter</p><label>Email</label></form></body></html>"""


def test_a_form_with_the_text_of_the_page_is_kept():
    release = parse_press_release(html.read(SHAREPOINT.encode()))
    assert (release.title, release.date.isoformat(), len(release.paragraphs)) == (
        "A well opens in Mao",
        "2015-05-04",
        1,
    )
    assert "Subscribe to our letter" in [left.text for left in release.left_out]


def test_the_header_of_an_article_is_read_and_the_header_of_the_site_is_left_out():
    page = (
        "<header><p>OIM Tchad</p></header><main><article><header><h1>Un puits à Mao</h1><p>Publié le 4 mai 2015</p>"
        "</header><p>Mao – Le puits de la ville a rouvert.</p></article></main><header>Mentions légales</header>"
    )
    release = parse_press_release(html.read(page.encode()))
    assert (release.title, release.date.isoformat()) == ("Un puits à Mao", "2015-05-04")
    assert {"OIM Tchad", "Mentions légales"} <= {left.text for left in release.left_out}


def test_merged_cells_and_raised_digits_of_a_word_document():
    def cell(*content, properties=""):
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(paragraph, content))}</w:tc>"

    mark = run("1", '<w:vertAlign w:val="superscript"/>')
    two, begun, continued = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        [cell("Route", properties=begun), cell("2015", properties=two)],
        [cell("", properties=continued), cell("Sea"), cell("Land")],
        [cell("South", "and west"), f"<w:tc>{paragraph(run('10,000'), mark)}</w:tc>", cell("12")],
    )
    table = f"<w:tbl>{''.join(f'<w:tr>{"".join(row)}</w:tr>' for row in rows)}</w:tbl>"
    title = paragraph("Arrivals by route", style="Titre")
    read = parse_press_release(
        readers.read("a.docx", docx(title, paragraph("Arrivals have fallen by a fifth."), table))
    )
    assert [block.rows for block in read.blocks if isinstance(block, Table)] == [
        (("Route", "2015 – Sea", "2015 – Land"), ("South\nand west", "10,000¹", "12"))
    ]
    assert [one["code"] for one in read.notes] == ["merged cells"]
    assert "not whole" not in [left.why["code"] for left in read.left_out]
