"""What stands in a text as one word: letters and digits, an acronym with its dots, a number with its separators; and
what stands in quotation marks."""

import re
from collections.abc import Iterator

APOSTROPHES = {"’": "'", "ʼ": "'", "\u00ad": ""}
_RAISED = "⁰¹²³⁴-⁹"  # no part of the number before it: the mark of a note, a power
_LETTERS = rf"[^\W_{_RAISED}]++(?:[\u0300-\u036f\u00ad]+[^\W_{_RAISED}]*+)*+(?:(?<!\d)[{_RAISED}]++)?+"  # and digits
_ACRONYM = r"(?<![\w.])[^\W\d_](?:\.[^\W\d_])++s?(?![^\W_])\.?"  # U.N., O.N.G
# Groups of three digits after one to three others, all with the same separator: no date, and no number of a telephone
_SEPARATORS = ("[ \u00a0\u2009\u202f]", ",", r"\.", "['’]")
_NUMBER = "|".join(rf"[1-9]\d{{0,2}}(?:{one}\d{{3}})++(?![^\W{_RAISED}]|{one}\d)" for one in _SEPARATORS)
_PART = rf"(?:{_ACRONYM}|{_NUMBER}|{_LETTERS})"
_WORD = re.compile(rf"{_PART}(?:['’ʼ]{_PART})*+")
_JOINED = re.compile(rf"{_ACRONYM}|{_NUMBER}")
_MARKS = re.compile(r"\W+")
QUOTED = re.compile(r"[\"“”«»„]\s*([^\"“”«»„]+?)\s*[\"“”«»„]")


def spans(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """What stands between spaces and marks in `text`, which is in NFC: a word, with those before its apostrophes."""
    return _WORD.finditer(text, start)


def written_words(text: str) -> list[str]:
    """The same as it is written."""
    return _WORD.findall(text)


def plain(written: str) -> str:
    """Without the dots of an acronym, which is one in small letters too, and without the separators of a number.

    “u.s.” is not “us”.
    """
    return written if written.isalnum() else _JOINED.sub(lambda found: _MARKS.sub("", found[0]).upper(), written)


def unquoted(text: str) -> str:
    """What was typed, without its quotation marks."""
    return " ".join(QUOTED.sub(r" \1 ", text).split())
