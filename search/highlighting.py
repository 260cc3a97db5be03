"""What results show of a page: its title and the passage where the words stand, with the words marked."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from search.analysis import Word, loose_token, read, token, words
from search.meanings import SAME
from search.query import Query
from search.written import spans

LENGTH = 240  # letters of a passage
BEFORE = 60  # of them before the first word
AHEAD = 4  # words of a text for each word of a phrase: stop words may stand between them
LONGEST = 40_000  # letters of a text that is read for it
LABEL = 80  # letters of what a page says first of itself
_END = re.compile(r"(?<=\w)\n(?:- )?|(?<=[.!?…])\n- ")  # of a heading or of an item of a list
_LINE = re.compile(r"\n(?:- )?")


class Highlighter:
    """Marks the words of a query in texts. What means the same in several words is marked as a whole alone."""

    def __init__(self, query: Query) -> None:
        self._language = query.language
        variants = [variant for term in query.terms for variant in term.variants]
        self._wanted = {
            one for variant in variants if len(variant.tokens) == 1 or variant.weight == SAME for one in variant.tokens
        }
        phrases = {variant.tokens for variant in variants if len(variant.tokens) > 1 and variant.weight < SAME}
        self._phrases = sorted(phrases, key=lambda one: (-len(one), one))
        self._first = {phrase[0] for phrase in phrases}
        self._marks = self._wanted | self._first
        self._ahead = AHEAD * max(map(len, phrases), default=1)
        self._begins: dict[str, bool] = {}  # texts say the same words again and again

    def marked(self, text: str) -> SafeString:
        """The text escaped, with the words of the query in `mark` elements."""
        text = unicodedata.normalize("NFC", text)
        parts: list[SafeString] = []
        end = 0
        for start, stop in self._matches(text):
            parts += [conditional_escape(text[end:start]), format_html("<mark>{}</mark>", text[start:stop])]
            end = stop
        return mark_safe("".join([*parts, conditional_escape(text[end:])]))  # noqa: S308  (each part is escaped)

    def passage(self, summary: str, text: str) -> SafeString:
        """The summary where it has one of the words, or the text around the first of them; else the summary.

        Where both begin with the same short sentence, such as “Fictional example”, the passage does so too.
        """
        marked = self.marked(summary)
        if "<mark>" in marked:
            return marked
        label = _label(summary, text)
        text = _LINE.sub(" ", _END.sub(" · ", unicodedata.normalize("NFC", text[:LONGEST])))
        first, _end = next(self._matches(text), (-1, -1))
        if first < 0:
            return marked
        start = text.rfind(" ", 0, max(0, first - BEFORE)) + 1
        stop = text.find(" ", start + LENGTH)
        stop = len(text) if stop < 0 else stop
        opening, closing = f"{label}… " * (start > 0), " …" * (stop < len(text))
        return format_html("{}{}{}", opening, self.marked(text[start:stop]), closing)

    def _matches(self, text: str) -> Iterator[tuple[int, int]]:
        """Where words of the query begin and end."""
        end = 0
        for place in spans(text):
            if place.start() < end or not self._may_begin(place[0]):
                continue
            ahead = list(islice(words(text, self._language, place.start()), self._ahead))
            for number, word in enumerate(ahead):  # l’Office d’Haïti: several words may stand in one place
                if word.start > place.start():
                    break
                if length := self._length(ahead[number:]):
                    end = ahead[number + length - 1].end
                    yield word.start, end
                    break

    def _may_begin(self, place: str) -> bool:
        """Whether a word of the query, or the first one of a phrase, stands there."""
        if place not in self._begins:
            marks, language = self._marks, self._language
            self._begins[place] = any(
                token(stem, language) in marks or loose_token(loose, language) in marks
                for _form, stem, loose, _is_stop_word in read(place, language)
            )
        return self._begins[place]

    def _is_wanted(self, word: Word) -> bool:
        language = self._language
        return token(word.stem, language) in self._wanted or loose_token(word.loose, language) in self._wanted

    def _length(self, ahead: Sequence[Word]) -> int:
        """How many of these words are one of the phrases, with stop words between them, or are wanted; else 0."""
        first = ahead[0]
        if not first.is_stop_word and token(first.stem, self._language) in self._first:
            numbered = enumerate(ahead, 1)
            said = [(number, token(word.stem, self._language)) for number, word in numbered if not word.is_stop_word]
            for phrase in self._phrases:
                part = said[: len(phrase)]
                if tuple(one for _number, one in part) == phrase:
                    return part[-1][0]
        return int(self._is_wanted(first))


def _label(summary: str, text: str) -> str:
    """The short sentence with which both begin, and a space after it; else nothing."""
    first = text.partition("\n")[0]
    label = f"{first}. "
    return label if 0 < len(first) <= LABEL and summary.startswith(label) else ""
