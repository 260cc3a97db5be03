"""docs/accessibility.md has a row for every criterion, and the tests and files that it names exist."""

import re
from collections import Counter

from iom.tests.serving import ROOT

DOCUMENT = ROOT / "docs" / "accessibility.md"
# WCAG 2.2, levels A and AA; 4.1.1 is obsolete.
CRITERIA = {
    "A": """1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4
        2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2""",
    "AA": """1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8 3.1.2
        3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3""",
}


def test_the_document_has_one_row_for_each_of_the_55_criteria():
    rows = re.findall(r"^\| (\d\.\d\.\d+) \| [^|]+ \| (AA?) \| [^|]{15,} \|$", DOCUMENT.read_text(), re.MULTILINE)
    expected = {(number, level) for level, numbers in CRITERIA.items() for number in numbers.split()}
    assert len(expected) == 55
    assert Counter(rows) == Counter(expected)


def test_the_document_names_existing_tests():
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", DOCUMENT.read_text())
    assert len(named) > 30
    for file, test in named:
        assert f"\ndef {test}(" in (ROOT / file).read_text(), f"{file}::{test}"


def test_the_document_names_existing_style_sheets():
    named = re.findall(r"`(static/[\w/]+\.css)`", DOCUMENT.read_text())
    assert named
    for file in named:
        assert (ROOT / file).exists(), file
