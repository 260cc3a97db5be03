"""The texts of the demonstration are set as each language is set."""

import tomllib

import pytest

from iom.demo import content
from iom.demo.tests.texts import places_of, prose


def test_there_is_prose_to_look_at():
    assert len(list(prose("fr"))) > 400
    assert len(list(prose("en"))) > 400


@pytest.mark.parametrize(
    ("rule", "pattern"),
    [
        ("no plain space before ; ! ? and inside the marks of a quotation", r"\x20[;!?»]|«\x20"),
        ("nor none at all", r"[^\s!?…][;!?»]|«(?!\s)"),
        ("a no-break space before a colon", r"\x20:|\w:(?=\s)"),
        ("no typewriter's apostrophe", r"'"),
        ("no English or typewriter's quotation marks", '["“”]'),
        ("no three dots for an ellipsis", r"\.\.\."),
        ("no plain space in a number", r"\d\x20\d{3}\b"),
        ("no plain space before % or the sign of a currency", r"\d\x20[%€$]"),
        (
            "capitals with their accents",
            r"\b(Etats?|Ecoles?|Egypte|Ethiopie|Equateur|Ile|Iles|Eglise|Elections?|Etude|A partir|A la)\b",
        ),
        ("no two spaces and no tabulator", r"[ ]{2}|\t"),
        ("the ligature of œ", r"\b(oeuvre|coeur|soeur|voeu|noeud)"),
    ],
)
def test_french_is_set_as_french(rule, pattern):
    assert places_of("fr", pattern) == []


@pytest.mark.parametrize(
    ("rule", "pattern"),
    [
        ("no typewriter's apostrophe", r"'"),
        ("no French or typewriter's quotation marks", '["«»]'),
        ("no space before a sign", r"\s[;!?:,.]"),
        ("no three dots for an ellipsis", r"\.\.\."),
        ("no two spaces and no tabulator", r"[ ]{2}|\t"),
        ("numbers with a comma", r"\d\s\d{3}\b"),
        (
            "the spelling of the United Nations",
            r"\b(color|center|labor|program)\b",
        ),
    ],
)
def test_english_is_set_as_english(rule, pattern):
    assert places_of("en", pattern) == []


def test_the_rules_find_what_they_are_meant_to_find(monkeypatch):
    """A rule that matched nothing would pass whatever was written."""
    faults = {"fr": "Vrai ? Non! L'été « ici » : 25 000 oeuvres... Etat", "en": 'Don\'t say "no" !'}
    monkeypatch.setattr("iom.demo.tests.texts.prose", lambda language: [("x", faults[language])])

    for pattern in (
        r"\x20[;!?»]|«\x20",
        r"[^\s!?…][;!?»]|«(?!\s)",
        r"\x20:|\w:(?=\s)",
        r"'",
        r"\d\x20\d{3}\b",
        r"\boeuvre",
        r"\bEtats?\b",
        r"\.\.\.",
    ):
        assert places_of("fr", pattern), pattern
    for pattern in (r"'", '["«»]', r"\s[;!?:,.]"):
        assert places_of("en", pattern), pattern


def test_each_language_names_the_organisation_in_its_own_letters():
    assert places_of("fr", r"\bIOM\b") == []
    assert places_of("en", r"\bOIM\b") == []


def addresses(value):
    if isinstance(value, str) and "@" in value:
        yield value
    elif isinstance(value, dict):
        for below in value.values():
            yield from addresses(below)
    elif isinstance(value, list):
        for below in value:
            yield from addresses(below)


def test_every_address_is_an_example():
    found = {
        address
        for file in content.FOLDER.rglob("*.toml")
        for address in addresses(tomllib.loads(file.read_text()))
        if not address.startswith("<")
    }

    assert {address for address in found if " " not in address and not address.endswith("@example.org")} == set()
