"""`iom.tests.texts` finds texts of all kinds, and removes what is not prose."""

import pytest

from iom.tests.code_comments import comments
from iom.tests.texts import DEMO, DOCUMENT, GUIDE, INTERFACE, ROLE, texts, without_code


@pytest.mark.parametrize(
    ("language", "part", "at_least"),
    [
        ("en", INTERFACE, 900),
        ("fr", INTERFACE, 900),
        ("en", GUIDE, 100),
        ("fr", GUIDE, 100),
        ("en", DEMO, 400),
        ("fr", DEMO, 400),
        ("en", DOCUMENT, 400),
        ("en", ROLE, 2),
    ],
)
def test_each_part_of_a_language_has_texts(language, part, at_least):
    assert len(texts(language, part)) > at_least


def test_texts_come_from_all_kinds_of_files():
    files = {text.place.split(":")[0].split(".toml")[0] for language in ("en", "fr") for text in texts(language)}
    for name in (
        "README.md",
        "docs/operators.md",
        "docs/officers.fr.md",
        "offices",
        "02-every-block",
        "90-legal",
        "words",
    ):
        assert name in files, name
    assert any(name.endswith("roles.py") for name in files), "the names of groups"


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("%(count)d words of {total}", "x words of x"),
        ("<p>One.</p><p>Two <b>words</b>.</p>", "One.\n\nTwo words."),
        ('for example <a id="a1">…</a>.', "for example x."),
        ("The tag <%(tag)s> is open", "The tag x is open"),
        ("see https://example.org/organisation, or +41 22 717 91 11", "see x or x"),
        ("by --locale, in file_name", "by x, in x"),
    ],
)
def test_without_code_keeps_only_words(stored, read):
    assert without_code(stored) == read


def test_comments_of_all_kinds_of_files_are_read():
    endings = {text.place.split(":")[0].rpartition(".")[2] for text in comments()}
    assert {"py", "html", "css", "js", "toml"} <= endings
