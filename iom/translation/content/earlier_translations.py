"""Reuses earlier translations of a page's own passages for blocks that were copied, split, joined or moved.

`prefill` fills in the same text in the same kind of field, with its translator and time. `find_matches` returns less
certain matches, which are only offered to the translator.
"""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail_localize.models import StringTranslation, Translation, TranslationContext

from iom.translation.content import comparison
from iom.translation.content.comparison import Change, diff
from iom.translation.content.segments import Segment, Text
from iom.translation.content.source import find_string
from iom.translation.content.text import adapt_links, normalized_words, plain_text, sentence_pairs, sentences

_MIN_WORDS = 3  # of a passage that is found within another passage, if that is still on the page


def prefill(translation: Translation, text: Text) -> bool:
    """Fills in segments whose text was always translated the same way in the same kind of field.

    `text` is the present text of the translation. Returns whether anything was written.
    """
    empty = (segment for segment in text if segment.written is None)
    missing = dict.fromkeys((it.string_id, it.context_id, it.field_path) for it in empty)
    if not missing:
        return False
    strings = {string for string, _context, _kind in missing}
    rows = list(_translation_rows(translation).filter(translation_of__in=strings))
    taken = {(row.translation_of_id, row.context_id) for row in rows}
    candidates: dict[tuple[int, str], list[StringTranslation]] = defaultdict(list)
    for row in rows:
        if row.data and not row.has_error:
            candidates[row.translation_of_id, row.context.field_path].append(row)
    copies = [
        _copy_to_context(candidates[string, kind][0], context)
        for string, context, kind in missing
        if (string, context) not in taken and len({row.data for row in candidates[string, kind]}) == 1
    ]
    _create_with_times(copies)
    return bool(copies)


def _create_with_times(rows: list[StringTranslation]) -> None:
    """Creates the rows with their `updated_at`, which Django sets to the present time when it creates a row."""
    times = [row.updated_at for row in rows]
    StringTranslation.objects.bulk_create(rows)
    for row, time in zip(rows, times, strict=True):
        row.updated_at = time
    StringTranslation.objects.bulk_update(rows, ["updated_at"])


def _translation_rows(translation: Translation) -> Any:
    """Returns localize's rows of all translations that people have written for this page, the oldest first.

    They include translations of passages that the page no longer has.
    """
    return (
        StringTranslation.objects.filter(
            context__object_id=translation.source.object_id, locale_id=translation.target_locale_id
        )
        .exclude(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)
        .select_related("context")
        .order_by("updated_at", "pk")
    )


def _copy_to_context(row: StringTranslation, context: int) -> StringTranslation:
    """Returns an unsaved copy of the row for another context."""
    same = copy(row)
    same.pk, same.context_id = None, context
    return same


def store(translation: Translation, context: TranslationContext, source: str, target: str, user: Any) -> bool:
    """Stores the translation of a text that the original had at this place, for `find_matches`.

    `source` and `target` are in localize's form. Returns whether this translation is stored now. It is not if the site
    does not know the text, or if a person has translated it otherwise.
    """
    string = find_string(translation.source.locale_id, source)
    if string is None:
        return False
    names = {"translation_of": string, "context": context, "locale": translation.target_locale}
    rows, manual = StringTranslation.objects.filter(**names), StringTranslation.TRANSLATION_TYPE_MANUAL
    rows.exclude(translation_type=manual).delete()
    if (stored := rows.first()) is not None:
        return stored.data == target
    row = StringTranslation(**names, data=target, translation_type=manual, last_translated_by=user)
    StringTranslation.objects.bulk_create([row])  # without the signal, which would write a former title into lists
    return True


@dataclass(frozen=True)
class _EarlierPassage:
    """A passage that was translated earlier, or one of its sentences."""

    path: str
    field_path: str
    source: str
    target: str
    at: datetime


def find_matches(translation: Translation, text: Iterable[Segment]) -> dict[int, Change]:
    """Returns the earlier text of each changed segment and a match for each untranslated one, by primary key.

    For untranslated segments, texts that were translated since the last publication count as earlier texts too.
    """
    now = list(text)
    version = comparison.last_published_version(translation.pk)
    found = comparison.find_changes(version.segments, now) if version else {}
    missing = [segment for segment in now if not segment.target]
    if not missing:
        return found
    former = _load_earlier_passages(translation)
    since = [row for row in former if version is None or row.at > version.saved_at]
    rows = [{"path": row.path, "source": row.source, "target": row.target} for row in since]
    if version is None:
        found = comparison.find_changes(rows, now)
    elif rows:
        newer = comparison.find_changes([*reversed(rows), *version.segments], now)
        found |= {segment.pk: newer[segment.pk] for segment in missing if segment.pk in newer}
    passages = _PassageIndex(former, now)
    for segment in missing:
        if match := passages.find_match(segment, found.get(segment.pk)):
            found[segment.pk] = match
    return found


def _load_earlier_passages(translation: Translation) -> list[_EarlierPassage]:
    rows = (
        _translation_rows(translation)
        .filter(has_error=False)
        .exclude(data="")
        .select_related("context", "translation_of")
    )
    return [
        _EarlierPassage(row.context.path, row.context.field_path, row.translation_of.data, row.data, row.updated_at)
        for row in rows
    ]


class _PassageIndex:
    """Earlier passages and their sentences, by their plain text."""

    def __init__(self, former: list[_EarlierPassage], now: list[Segment]) -> None:
        self._present = {(segment.path, segment.source) for segment in now}
        self._passages: dict[str, list[_EarlierPassage]] = defaultdict(list)
        self._sentences: dict[str, list[_EarlierPassage]] = defaultdict(list)
        for row in former:
            self._passages[plain_text(row.source)].append(row)
            for source, target in sentence_pairs(row.source, row.target):
                part = _EarlierPassage(row.path, row.field_path, source, target, row.at)
                self._sentences[plain_text(source)].append(part)

    def find_match(self, segment: Segment, change: Change | None) -> Change | None:
        """Returns a passage with the same words, else all its sentences, else `change`, else a passage around it.

        If `change` has no translation, a match of some of its sentences is preferred.
        """
        if same := _nearest(self._passages[plain_text(segment.source)], segment):
            return _build_change([same], [segment.source], segment)
        ours = sentences(segment.source)
        theirs = [_nearest(self._sentences[plain_text(one)], segment) for one in ours]
        matched = [(row, one) for row, one in zip(theirs, ours, strict=True) if row]
        if matched and (len(matched) == len(ours) or not (change and change.target)):
            return _build_change([row for row, _one in matched], [one for _row, one in matched], segment)
        if change and change.target:
            return change
        whole = _nearest(self._containing(segment), segment)
        return _build_change([whole], [segment.source], segment) if whole else change

    def _containing(self, segment: Segment) -> list[_EarlierPassage]:
        ours = normalized_words(segment.source)
        is_short = len(ours.split()) < _MIN_WORDS
        return [
            row
            for rows in self._passages.values()
            for row in rows
            if ours in normalized_words(row.source) and not (is_short and (row.path, row.source) in self._present)
        ]


def _nearest(rows: list[_EarlierPassage], segment: Segment) -> _EarlierPassage | None:
    """Returns the passage at the same path, else in the same kind of field, else the one written last."""
    return max(
        rows,
        key=lambda row: (row.path == segment.path, row.field_path == segment.field_path, row.at),
        default=None,
    )


def _build_change(rows: list[_EarlierPassage], parts: list[str], segment: Segment) -> Change:
    """Returns the change from `rows` to the segment. Each row is the earlier text of the same item of `parts`."""
    source = " ".join(row.source for row in rows)
    target = " ".join(adapt_links(row.target, row.source, part) for row, part in zip(rows, parts, strict=True))
    return Change(source, target, diff(source, segment.source))
