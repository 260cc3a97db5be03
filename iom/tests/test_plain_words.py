"""Texts have none of the words in docs/plain_words.toml, and no sentences of more than 30 words."""

import re
import tomllib

import pytest

from iom.tests.code_comments import comments
from iom.tests.texts import BASE, GUIDE, INTERFACE, Text, find_matches, term_pattern, texts

PLAIN = tomllib.loads((BASE / "docs" / "plain_words.toml").read_text())
LONGEST = 30  # words in a sentence

# After these, a full stop ends no sentence.
_ABBREVIATIONS = r"(?<!\bp\.)(?<!\bM\.)(?<!\bMM\.)(?<!\bDr\.)(?<!\bNo\.)(?<!\bSt\.)(?<!\bex\.)(?<!\b[A-Z]\.)"
_END = re.compile(rf"(?<=[.!?…])(?:[\s\u202f]*[»”’)])?{_ABBREVIATIONS}\s+(?=[A-ZÀ-ÖØ-Þ«“‘(x\d])|\n{{2,}}|\s–\s(?=\n)")


def sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in _END.split(text) if sentence.strip()]


def length(sentence: str) -> int:
    """Returns the number of words. A sign between spaces is no word; a number with thousands separators is one."""
    return sum(bool(re.search(r"\w", word)) for word in re.sub(r"(?<=\d)\s(?=\d)", "", sentence).split())


def too_long(found_in: list[Text]) -> list[str]:
    return [
        f"{text.place}: {length(sentence)} words: {sentence[:80]}…"
        for text in found_in
        for sentence in sentences(text.text)
        if length(sentence) > LONGEST
    ]


def variants(language: str, everywhere_only: bool = False) -> str:
    entries = [entry for entry in PLAIN[language] if entry.get("everywhere") or not everywhere_only]
    return "|".join(term_pattern(word) for entry in entries for word in entry["not"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four.", 4),
        ("Save it as .docx without them, then import it.", 1),
        ("Mme Diallo et M. Martin écrivent. L’auteur répond.", 2),
        ("See No. 3, p. 5, of 2016. Then go on.", 2),
        ("« Est-ce une ville\u202f? » demande-t-elle. Il répond.", 2),
        ("Elle dit\u202f: «\u202fOui.\u202f» Puis elle part.", 2),
        ("J. K. Rowling writes…", 1),
        ("p. ex. Genève", 1),
        ("a heading\n\nA paragraph", 2),
    ],
)
def test_a_text_is_split_into_sentences(text, expected):
    assert len(sentences(text)) == expected


def test_the_length_of_a_sentence_counts_words_only():
    assert length("Publier\u00a0: «\u202fle sens change\u202f» – ou 25\u202f000 fois") == 7
    assert too_long([Text("here", "en", GUIDE, "word " * LONGEST + ". " + "Word " * (LONGEST + 1))])
    assert not too_long([Text("here", "en", GUIDE, "word " * LONGEST + ". " + "Word " * LONGEST)])


@pytest.mark.parametrize(
    ("language", "wrong", "right"),
    [
        (
            "en",
            "Write it anew.|before it is mended|Nothing waits.|It stands where its original stands|the file: it may have 20 MB"
            "|women first of all|Give captions or a transcript|The text prints no day|Throw away|What the post is answerable for"
            "|kept for ever|parted by spaces|should it die",
            "Write it again.|Nothing to translate|Maximum 20 MB|No date in the text|Discard|amendment|henchmen|BE stands for Belgium"
            "|understand|standard|Throw away the file|It should be|the forefront|unanswerable",
        ),
        (
            "fr",
            "d’où vient le texte|il y a place pour 20|elle gagne la traduction|L’article paraît|Rien n’attend.|Jeter|votre texte demeure"
            "|D’où viennent nos nouvelles|au pied de l’écran|pour qui ne la voit pas",
            "origine du texte|il apparaît|disparaît|la parution|au pied-de-biche|une pièce jetée|reste|en bas de l’écran|pour les personnes qui",
        ),
    ],
)
def test_the_word_list_finds_the_wrong_examples_only(language, wrong, right):
    pattern = re.compile(variants(language))
    assert [example for example in wrong.split("|") if not pattern.search(example)] == []
    assert [example for example in right.split("|") if pattern.search(example)] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_interface_and_the_guides_have_plain_words(language):
    assert find_matches(variants(language), texts(language, INTERFACE, GUIDE)) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_text_has_archaic_words(language):
    assert find_matches(variants(language, everywhere_only=True), texts(language)) == []


def test_no_comment_has_archaic_words():
    assert find_matches(variants("en", everywhere_only=True), comments()) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_sentence_of_the_interface_and_the_guides_has_thirty_words_at_most(language):
    assert too_long(texts(language, INTERFACE, GUIDE)) == []
