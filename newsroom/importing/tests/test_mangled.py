import time

import pytest

from newsroom.importing.readers import Refused, decode, html, plain_text, read
from newsroom.importing.structure import parse_press_release
from newsroom.importing.tests import mangle


def test_no_word_of_a_mangled_input_is_lost_and_nothing_is_raised():
    assert mangle.failures(300) == []


HOSTILE = {
    "attributes": 'a="b" ' * 9000,
    "addresses": '"a/b" ' * 9000 + "!",
    "words": "mot " * 20000,
    "names": "Mot " * 20000,
    "marks": '"a" ' * 9000,
    "attributions": "“A b c d e,” said X. " * 2000,
    "contacts": "For more information, please contact " + "Ann Bee, " * 5000,
    "addressees": "For more information contact " + "a@b." * 9000,
    "dashes": "A - " * 9000,
    "open": "\n".join(["« Ouvert"] * 2000),
    "singles": "'a. " * 9000,
    "changed": "« Ab cd ef gh », a dit " + "(nom changé " * 3000,
    "spaces": "“A b c d”" + " " * 50000 + "b",
    "days": "le 9 mars " * 9000,
    "missing": "1) “<img src=x alt=a>\n" * 3000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_input_takes_long(text):
    start = time.process_time()
    parse_press_release(plain_text.read_text(f"Un titre\n{text}\nParis – La fin.\n{text}"))
    assert time.process_time() - start < 4


def test_a_page_that_names_a_slow_encoding_is_read_as_another():
    page = b"<meta charset=punycode><p>Un texte accentu\xe9.</p>" + b"<p>Encore.</p>" * 20_000
    start = time.process_time()
    assert "accentué" in decode.decode(page, "punycode")
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 50000 + "fin",
        "<b>" * 20000 + "fin",
        "<table><tr><td>" * 5000 + "fin",
        "<ul><li>" * 5000 + "fin",
        "<p>" + "a<br>" * 20000,
        "<" * 50000,
        "<!--" * 20000,
        "<a href='" + "x" * 100000,
        "&#x110000;&#0;&#xd800;" * 5000,
    ],
    ids=["deep", "bold", "tables", "lists", "breaks", "brackets", "comments", "attribute", "references"],
)
def test_no_page_takes_long_or_breaks_the_reader(page):
    start = time.process_time()
    parse_press_release(html.read(page.encode()))
    assert time.process_time() - start < 4


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.exe", b"text"),
        ("a.txt", b"PK\x03\x04archive"),
        ("a.html", b"%PDF-1.7"),
        ("a.txt", b"x" * (5 * 1024**2 + 1)),
    ],
)
def test_a_file_that_is_not_what_it_claims_is_refused_with_a_reason(name, data):
    with pytest.raises(Refused, match=r"\w"):
        read(name, data)
