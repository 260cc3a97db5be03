"""What stands in a text as one word: letters and digits, or an acronym with its dots."""

import re
from collections.abc import Iterator

APOSTROPHES = {"’": "'", "ʼ": "'", "\u00ad": ""}
_LETTERS = r"[^\W_]++(?:[\u0300-\u036f\u00ad]+[^\W_]*+)*+"  # and digits, with their accents
_ACRONYM = r"(?<![\w.])[^\W\d_](?:\.[^\W\d_])++s?(?![^\W_])\.?"  # U.N., O.N.G
_PART = rf"(?:{_ACRONYM}|{_LETTERS})"
_WORD = re.compile(rf"{_PART}(?:['’ʼ]{_PART})*+")
_DOTTED = re.compile(_ACRONYM)


def spans(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """What stands between spaces and marks in `text`, which is in NFC: a word, with those before its apostrophes."""
    return _WORD.finditer(text, start)


def written_words(text: str) -> list[str]:
    """The same as it is written."""
    return _WORD.findall(text)


def plain(written: str) -> str:
    """Without the dots of an acronym, which is one in small letters too: “u.s.” is not “us”."""
    return _DOTTED.sub(lambda found: found[0].replace(".", "").upper(), written) if "." in written else written
