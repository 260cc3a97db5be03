"""Earlier translations of a page's passages, used again for blocks that were copied, split, joined or moved.

The same text in the same kind of field is filled in, with its translator and time. Anything less certain is only
offered to the translator.
"""

import html
import re
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

_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"<br\s*/?>")
_LINK = re.compile(r'<a id="([^"]*)">')
_LINK_TAGS = re.compile(r'<a id="[^"]*">(.*?)</a>', re.DOTALL)
_PIECE = re.compile(r"(<[^>]*>|\s+)")
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")
_CLOSING = "»”’\"')]"
_END = re.compile(rf"[.!?…][\s{re.escape(_CLOSING)}]*$")
_BEGIN = re.compile(r"\s*[«“‘\"(\[—–-]?\s*[A-ZÀ-ÖØ-Þ0-9]")
# « M. Diallo », « U.S. forces », « St. Louis »: the full stop ends no sentence
_ABBREVIATION = re.compile(r"(?:^|[\s(’'.-])(?:[A-Za-z]|MM|Mme|Mlle|Mr|Mrs|Ms|Dr|Pr|St|Ste|No|art|cf|vs|pp?)\.$")
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
        words = _words(segment.source)
        is_short = len(words.split()) < _FEWEST_WORDS
        return [
            row
            for rows in self._passages.values()
            for row in rows
            if words in _words(row.source) and not (is_short and (row.path, row.source) in self._present)
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


def plain(text: str) -> str:
    """The words alone: no tags, no entities, single spaces."""
    return _SPACE.sub(" ", html.unescape(_TAG.sub("", _BREAK.sub(" ", text)))).strip()


def _words(text: str) -> str:
    """The words without signs and capitals, between spaces: what tells whether one passage was a part of another."""
    return f" {' '.join(_WORD.findall(plain(text).casefold()))} "


def sentences(text: str) -> list[str]:
    """The sentences of a segment as localize stores it. None is cut within a tag, so that each can stand by itself."""
    sentences, begin, depth, end = [], 0, 0, 0
    for piece in _PIECE.split(text):
        start, end = end, end + len(piece)
        if _BREAK.fullmatch(piece):
            is_cut = depth == 0
        elif piece.startswith("<"):
            depth += -1 if piece.startswith("</") else 1
            continue
        else:
            is_cut = depth == 0 and piece.isspace() and _ends(text[begin:start]) and _begins(text[end:])
        if is_cut:
            sentences.append(text[begin:start])
            begin = end
    sentences.append(text[begin:])
    return [sentence.strip() for sentence in sentences if plain(sentence)]


def _ends(before: str) -> bool:
    text = plain(before)
    return bool(_END.search(text)) and not _ABBREVIATION.search(text)


def _begins(after: str) -> bool:
    return bool(_BEGIN.match(plain(after)))


def sentence_pairs(source: str, target: str) -> list[tuple[str, str]]:
    """Each sentence of a passage with its translation; nothing where one text has more sentences than the other."""
    ours, theirs = sentences(source), sentences(target)
    return list(zip(ours, theirs, strict=True)) if len(ours) == len(theirs) else []


def adapted(target: str, former: str, source: str) -> str:
    """A translation of `former` with the names that its links have in `source`; without them where they differ."""
    old, new = _LINK.findall(former), _LINK.findall(source)
    names = dict(zip(old, new, strict=False))
    if len(old) != len(new) or not names.keys() >= set(_LINK.findall(target)):
        return _LINK_TAGS.sub(r"\1", target)
    return _LINK.sub(lambda link: f'<a id="{names[link[1]]}">', target)
