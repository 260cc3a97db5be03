"""The difference of two texts, word by word."""

import html
import re
from difflib import SequenceMatcher

from iom.core.inline import to_editor

SAME, REMOVED, ADDED = "same", "removed", "added"
Pieces = list[tuple[str, str]]

# A tag, a word, a run of spaces, or a sign
_TOKEN = re.compile(r"<[^>]*>|[\w’'-]+|\s+|.", re.DOTALL)


def words(text: str) -> list[str]:
    """The words, signs and tags, without the spaces."""
    return [token for token in _tokens(text) if not token.isspace()]


def _tokens(text: str) -> list[str]:
    """Tags as people write them, each whole, and the words and signs between them."""
    found: list[str] = _TOKEN.findall(to_editor(text).replace("<br/>", "\n"))
    return [token if token.startswith("<") else html.unescape(token) for token in _joined(found)]


def _joined(tokens: list[str]) -> list[str]:
    """`&`, `amp` and `;` are one sign."""
    joined: list[str] = []
    for part in tokens:
        if part == ";" and len(joined) > 1 and joined[-2] == "&":
            joined[-2:] = [f"&{joined[-1]};"]
        else:
            joined.append(part)
    return joined


def marked(before: str, after: str) -> Pieces:
    """One text of both, word by word: what is the same, what was removed, what was added."""
    old, new = _tokens(before), _tokens(after)
    pieces: Pieces = []
    for kind, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append((SAME, "".join(old[start:end])))
            continue
        if start < end:
            pieces.append((REMOVED, "".join(old[start:end])))
        if begin < stop:
            pieces.append((ADDED, "".join(new[begin:stop])))
    return _without_lone_spaces(pieces)


def _without_lone_spaces(pieces: Pieces) -> Pieces:
    """A space left between two changes belongs to them: a rewritten sentence is not shown word by word."""
    merged: Pieces = []
    for number, (kind, text) in enumerate(pieces):
        is_lone_space = kind == SAME and text.isspace() and 0 < number < len(pieces) - 1
        for part, words in ((REMOVED, text), (ADDED, text)) if is_lone_space else ((kind, text),):
            _append(merged, part, words)
    return merged


def _append(pieces: Pieces, kind: str, text: str) -> None:
    """Adds a piece, to the one of its kind in the same change where there is one."""
    for position in range(len(pieces) - 1, max(len(pieces) - 3, -1), -1):
        if pieces[position][0] == SAME:
            break
        if pieces[position][0] == kind:
            pieces[position] = (kind, pieces[position][1] + text)
            return
    if pieces and kind == SAME == pieces[-1][0]:
        pieces[-1] = (SAME, pieces[-1][1] + text)
    else:
        pieces.append((kind, text))
