"""Reads plain text. Each line that is not blank becomes a passage."""

import re

from newsroom.importing.readers.decode import clean, decode
from newsroom.importing.readers.passages import Document, Kind, Passage

_SPACES = re.compile(r"\s{2,}")


def read(data: bytes) -> Document:
    """Reads the lines of a plain-text file."""
    return read_text(decode(data))


def read_text(text: str) -> Document:
    """Reads the lines of a decoded text."""
    text, repairs = clean(text)
    passages, after_gap = [], False
    for line in text.split("\n"):
        stripped = _SPACES.sub(" ", line.strip())
        if stripped:
            passages.append(Passage(Kind.LINE, stripped, after_gap=after_gap))
        after_gap = not stripped
    return Document(passages, repairs)
