"""What results show of a page: its title and the passage where the words stand, with the words marked."""

import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from itertools import islice

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from search.analysis import Word, loose_token, token, words
from search.meanings import SAME
from search.parsing import Query

LENGTH = 240  # letters of a passage
BEFORE = 60  # of them before the first word
AHEAD = 4  # words of a text for each word of a phrase: stop words may stand between them
LONGEST = 40_000  # letters of a text that is read for it
LABEL = 80  # letters of what a page says first of itself
_END = re.compile(r"(?<=\w)\n(?:- )?|(?<=[.!?…])\n- ")  # of a heading or of an item of a list
_LINE = re.compile(r"\n(?:- )?")


def marked(text: str, query: Query) -> SafeString:
    """The text escaped, with the words of the query in `mark` elements."""
    text = unicodedata.normalize("NFC", text)
    parts: list[SafeString] = []
    end = 0
    for start, stop in _matches(text, query):
        parts += [conditional_escape(text[end:start]), format_html("<mark>{}</mark>", text[start:stop])]
        end = stop
    return mark_safe("".join([*parts, conditional_escape(text[end:])]))  # noqa: S308  (each part is escaped)


def passage(summary: str, text: str, query: Query) -> SafeString:
    """The summary where it has one of the words, or the text around the first of them; else the summary.

    Where summary and text begin with the same short sentence, such as “Fictional example”, the passage does so too.
    """
    if next(_matches(summary, query), None):
        return marked(summary, query)
    label = _label(summary, text)
    text = _LINE.sub(" ", _END.sub(" · ", unicodedata.normalize("NFC", text[:LONGEST])))
    first, _end = next(_matches(text, query), (-1, -1))
    if first < 0:
        return conditional_escape(summary)
    start = text.rfind(" ", 0, max(0, first - BEFORE)) + 1
    stop = text.find(" ", start + LENGTH)
    stop = len(text) if stop < 0 else stop
    opening, closing = f"{label}… " * (start > 0), " …" * (stop < len(text))
    return format_html("{}{}{}", opening, marked(text[start:stop], query), closing)


def _label(summary: str, text: str) -> str:
    """The short sentence with which both begin, and a space after it; else nothing."""
    first = text.partition("\n")[0]
    label = f"{first}. "
    return label if 0 < len(first) <= LABEL and summary.startswith(label) else ""


def _matches(text: str, query: Query) -> Iterator[tuple[int, int]]:
    """Where words of the query begin and end. What means the same in several words is found as a whole alone."""
    ways = [way for term in query.terms for way in term.ways]
    wanted = {one for way in ways if len(way.tokens) == 1 or way.weight == SAME for one in way.tokens}
    phrases = sorted(
        {way.tokens for way in ways if len(way.tokens) > 1 and way.weight < SAME}, key=lambda one: (-len(one), one)
    )
    found = words(unicodedata.normalize("NFC", text), query.language)
    ahead = deque(islice(found, AHEAD * max(map(len, phrases), default=1)))
    end = 0
    while ahead:
        first = ahead[0]
        length = max(_length(phrases, ahead, query.language), int(_is_wanted(first, wanted, query.language)))
        if length and first.start >= end:  # l’Office d’Haïti: several words may stand in one place
            end = ahead[length - 1].end
            yield first.start, end
        for _word in range(length or 1):
            ahead.popleft()
        ahead.extend(islice(found, length or 1))


def _is_wanted(word: Word, wanted: set[str], language: str) -> bool:
    return token(word.stem, language) in wanted or loose_token(word.loose, language) in wanted


def _length(phrases: list[tuple[str, ...]], ahead: deque[Word], language: str) -> int:
    """How many of these words are one of the phrases, with stop words between them; 0 where none begins here."""
    if ahead[0].is_stop_word or not any(token(ahead[0].stem, language) == phrase[0] for phrase in phrases):
        return 0
    said = [(number, token(word.stem, language)) for number, word in enumerate(ahead, 1) if not word.is_stop_word]
    for phrase in phrases:
        part = said[: len(phrase)]
        if tuple(one for _number, one in part) == phrase:
            return part[-1][0]
    return 0
