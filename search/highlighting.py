"""Highlighting: the title and the snippet of a result, with the words of the query in `mark` elements."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from search.analysis import Word, all_tokens_of_word, loose_token, token, words
from search.query import Query
from search.synonyms import SAME
from search.tokenizer import find_words

SNIPPET_LENGTH = 240  # letters
LEAD_LENGTH = 60  # letters of a snippet before the first match
LOOKAHEAD = 4  # words of a text that are read for each word of a phrase, since stop words may stand between them
MAX_TEXT_LENGTH = 40_000  # letters of a text that are searched for a match
MAX_LABEL_LENGTH = 80  # letters of a first sentence that is repeated, such as “Fictional example”
_END = re.compile(r"(?<=\w)\n(?:- )?|(?<=[.!?…])\n- ")  # end of a heading or list item
_LINE = re.compile(r"\n(?:- )?")


class Highlighter:
    """Marks the words of a query in texts. A synonym of several words is marked only where all of them stand."""

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
        self._ahead = LOOKAHEAD * max(map(len, phrases), default=1)
        self._begins: dict[str, bool] = {}  # a cache: texts repeat words

    def highlight(self, text: str) -> SafeString:
        """Returns the escaped text with the words of the query in `mark` elements."""
        text = unicodedata.normalize("NFC", text)
        parts: list[SafeString] = []
        end = 0
        for start, stop in self._matches(text):
            parts += [conditional_escape(text[end:start]), format_html("<mark>{}</mark>", text[start:stop])]
            end = stop
        return mark_safe("".join([*parts, conditional_escape(text[end:])]))  # noqa: S308  (each part is escaped)

    def snippet(self, summary: str, text: str) -> SafeString:
        """Returns the summary if it contains a match, else the text around the first match, else the summary.

        If summary and text begin with the same short sentence, such as “Fictional example”, so does the snippet.
        """
        marked = self.highlight(summary)
        if "<mark>" in marked:
            return marked
        label = _label(summary, text)
        text = _LINE.sub(" ", _END.sub(" · ", unicodedata.normalize("NFC", text[:MAX_TEXT_LENGTH])))
        first, _end = next(self._matches(text), (-1, -1))
        if first < 0:
            return marked
        start = text.rfind(" ", 0, max(0, first - LEAD_LENGTH)) + 1
        stop = text.find(" ", start + SNIPPET_LENGTH)
        stop = len(text) if stop < 0 else stop
        opening, closing = f"{label}… " * (start > 0), " …" * (stop < len(text))
        return format_html("{}{}{}", opening, self.highlight(text[start:stop]), closing)

    def _matches(self, text: str) -> Iterator[tuple[int, int]]:
        """Yields the start and the end of each match."""
        end = 0
        for place in find_words(text):
            if place.start() < end or not self._may_begin(place[0]):
                continue
            ahead = list(islice(words(text, self._language, place.start()), self._ahead))
            for number, word in enumerate(ahead):  # several words may have one place: l’Office d’Haïti
                if word.start > place.start():
                    break
                if length := self._match_length(ahead[number:]):
                    end = ahead[number + length - 1].end
                    yield word.start, end
                    break

    def _may_begin(self, place: str) -> bool:
        """Whether a word of the query, or the first word of a phrase, stands in this place."""
        if place not in self._begins:
            self._begins[place] = not self._marks.isdisjoint(all_tokens_of_word(place, self._language))
        return self._begins[place]

    def _is_wanted(self, word: Word) -> bool:
        language = self._language
        return token(word.stem, language) in self._wanted or loose_token(word.loose, language) in self._wanted

    def _match_length(self, ahead: Sequence[Word]) -> int:
        """Returns how many of the next words a phrase (with stop words between) or a single word matches, or 0."""
        first = ahead[0]
        if not first.is_stop_word and token(first.stem, self._language) in self._first:
            numbered = enumerate(ahead, 1)
            found = [(number, token(word.stem, self._language)) for number, word in numbered if not word.is_stop_word]
            for phrase in self._phrases:
                part = found[: len(phrase)]
                if tuple(one for _number, one in part) == phrase:
                    return part[-1][0]
        return int(self._is_wanted(first))


def _label(summary: str, text: str) -> str:
    """Returns the short sentence with which both begin and a space after it, or ""."""
    first = text.partition("\n")[0]
    label = f"{first}. "
    return label if 0 < len(first) <= MAX_LABEL_LENGTH and summary.startswith(label) else ""
