"""What results show of a page: its title and the passage where the words stand, with the words marked."""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from search.analysis import Word, loose_token, token, words
from search.parsing import Query

LENGTH = 240  # letters of a passage
BEFORE = 60  # of them before the first word
LONGEST = 40_000  # letters of a text that is read for it
LABEL = 80  # letters of what a page says first of itself
_END = re.compile(r"(?<=\w)\n(?:- )?|(?<=[.!?…])\n- ")  # of a heading or of an item of a list
_LINE = re.compile(r"\n(?:- )?")


def marked(text: str, query: Query) -> SafeString:
    """The text escaped, with the words of the query in `mark` elements."""
    text = unicodedata.normalize("NFC", text)
    parts: list[SafeString] = []
    end = 0
    for word in _matches(text, query):
        parts += [
            conditional_escape(text[end : word.start]),
            format_html("<mark>{}</mark>", text[word.start : word.end]),
        ]
        end = word.end
    return mark_safe("".join([*parts, conditional_escape(text[end:])]))  # noqa: S308  (each part is escaped)


def passage(summary: str, text: str, query: Query) -> SafeString:
    """The summary where it has one of the words, or the text around the first of them; else the summary.

    Where summary and text begin with the same short sentence, such as “Fictional example”, the passage does so too.
    """
    if next(_matches(summary, query), None):
        return marked(summary, query)
    label = _label(summary, text)
    text = _LINE.sub(" ", _END.sub(" · ", unicodedata.normalize("NFC", text[:LONGEST])))
    first = next(_matches(text, query), None)
    if first is None:
        return conditional_escape(summary)
    start = text.rfind(" ", 0, max(0, first.start - BEFORE)) + 1
    stop = text.find(" ", start + LENGTH)
    stop = len(text) if stop < 0 else stop
    opening, closing = f"{label}… " * (start > 0), " …" * (stop < len(text))
    return format_html("{}{}{}", opening, marked(text[start:stop], query), closing)


def _label(summary: str, text: str) -> str:
    """The short sentence with which both begin, and a space after it; else nothing."""
    first = text.partition("\n")[0]
    label = f"{first}. "
    return label if 0 < len(first) <= LABEL and summary.startswith(label) else ""


def _matches(text: str, query: Query) -> Iterator[Word]:
    wanted = {one for term in query.terms for way in term.ways for one in way.tokens}
    end = 0
    for word in words(unicodedata.normalize("NFC", text), query.language):
        has = token(word.stem, query.language) in wanted or loose_token(word.loose, query.language) in wanted
        if has and word.start >= end:  # l’Office d’Haïti: several words may stand in one place
            end = word.end
            yield word
