"""Compares texts: the difference of two texts, word by word, and the earlier version of each changed passage."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest
from typing import Any

from iom.core.inline_markup import to_editor
from iom.translation.content.segments import Segment
from iom.translation.models import TranslationVersion

SAME, REMOVED, ADDED = "same", "removed", "added"
Pieces = list[tuple[str, str]]
# Below this share of common words, a passage counts as a new one instead of a changed one
_MIN_SIMILARITY = 0.3
_MAX_COMPARED = 5  # candidates that are compared word by word: those with the most words in common

# A tag, an entity, a number with its separators, a word, a run of spaces, or any other character
_TOKEN = re.compile(r"<[^>]*>|&\w+;|\d+(?:[.,\u00a0\u202f]\d+)+(?!\w)|[\w’'-]+|\s+|.", re.DOTALL)


def words(text: str) -> list[str]:
    """Returns the words, punctuation marks and tags, without spaces."""
    return [token for token in _tokenize(text) if not token.isspace()]


def _tokenize(text: str) -> list[str]:
    """Returns all tokens, spaces included. Tags are written as in the editor, entities as characters."""
    found: list[str] = _TOKEN.findall(to_editor(text).replace("<br/>", "\n"))
    return [token if token.startswith("<") else html.unescape(token) for token in found]


def diff(before: str, after: str) -> Pieces:
    """Returns the difference of two texts, word by word: pieces that are the SAME, REMOVED or ADDED, in order."""
    old, new = _tokenize(before), _tokenize(after)
    pieces: Pieces = []
    for kind, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append((SAME, "".join(old[start:end])))
            continue
        if start < end:
            pieces.append((REMOVED, "".join(old[start:end])))
        if begin < stop:
            pieces.append((ADDED, "".join(new[begin:stop])))
    return _merge_lone_spaces(pieces)


def _merge_lone_spaces(pieces: Pieces) -> Pieces:
    """Counts a space between two changes as changed, so that a rewritten sentence is not shown word by word."""
    merged: Pieces = []
    for number, (kind, text) in enumerate(pieces):
        is_lone_space = kind == SAME and text.isspace() and 0 < number < len(pieces) - 1
        for part, words in ((REMOVED, text), (ADDED, text)) if is_lone_space else ((kind, text),):
            _append(merged, part, words)
    return merged


def _append(pieces: Pieces, kind: str, text: str) -> None:
    """Appends a piece, or joins it to the piece of its kind in the same change."""
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


def find_closest(path: str, text: str, segments: Iterable[Segment]) -> Segment | None:
    """Returns the segment at `path` whose original is `text`, else the most similar one there, else None."""
    candidates = [segment for segment in segments if segment.path == path]
    same = next((segment for segment in candidates if segment.source == text), None)
    return same or max(
        candidates, key=lambda segment: SequenceMatcher(None, text, segment.source).ratio(), default=None
    )


@dataclass(frozen=True)
class Change:
    """A passage as it was when the translation was last published; `pieces`: its difference from the present one."""

    source: str
    target: str
    pieces: Pieces


def last_published_version(translation_id: int) -> TranslationVersion | None:
    """Returns the version of the translation that readers have now, if any."""
    return TranslationVersion.objects.filter(translation=translation_id, published_at__isnull=False).first()


def find_changes(before: list[dict[str, Any]], segments: Iterable[Segment]) -> dict[int, Change]:
    """Returns the changed segments: by primary key, the passage `before` (`TranslationVersion.segments`) and the diff.

    The earlier passage is the one at the same path or, if another block has that path now, the one with the most words
    in common. New passages, and passages that have only moved, are left out.
    """
    now = list(segments)
    present = {(segment.path, segment.source) for segment in now}
    former = [row for row in before if (row["path"], row["source"]) not in present]
    former_sources = {row["source"] for row in before}
    changed = [segment for segment in now if segment.source not in former_sources]
    found: dict[int, Any] = {}
    for is_same_place in (True, False):
        for segment in changed:
            if segment.pk not in found and (row := _predecessor(segment, former, is_same_place)):
                former.remove(row)
                found[segment.pk] = row
    return {
        segment.pk: Change(row["source"], row["target"] or "", diff(row["source"], segment.source))
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
    nearest = nlargest(_MAX_COMPARED, candidates, key=lambda row: _shared_word_ratio(row["source"], segment.source))
    alike = [(_similarity(row["source"], segment.source), -number, row) for number, row in enumerate(nearest)]
    best = max(alike, key=lambda found: found[:2], default=None)
    return best[2] if best and best[0] >= _MIN_SIMILARITY else None


def _shared_word_ratio(before: str, after: str) -> float:
    """Returns the share of words in common, in any order. It is cheap enough for hundreds of passages."""
    ours, theirs = _vocabulary(before), _vocabulary(after)
    return 2 * len(ours & theirs) / (len(ours) + len(theirs) or 1)


@lru_cache(maxsize=4096)
def _vocabulary(text: str) -> frozenset[str]:
    return frozenset(words(text))


def _similarity(before: str, after: str) -> float:
    return SequenceMatcher(None, words(before), words(after), autojunk=False).ratio()
