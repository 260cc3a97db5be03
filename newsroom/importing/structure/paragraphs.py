"""Joins lines to paragraphs, headings and lists. Lines may be wrapped at a width that is derived from them."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html.entities import codepoint2name
from itertools import groupby, pairwise

from newsroom.importing.readers.passages import Kind, Passage
from newsroom.importing.structure import dateline, vocabulary
from newsroom.importing.word_counts import words

MAX_WRAP_WIDTH = 110  # characters
MAX_HEADING_LENGTH = 80  # characters
MAX_QUOTATION_LINES = 40
MAX_USUAL_LINES = 3  # of a wrapped paragraph that may continue after a full line
_END = re.compile(r"[.!?…:;]['’\"”»)\]*\s]*$")
_BULLET = re.compile(r"(?P<mark>[-•·▪◦*–—]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
_OPENING = ("«", "“", '"', "‘", "- ", "• ", "„")
_LINE_END_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐‑]$")
# Words that follow or precede a hyphen in French and English
_AFTER_HYPHEN = vocabulary.words("after_hyphen")
_BEFORE_HYPHEN = vocabulary.words("before_hyphen")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_ENTITIES = {code: len(name) + 2 for code, name in codepoint2name.items()}


def join_lines(lines: list[Passage]) -> list[Passage]:
    """Joins consecutive lines to paragraphs, headings and lists. Other passages stay as they are."""
    result: list[Passage] = []
    for is_line, run in groupby(lines, key=lambda passage: passage.kind is Kind.LINE):
        group = list(run)
        result += _build_paragraphs(group) if is_line else group
    return result


def _build_paragraphs(lines: list[Passage]) -> list[Passage]:
    layout = Layout(lines)
    groups: list[list[Passage]] = []
    for line in lines:
        if groups and layout.continues(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    known_words = Counter(word for line in lines for word in words(line.text))
    paragraphs = [_join_group(group, known_words) for group in groups]
    return _mark_headings(_group_lists(paragraphs), layout)


class Layout:
    """The layout of a text: whether and at which width its lines are wrapped, and whether blank lines count."""

    def __init__(self, lines: list[Passage]) -> None:
        texts = [line.text for line in lines]
        pairs = list(pairwise(lines))
        inner = [(a.text, b.text) for a, b in pairs if _is_inside_sentence(a.text, b.text)]
        measures = (_measure_width(texts, inner, measure) for measure in (len, _source_length))
        self._measure, self.width, explained = max(measures, key=lambda measured: measured[2])
        ends = sum(bool(_END.search(text)) for text in texts)
        widest = MAX_WRAP_WIDTH * (1 if self._measure is len else 1.4)
        is_narrow = len(lines) > 1 and self.width <= widest
        self.is_wrapped = is_narrow and (len(inner) * 6 >= len(pairs) or (ends * 2 <= len(lines) and explained > 0.7))
        gaps = sum(b.after_gap for _, b in pairs)
        everywhere = bool(pairs) and gaps >= len(pairs) * 0.85 and len(inner) * 4 >= len(pairs)
        self.gaps_count = gaps > 0 and not everywhere
        self._by_gaps = self.is_wrapped and self.gaps_count and gaps >= 2

    def continues(self, group: list[Passage], line: Passage) -> bool:
        """Returns whether the line continues the paragraph of the group."""
        last = group[-1].text
        if _BULLET.match(line.text):
            is_broken_dateline = dateline.parse(f"{last} {line.text}") and not dateline.parse(last)
            return bool(is_broken_dateline) and not line.after_gap
        goes_on = _is_inside_sentence(last, line.text)
        if line.after_gap and self.gaps_count:
            return goes_on and not self.is_wrapped and len(last) > MAX_HEADING_LENGTH
        if not self.is_wrapped:
            return goes_on and not _BULLET.match(group[0].text)
        if self._by_gaps or line.text[:1].islower():
            return True
        if self._room_left(last, line.text) < self.width // 3 and _is_quotation_open(group):
            return not line.text.startswith(_OPENING)
        if not _END.search(last):
            return self._room_left(last, line.text) < self.width // 2
        return self._room_left(last, line.text) < 0 and self._may_go_on(group, line)

    def _may_go_on(self, group: list[Passage], line: Passage) -> bool:
        """Returns whether a paragraph may continue after a full line that ends a sentence.

        It may if it is short, or if it contains a quotation and the line begins one.
        """
        if line.text.startswith(_OPENING):
            return any(mark in one.text for one in group for mark in '»”"')
        return len(group) < MAX_USUAL_LINES

    def _room_left(self, line: str, following: str) -> int:
        """Returns the room left on the line after the next line's first word; negative if the line had to break."""
        return self.width - self._measure(line) - 1 - self._measure(following.split(maxsplit=1)[0])


def _is_quotation_open(group: list[Passage]) -> bool:
    """Returns whether the paragraph has an unclosed quotation mark so far."""
    opened = [sum(line.text.count(mark) for line in group[-MAX_QUOTATION_LINES:]) for mark in "«»“”"]
    return opened[0] > opened[1] or opened[2] > opened[3]


def _is_inside_sentence(line: str, following: str) -> bool:
    """Returns whether the break between two lines is certainly within a sentence."""
    return following.lstrip("«“\"‘'( \N{NO-BREAK SPACE}")[:1].islower() and not _END.search(line)


def _measure_width(
    texts: list[str], inner: list[tuple[str, str]], measure: Callable[[str], int]
) -> tuple[Callable[[str], int], int, float]:
    """Returns the measure, the width of the lines, and the share of breaks within sentences that it explains."""
    lengths = sorted(map(measure, texts))
    usual = lengths[max(0, round(len(lengths) * 0.95) - 1)]
    width = (lengths[-1] if lengths[-1] <= usual * 1.2 else usual) + 1
    forced = sum(measure(a) + 1 + measure(b.split(maxsplit=1)[0]) >= width for a, b in inner)
    return measure, width, forced / (len(inner) or 1)


def _source_length(text: str) -> int:
    """Returns the length of the line in an HTML source that writes its letters as entities: `&eacute;`."""
    return len(text) + sum(_ENTITIES.get(ord(char), 1) - 1 for char in _NOT_ASCII.findall(text))


def _join_group(group: list[Passage], known_words: Counter[str]) -> Passage:
    parts = [group[0].text]
    for line in group[1:]:
        parts[-1:] = _append_line(parts[-1], line.text, known_words)
    text = "".join(parts)
    return Passage(Kind.PARAGRAPH, text, after_gap=group[0].after_gap)


def _append_line(text: str, line: str, known_words: Counter[str]) -> tuple[str, str]:
    """Returns the text and the line to append. A broken word loses its hyphen; a hyphenated word keeps it."""
    if not _LINE_END_HYPHEN.search(text):
        return f"{text} ", line
    before, after = words(text)[-1:] or [""], words(line)[:1] or [""]
    is_broken = (
        line[:1].islower()
        and before[0] not in _BEFORE_HYPHEN
        and after[0] not in _AFTER_HYPHEN
        and not text[:-1].endswith(" ")
        and not re.search(r"[\w]-[\w-]*-$", text)
    )
    if is_broken or (line[:1].islower() and known_words[before[0] + after[0]]):
        return text[:-1], line
    return text, line


def _group_lists(paragraphs: list[Passage]) -> list[Passage]:
    """Groups two or more consecutive items with the same kind of mark as a list."""
    result: list[Passage] = []
    for mark, run in groupby(paragraphs, key=_list_mark):
        group = list(run)
        if not mark or len(group) < 2:
            result += group
            continue
        items = tuple(Passage(Kind.PARAGRAPH, _BULLET.sub("", item.text, count=1)) for item in group)
        result.append(Passage(Kind.LIST, items=items, ordered=mark == "1", after_gap=group[0].after_gap))
    return result


def _list_mark(passage: Passage) -> str:
    found = _BULLET.match(passage.text)
    return "" if not found else "1" if any(char.isalnum() for char in found["mark"]) else "-"


def _mark_headings(passages: list[Passage], layout: Layout) -> list[Passage]:
    """Marks short lines without a full stop, above a paragraph or a list, as headings."""
    result: list[Passage] = []
    for index, passage in enumerate(passages):
        stands_alone = not layout.gaps_count or passage.after_gap or index == 0
        is_short = not layout.is_wrapped or layout.gaps_count or len(passage.text) < layout.width * 2 // 3
        following = passages[index + 1] if index + 1 < len(passages) else None
        if stands_alone and is_short and following and _is_heading(passage, following):
            passage = replace(passage, kind=Kind.HEADING, level=2)
        result.append(passage)
    return result


def _is_heading(passage: Passage, following: Passage) -> bool:
    text, below = passage.text, following.text
    if passage.kind is not Kind.PARAGRAPH or len(text) > MAX_HEADING_LENGTH or re.search(r"[.,;:!…»”\"*]$", text):
        return False
    if not (text[:1].isupper() or text[:1].isdigit()) or dateline.parse(text):
        return False
    return following.kind is Kind.LIST or (below[:1].isupper() and bool(_END.search(below)))
