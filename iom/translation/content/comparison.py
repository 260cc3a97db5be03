"""What has changed: the difference of two texts, word by word, and which passage corresponds to an earlier one."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest
from typing import Any

from iom.core.inline import to_editor
from iom.translation.content.segments import Segment
from iom.translation.models import TranslationVersion

SAME, REMOVED, ADDED = "same", "removed", "added"
Pieces = list[tuple[str, str]]
# Below this share of common words a passage is another one, not the same with changes.
_ALIKE = 0.3
_COMPARED = 5  # passages with the most words in common, which are then compared word by word

# A tag, a sign that is written in letters, a number with its separators, a word, a run of spaces, or a sign
_TOKEN = re.compile(r"<[^>]*>|&\w+;|\d+(?:[.,\u00a0\u202f]\d+)+(?!\w)|[\w’'-]+|\s+|.", re.DOTALL)


def words(text: str) -> list[str]:
    """The words, signs and tags, without the spaces."""
    return [token for token in _tokens(text) if not token.isspace()]


def _tokens(text: str) -> list[str]:
    """Tags as people write them, each whole, and the words and signs between them."""
    found: list[str] = _TOKEN.findall(to_editor(text).replace("<br/>", "\n"))
    return [token if token.startswith("<") else html.unescape(token) for token in found]


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


def closest(path: str, text: str, segments: Iterable[Segment]) -> Segment | None:
    """The segment at `path` with the words of `text`, else the one there most like it; None where none is left."""
    there = [segment for segment in segments if segment.path == path]
    same = next((segment for segment in there if segment.source == text), None)
    return same or max(there, key=lambda segment: SequenceMatcher(None, text, segment.source).ratio(), default=None)


@dataclass(frozen=True)
class Change:
    """A passage as it was when the translation was last published. `pieces` tells how the present one differs."""

    source: str
    target: str
    pieces: Pieces


def last_published(translation_id: int) -> TranslationVersion | None:
    """The version that readers of the translation have now."""
    return TranslationVersion.objects.filter(translation=translation_id, published_at__isnull=False).first()


def changes_since(before: list[dict[str, Any]], segments: Iterable[Segment]) -> dict[int, Change]:
    """The changed segments, by primary key, with what each was `before` (`TranslationVersion.segments`).

    A passage is recognized by its path; where another block has that path now, by the words in common. New passages,
    and those that have only moved, are not in the answer.
    """
    now = list(segments)
    present = {(segment.path, segment.source) for segment in now}
    former = [row for row in before if (row["path"], row["source"]) not in present]
    known = {row["source"] for row in before}
    changed = [segment for segment in now if segment.source not in known]
    found: dict[int, Any] = {}
    for is_same_place in (True, False):
        for segment in changed:
            if segment.pk not in found and (row := _predecessor(segment, former, is_same_place)):
                former.remove(row)
                found[segment.pk] = row
    return {
        segment.pk: Change(row["source"], row["target"] or "", marked(row["source"], segment.source))
        for segment in changed
        if (row := found.get(segment.pk))
    }


def _predecessor(segment: Segment, former: list[Any], is_same_place: bool) -> Any:
    field = segment.path.split(".")[0]
    if is_same_place:
        candidates = [row for row in former if row["path"] == segment.path]
        if len(candidates) == 1:
            return candidates[0]
    else:
        candidates = [row for row in former if row["path"].split(".")[0] == field]
    nearest = nlargest(_COMPARED, candidates, key=lambda row: _common(row["source"], segment.source))
    alike = [(_likeness(row["source"], segment.source), -number, row) for number, row in enumerate(nearest)]
    best = max(alike, key=lambda found: found[:2], default=None)
    return best[2] if best and best[0] >= _ALIKE else None


def _common(before: str, after: str) -> float:
    """The share of words in common, in whatever order: cheap enough for hundreds of passages."""
    ours, theirs = _vocabulary(before), _vocabulary(after)
    return 2 * len(ours & theirs) / (len(ours) + len(theirs) or 1)


@lru_cache(maxsize=4096)
def _vocabulary(text: str) -> frozenset[str]:
    return frozenset(words(text))


def _likeness(before: str, after: str) -> float:
    return SequenceMatcher(None, words(before), words(after), autojunk=False).ratio()
