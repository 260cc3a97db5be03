"""Splits text into words: letters and digits, acronyms with dots, numbers with separators. Finds quoted phrases."""

import re
from collections.abc import Iterator

APOSTROPHES = {"’": "'", "ʼ": "'", "\u00ad": ""}
_RAISED = "⁰¹²³⁴-⁹"  # marks of notes, and powers: not part of the number before them
_LETTERS = rf"[^\W_{_RAISED}]++(?:[\u0300-\u036f\u00ad]+[^\W_{_RAISED}]*+)*+(?:(?<!\d)[{_RAISED}]++)?+"  # and digits
_ACRONYM = r"(?<![\w.])[^\W\d_](?:\.[^\W\d_])++s?(?![^\W_])\.?"  # U.N., O.N.G
# Groups of three digits after one to three others, with one separator: neither a date nor a telephone number
_SEPARATORS = ("[ \u00a0\u2009\u202f]", ",", r"\.", "['’]")
_NUMBER = "|".join(rf"[1-9]\d{{0,2}}(?:{one}\d{{3}})++(?![^\W{_RAISED}]|{one}\d)" for one in _SEPARATORS)
_PART = rf"(?:{_ACRONYM}|{_NUMBER}|{_LETTERS})"
_WORD = re.compile(rf"{_PART}(?:['’ʼ]{_PART})*+")
_JOINED = re.compile(rf"{_ACRONYM}|{_NUMBER}")
_NON_WORD = re.compile(r"\W+")
QUOTED = re.compile(r"[\"“”«»„]\s*([^\"“”«»„]+?)\s*[\"“”«»„]")


def find_words(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Yields the words of `text`, which has to be in NFC. A match includes elided words before an apostrophe."""
    return _WORD.finditer(text, start)


def raw_words(text: str) -> list[str]:
    """Returns the words that `find_words` finds, as they are written."""
    return _WORD.findall(text)


def without_separators(written: str) -> str:
    """Removes the dots of an acronym and the separators of a number.

    An acronym becomes upper case, so that “u.s.” is not “us”.
    """
    return written if written.isalnum() else _JOINED.sub(lambda found: _NON_WORD.sub("", found[0]).upper(), written)


def without_quotation_marks(text: str) -> str:
    """Returns a query without its quotation marks."""
    return " ".join(QUOTED.sub(r" \1 ", text).split())
