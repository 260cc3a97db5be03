"""Matches opening and closing quotation marks of all forms, and joins paragraphs that one quotation spans."""

import re
from dataclasses import dataclass, replace

from newsroom.importing.readers.passages import Kind, Passage

MAX_PARAGRAPHS = 8  # that one quotation may span
MAX_PARAGRAPH_LENGTH = 10_000  # characters; longer paragraphs are not searched for quotations
_FORMS = {"«": "g", "»": "g", "“": "c", "”": "c", "„": "c", "‟": "c", '"': "s"}
_MARK = re.compile('[«»“”„‟"]')
_OPENS, _CLOSES = "«“„", "»”"
_AFTER_SENTENCE = re.compile(r"(?:^|[.!?…:»”\"])\s*$")
_SINGLE = re.compile(r"(?<![^\s(])[‘'](?=\S)(?P<inner>[^‘“”«»\"]{1,2000}?[.,!?…])[’'](?=\s|$|[,.;])")


@dataclass(frozen=True, slots=True)
class QuotedText:
    """Words between quotation marks: from `start` to `end` with the marks, from `inner` to `until` without them."""

    start: int
    inner: int
    until: int
    end: int


def find_quoted(text: str) -> tuple[list[QuotedText], int | None]:
    """Returns the outermost quoted texts, and the position of an opening mark that is never closed, or None."""
    found: list[QuotedText] = []
    stack: list[tuple[str, int]] = []
    for mark in _MARK.finditer(text):
        index, form = mark.start(), _FORMS[mark[0]]
        if _opens(text, index, stack):
            stack.append((form, index))
        elif stack and (any(entry[0] == form for entry in stack) or _closes(text, index)):
            while stack:
                entry = stack.pop()
                if entry[0] == form:
                    break
            if not stack:
                found.append(_quoted_text(text, entry[1], index))
    if not found and not stack:
        found = [_quoted_text(text, one.start(), one.end() - 1) for one in _SINGLE.finditer(text)]
    return found, stack[0][1] if stack else None


def _opens(text: str, index: int, stack: list[tuple[str, int]]) -> bool:
    """Returns whether the mark opens, by its form, or by its neighbours where they contradict the form."""
    char = text[index]
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    at_start = not before or before.isspace() or before in "([-–—/’'"
    at_end = not after or after.isspace() or after in ".,;:!?)]…"
    is_open = any(form == _FORMS[char] for form, _ in stack)
    if char in "«»":
        return char == "«" and not (is_open and at_end and not at_start)
    if at_start and not at_end:
        return not is_open or char in _OPENS
    if char in _OPENS:
        return not (is_open and at_end)
    return False if char in _CLOSES or not at_start else not is_open


def _closes(text: str, index: int) -> bool:
    """Returns whether the mark's neighbours are those of a closing mark. Then even a mark of another form closes."""
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return bool(before) and not before.isspace() and (not after or after.isspace() or after in ".,;:!?)")


def _quoted_text(text: str, start: int, end: int) -> QuotedText:
    words = text[start + 1 : end]
    inner = end - len(words.lstrip())
    return QuotedText(start, inner, max(inner, start + 1 + len(words.rstrip())), end + 1)


def join_paragraphs(passages: list[Passage]) -> list[Passage]:
    """Joins the passages that one quotation spans, with a blank line between them."""
    result: list[Passage] = []
    index = 0
    while index < len(passages):
        passage = passages[index]
        count, text = _join_open_quotation(passages, index)
        result.append(replace(passage, text=text, spans=()) if count > 1 else passage)
        index += count
    return result


def _join_open_quotation(passages: list[Passage], index: int) -> tuple[int, str]:
    """Returns the number of passages that the quotation open in this one spans, and their text.

    The number is 1 if no quotation is open, or nothing closes it.
    """
    text = passages[index].text
    opened = (
        find_quoted(text)[1] if len(text) <= MAX_PARAGRAPH_LENGTH and passages[index].kind is Kind.PARAGRAPH else None
    )
    if opened is None or not _AFTER_SENTENCE.search(text[:opened]):
        return 1, text
    for count, following in enumerate(passages[index + 1 : index + MAX_PARAGRAPHS], start=2):
        if following.kind is not Kind.PARAGRAPH:
            break
        text = f"{text}\n\n{_drop_repeated_mark(following.text, text[opened])}"
        if find_quoted(text)[1] is None:
            return count, text
    return 1, text


def _drop_repeated_mark(text: str, mark: str) -> str:
    """Removes the mark that repeats at the start of a paragraph that the quotation continues."""
    return text[1:].lstrip() if text and text[0] in (mark, *_CLOSES) else text
