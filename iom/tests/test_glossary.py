"""All texts use the terms of docs/glossary.toml: one term for one thing."""

import re
import tomllib

import pytest

from iom.tests.catalogues import read_messages
from iom.tests.texts import BASE, DEMO, DOCUMENT, GUIDE, INTERFACE, find_matches, term_pattern, texts

TERMS = tomllib.loads((BASE / "docs" / "glossary.toml").read_text())["term"]
LANGUAGES = ("en", "fr")


def inflected(term: str) -> str:
    """Returns a pattern for the words of a term with any endings: « postes-frontières », “claimed”."""
    return r"(?i)\b" + r"\W+".join(
        f"{re.escape(word[:-1] if len(word) > 4 else word)}\\w*" for word in re.findall(r"\w+", term)
    )


def of_term(term: dict[str, object], language: str) -> str:
    return "|".join(term_pattern(variant) for variant in term[f"not_{language}"])


@pytest.mark.parametrize(
    ("variant", "found", "left"),
    [
        ("e-mail*", "an e-mail|two E-mails|e-mailed", "email|the mail"),
        ("mail", "par mail|un mail,", "un e-mail|courriel|maillage"),
        ("poste frontière", "le poste frontière|un poste\nfrontière", "le poste-frontière|les postes frontières"),
        ("translators' desk", "the translators’ desk", "the desk|translation desk"),
        ("l’admin", "dans l'admin", "l’administration"),
        (
            "chargé de communication",
            "un chargé de communication",
            "chargé(e) de communication|chargée de communication",
        ),
        ("=niveau", "Niveau|niveau", "au niveau du site|niveaux"),
        ("goes live", "It goes\u00a0live.", "alive|goes liver"),
    ],
)
def test_the_pattern_of_a_variant_matches_its_forms_in_a_text(variant, found, left):
    pattern = re.compile(term_pattern(variant))
    assert [example for example in found.split("|") if not pattern.search(example)] == []
    assert [example for example in left.split("|") if pattern.search(example)] == []


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term["en"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_has_a_forbidden_variant_of_a_term(term, language):
    parts = (INTERFACE, GUIDE, DEMO, DOCUMENT) if term.get("everywhere") else (INTERFACE, GUIDE)
    if term[f"not_{language}"]:
        assert find_matches(of_term(term, language), texts(language, *parts)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_term_is_used(language):
    """It is used in a text of the site or in a message of Wagtail; Wagtail's English messages are in no catalogue."""
    read = "\n".join(text.text for text in texts(language, INTERFACE, GUIDE, DEMO))
    read += "\n".join(form for _entry, forms in read_messages(language) for form in forms)
    assert [term[language] for term in TERMS if not re.search(inflected(term[language]), read)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_term_is_a_forbidden_variant_of_another(language):
    for term in TERMS:
        found = [
            other["concept"]
            for other in TERMS
            if other[f"not_{language}"] and re.search(of_term(other, language), term[language])
        ]
        assert found == [], term[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_concept_has_one_entry(language):
    concepts = [term["concept"] for term in TERMS]
    assert len(set(concepts)) == len(concepts)
    variants = [variant.casefold() for term in TERMS for variant in term[f"not_{language}"]]
    assert sorted(set(variants)) == sorted(variants)
