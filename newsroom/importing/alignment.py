"""Which block of a text says the same as which block of its translation."""

import math
import re
from collections.abc import Sequence
from html import unescape
from typing import Any

from newsroom.importing.body import StoredBlock

# What both languages write alike: figures and names.
_ALIKE = re.compile(r"\d+|(?<=[\w,;] )[A-ZÀ-Þ]\w{3,}")
_TAG = re.compile(r"<[^>]*>")
_LEAST = 0.55  # how alike two blocks must be where the texts are not built alike
_CLEARLY = 0.3
_LENGTHS = math.log(2.2)  # no translation is longer than its original by more


def aligned(original: Sequence[StoredBlock], translation: Sequence[StoredBlock]) -> list[tuple[int, int]]:
    """The places of the blocks that correspond, in both texts, in their order.

    Those correspond that are of one kind, of a like length, and have figures and names in common; the others stay
    alone. Texts of the same kinds of blocks in the same order correspond block by block, unless another order is
    clearly the better one: each text may lack a paragraph of the other.
    """
    likeness = [[_likeness(one, other) for other in translation] for one in original]
    pairs, best = _best(likeness)
    if [_kind(block) for block in original] == [_kind(block) for block in translation]:
        in_order = sum(likeness[place][place] for place in range(len(original)))
        if best - in_order < _CLEARLY:
            return [(place, place) for place in range(len(original))]
    return pairs


def _best(likeness: list[list[float]]) -> tuple[list[tuple[int, int]], float]:
    """The pairs in their order that are the most alike in all, and how much."""
    height, width = len(likeness), len(likeness[0]) if likeness else 0
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + likeness[i][j])
    pairs, i, j = [], 0, 0
    while i < height and j < width:
        if likeness[i][j] and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs, best[0][0]


def words(block: StoredBlock) -> str:
    """All that a block says, as plain text."""
    return "\n".join(unescape(_TAG.sub(" ", text)).strip() for text in _texts(block["value"]) if text)


def _texts(value: Any) -> list[str]:
    match value:
        case str():
            return [value]
        case {"text": text, "speaker": speaker, "role": role}:
            return [text, speaker, role]
        case {"columns": columns, "rows": rows}:
            return [*(column["heading"] for column in columns), *(cell for row in rows for cell in row["values"])]
        case {"alt": alt, "caption": caption}:
            return [alt, caption]
    return []


def _kind(block: StoredBlock) -> tuple[object, ...]:
    """What must be the same in both texts; of a list and a table, how many passages they have."""
    value = block["value"]
    match block["type"]:
        case "paragraph":
            return "paragraph", value.count("<p>"), value.count("<li>")
        case "quote":
            return "quote", bool(value["role"])
        case "table":
            return "table", *([bool(cell) for cell in row["values"]] for row in value["rows"])
        case kind:
            return (kind,)


def _likeness(one: StoredBlock, other: StoredBlock) -> float:
    """From 0 to 1; 0 where they cannot be the same."""
    mine, theirs = words(one), words(other)
    if _kind(one) != _kind(other) or not mine or not theirs:
        return 0.0
    ratio = abs(math.log(len(mine) / len(theirs)))
    length = max(0.0, 1 - ratio / _LENGTHS)
    alike = set(_ALIKE.findall(mine)), set(_ALIKE.findall(theirs))
    if not length or not alike[0] or not alike[1]:
        likeness = 0.7 * length
    else:
        common = len(alike[0] & alike[1]) / len(alike[0] | alike[1])
        likeness = 0.4 * length + 0.6 * min(1.0, common * 1.6)
    return likeness if likeness >= _LEAST else 0.0
