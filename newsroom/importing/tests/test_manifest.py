"""The manifest adds metadata to files, and reports each line that cannot be used."""

import datetime

import pytest
from django.utils import translation

from iom.tests.record_names import name_of
from newsroom.importing import manifest
from newsroom.importing.contact_matching import ContactMatcher
from newsroom.importing.tests.site import write_manifest

pytestmark = pytest.mark.django_db


def read(path):
    with translation.override("en"):
        return manifest.read(path, ContactMatcher())


def errors(tmp_path, *rows):
    return read(write_manifest(tmp_path, *rows)).errors


def test_every_column_is_read(tmp_path):
    path = write_manifest(
        tmp_path,
        {
            "file": "sub/a.txt",
            "old_address": "https://old.example.org/fr/node/12/?b=2&a=1",
            "date": "2001-05-04",
            "locale": "fr",
            "kind": "statement",
            "scope": "regional",
            "office": "OIM Jordanie",
            "countries": "jo, SY",
            "reference": "2001-057",
        },
        {"file": "b.txt", "locale": "en", "translation_of": "sub/a.txt"},
    )

    found = read(path)

    first, second = found.metadata.values()
    assert found.errors == found.ignored == []
    assert first.file == str(tmp_path / "sub/a.txt")
    assert first.old_address == "/fr/node/12?a=1&b=2"
    assert first.date == datetime.date(2001, 5, 4)
    assert (first.locale, first.kind, first.scope) == ("fr", "statement", "regional")
    assert name_of(first.office, "en") == "IOM Jordan"
    assert first.countries == ("JO", "SY")
    assert first.reference == "2001-057"
    assert second.translation_of == first.file
    assert second.countries is None


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ({"file": ""}, "no file is named"),
        ({"date": "4/5/2001"}, "“4/5/2001” is not a date"),
        ({"locale": "de"}, "“de” is not valid in the column “locale”; possible values are fr, en"),
        ({"kind": "Communiqué"}, "“Communiqué” is not valid in the column “kind”"),
        ({"scope": "world"}, "“world” is not valid in the column “scope”"),
        ({"office": "OIM Atlantide"}, "the site has no office “OIM Atlantide”"),
        ({"countries": "JO XQ"}, "unknown country codes: XQ"),
        ({"old_address": "https://old.example.org/"}, "that of the home page"),
        ({"old_address": "/" + "a" * 300}, "longer than 255"),
        ({"old_address": "http://[bad/x"}, "is not a web address"),
        ({"translation_of": "a.txt"}, "translation of itself"),
        ({"reference": "2001/57"}, "“2001/57” is not a reference number"),
    ],
)
def test_an_invalid_cell_is_reported_with_its_line(tmp_path, cell, message):
    (error,) = errors(tmp_path, {"file": "first.txt"}, {"file": "a.txt", "kind": "news"} | cell)

    assert error.startswith("Line 3: ")
    assert message in error


def test_all_invalid_lines_are_reported_and_the_others_are_read(tmp_path):
    path = write_manifest(tmp_path, {"file": "a.txt", "date": "x"}, {"file": "b.txt"}, {"file": "c.txt", "kind": "x"})

    found = read(path)

    assert [error[:7] for error in found.errors] == ["Line 2:", "Line 4:"]
    assert list(found.metadata) == [str(tmp_path / "b.txt")]


def test_a_file_has_one_line_and_one_translation_in_a_language(tmp_path):
    twice = errors(tmp_path, {"file": "a.txt"}, {"file": "./a.txt"})
    rivals = errors(
        tmp_path,
        {"file": "a.txt", "locale": "fr"},
        {"file": "b.txt", "locale": "en", "translation_of": "a.txt"},
        {"file": "c.txt", "locale": "en", "translation_of": "a.txt"},
        {"file": "d.txt", "locale": "fr", "translation_of": "a.txt"},
        {"file": "e.txt", "locale": "fr", "translation_of": "b.txt"},
    )

    assert [error[:7] for error in twice] == ["Line 3:"]
    assert [error[:7] for error in rivals] == ["Line 4:", "Line 5:", "Line 6:"]


def test_a_manifest_of_a_spreadsheet_is_read(tmp_path):
    """With a byte order mark, semicolons, other line ends, empty lines and an unknown column."""
    path = tmp_path / "manifest.csv"
    path.write_bytes("\ufefffile;date;remark\r\na.txt;2001-05-04;x\r\n;;\r\n".encode())

    found = read(path)

    assert (found.errors, found.ignored) == ([], ["remark"])
    assert found.metadata[str(tmp_path / "a.txt")].date == datetime.date(2001, 5, 4)


@pytest.mark.parametrize("data", [b"name,date\na.txt,2001-05-04\n", b"", "file\né.txt".encode("latin-1")])
def test_a_file_that_is_no_manifest_is_reported(tmp_path, data):
    path = tmp_path / "manifest.csv"
    path.write_bytes(data)

    assert len(read(path).errors) == 1


def test_a_line_with_too_many_cells_is_reported(tmp_path):
    path = tmp_path / "manifest.csv"
    path.write_text("file,date\na.txt,2001-05-04,1,2\n")

    assert len(read(path).errors) == 1
