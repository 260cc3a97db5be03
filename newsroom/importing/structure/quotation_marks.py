"""Where quotation marks of every form open and close, and which paragraphs one quotation runs through."""

import re
from dataclasses import dataclass, replace

from newsroom.importing.readers.passages import Kind, Passage

FARTHEST = 8  # paragraphs that one quotation may run through
LONGEST = 10_000  # characters; in a longer paragraph no quotation is looked for
_FORMS = {"«": "g", "»": "g", "“": "c", "”": "c", "„": "c", "‟": "c", '"': "s"}
_MARK = re.compile('[«»“”„‟"]')
_OPENS, _CLOSES = "«“„", "»”"
_AFTER_SENTENCE = re.compile(r"(?:^|[.!?…:»”\"])\s*$")
_SINGLE = re.compile(r"(?<![^\s(])[‘'](?=\S)(?P<inner>[^‘“”«»\"]{1,2000}?[.,!?…])[’'](?=\s|$|[,.;])")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks: `start` to `end` with the marks, the words from `inner` to `until`."""

    start: int
    inner: int
    until: int
    end: int


def find(text: str) -> tuple[list[Quoted], int | None]:
    """The outermost quoted words, and where a mark opens that nothing closes (None where there is none)."""
    found: list[Quoted] = []
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
                found.append(_quoted(text, entry[1], index))
    if not found and not stack:
        found = [_quoted(text, one.start(), one.end() - 1) for one in _SINGLE.finditer(text)]
    return found, stack[0][1] if stack else None


def _opens(text: str, index: int, stack: list[tuple[str, int]]) -> bool:
    """Whether the mark opens: by its form, unless its neighbours show that the form is wrong."""
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
    """Whether the mark stands where one closes, so that even the wrong form closes."""
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return bool(before) and not before.isspace() and (not after or after.isspace() or after in ".,;:!?)")


def _quoted(text: str, start: int, end: int) -> Quoted:
    words = text[start + 1 : end]
    inner = end - len(words.lstrip())
    return Quoted(start, inner, max(inner, start + 1 + len(words.rstrip())), end + 1)


def join(passages: list[Passage]) -> list[Passage]:
    """The passages, where those that one quotation runs through are one, with a blank line where each ended."""
    result: list[Passage] = []
    index = 0
    while index < len(passages):
        passage = passages[index]
        count, text = _run(passages, index)
        result.append(replace(passage, text=text, spans=()) if count > 1 else passage)
        index += count
    return result


def _run(passages: list[Passage], index: int) -> tuple[int, str]:
    """How many passages the quotation that stays open in this one takes, and their text; 1 where none closes it."""
    text = passages[index].text
    opened = find(text)[1] if len(text) <= LONGEST and passages[index].kind is Kind.PARAGRAPH else None
    if opened is None or not _AFTER_SENTENCE.search(text[:opened]):
        return 1, text
    for count, following in enumerate(passages[index + 1 : index + FARTHEST], start=2):
        if following.kind is not Kind.PARAGRAPH:
            break
        text = f"{text}\n\n{_without_mark(following.text, text[opened])}"
        if find(text)[1] is None:
            return count, text
    return 1, text


def _without_mark(text: str, mark: str) -> str:
    """A paragraph without the mark at its beginning that repeats that the quotation goes on."""
    return text[1:].lstrip() if text and text[0] in (mark, *_CLOSES) else text
