"""Earlier translations of a page's passages, used again for blocks that were copied, split, joined or moved.

The same text in the same kind of field is filled in, with its translator and time. Anything less certain is only
offered to the translator.
"""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail_localize.models import StringTranslation, Translation

from iom.translation.content import comparison
from iom.translation.content.comparison import Change, marked
from iom.translation.content.segments import Segment, Text
from iom.translation.content.text import adapted, plain, sentence_pairs, sentences, words

_FEWEST_WORDS = 3  # of a passage that is a part of another which is still there


def prefill(translation: Translation, text: Text) -> bool:
    """Writes the translations that are certain: the same words in the same kind of field, always translated alike.

    `text` is the translation's as it now is; whether anything has been written into it.
    """
    empty = (segment for segment in text if segment.written is None)
    missing = dict.fromkeys((it.string_id, it.context_id, it.field_path) for it in empty)
    if not missing:
        return False
    known: dict[tuple[int, str], list[StringTranslation]] = defaultdict(list)
    taken = set()
    for row in _rows(translation).filter(translation_of__in={string for string, _context, _kind in missing}):
        taken.add((row.translation_of_id, row.context_id))
        if row.data and not row.has_error:
            known[row.translation_of_id, row.context.field_path].append(row)
    copies = [
        _copy(known[string, kind][0], context)
        for string, context, kind in missing
        if (string, context) not in taken and len({row.data for row in known[string, kind]}) == 1
    ]
    times = [row.updated_at for row in copies]
    StringTranslation.objects.bulk_create(copies)
    for row, time in zip(copies, times, strict=True):
        row.updated_at = time
    StringTranslation.objects.bulk_update(copies, ["updated_at"])
    return bool(copies)


def _rows(translation: Translation) -> Any:
    """All translations of passages that the page has or had, by people; the oldest first."""
    return (
        StringTranslation.objects.filter(
            context__object_id=translation.source.object_id, locale_id=translation.target_locale_id
        )
        .exclude(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)
        .select_related("context")
        .order_by("updated_at", "pk")
    )


def _copy(row: StringTranslation, context: int) -> StringTranslation:
    """The same translation for another context, unsaved."""
    same = copy(row)
    same.pk, same.context_id = None, context
    return same


@dataclass(frozen=True)
class _Former:
    """A passage that has been translated before."""

    path: str
    field_path: str
    source: str
    target: str
    at: datetime


def offers(translation: Translation, all_of_them: Iterable[Segment]) -> dict[int, Change]:
    """Earlier texts of changed passages, and proposals for passages without translation, by the segment's key."""
    now = list(all_of_them)
    version = comparison.last_published(translation.pk)
    found = comparison.changes_since(version.segments, now) if version else {}
    missing = [segment for segment in now if not segment.target]
    if not missing:
        return found
    former = _former(translation)
    if version is None:
        rows = [{"path": row.path, "source": row.source, "target": row.target} for row in former]
        found = comparison.changes_since(rows, now)
    memory = _Memory(former, now)
    for segment in missing:
        if offer := memory.offer(segment, found.get(segment.pk)):
            found[segment.pk] = offer
    return found


def _former(translation: Translation) -> list[_Former]:
    rows = _rows(translation).filter(has_error=False).exclude(data="").select_related("context", "translation_of")
    return [
        _Former(row.context.path, row.context.field_path, row.translation_of.data, row.data, row.updated_at)
        for row in rows
    ]


class _Memory:
    """Passages and their sentences, by their words."""

    def __init__(self, former: list[_Former], now: list[Segment]) -> None:
        self._present = {(segment.path, segment.source) for segment in now}
        self._passages: dict[str, list[_Former]] = defaultdict(list)
        self._sentences: dict[str, list[_Former]] = defaultdict(list)
        for row in former:
            self._passages[plain(row.source)].append(row)
            for source, target in sentence_pairs(row.source, row.target):
                part = _Former(row.path, row.field_path, source, target, row.at)
                self._sentences[plain(source)].append(part)

    def offer(self, segment: Segment, change: Change | None) -> Change | None:
        """The same words; else its sentences, all of them; else `change`; else a passage that it was a part of."""
        if same := _nearest(self._passages[plain(segment.source)], segment):
            return _change([same], [segment.source], segment)
        ours = sentences(segment.source)
        theirs = [_nearest(self._sentences[plain(one)], segment) for one in ours]
        known = [(row, one) for row, one in zip(theirs, ours, strict=True) if row]
        if known and (len(known) == len(ours) or not (change and change.target)):
            return _change([row for row, _one in known], [one for _row, one in known], segment)
        if change and change.target:
            return change
        whole = _nearest(self._around(segment), segment)
        return _change([whole], [segment.source], segment) if whole else change

    def _around(self, segment: Segment) -> list[_Former]:
        ours = words(segment.source)
        is_short = len(ours.split()) < _FEWEST_WORDS
        return [
            row
            for rows in self._passages.values()
            for row in rows
            if ours in words(row.source) and not (is_short and (row.path, row.source) in self._present)
        ]


def _nearest(rows: list[_Former], segment: Segment) -> _Former | None:
    """Of the same place, else of the same kind of field, else the last that was written."""
    return max(
        rows,
        key=lambda row: (row.path == segment.path, row.field_path == segment.field_path, row.at),
        default=None,
    )


def _change(rows: list[_Former], parts: list[str], segment: Segment) -> Change:
    """What `parts` of the segment were: the words of `rows`, one for each."""
    source = " ".join(row.source for row in rows)
    target = " ".join(adapted(row.target, row.source, part) for row, part in zip(rows, parts, strict=True))
    return Change(source, target, marked(source, segment.source))
