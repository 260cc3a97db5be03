"""Filling a translation from a counterpart: a page that says the same in the other language, part by part.

The demonstration and the import of pairs of texts use it. Each text becomes the translation of a segment, as if a
translator had written it. The caller counts the state again (`workflow.progress.recount`).
"""

from collections import defaultdict
from typing import Any

from wagtail.models import Page
from wagtail_localize.models import String, StringTranslation, TranslationContext
from wagtail_localize.segments import StringSegmentValue

from iom.translation.content.segments import save_translation, strings_of
from iom.translation.content.source import get_or_create_strings
from iom.translation.models import TranslationState

_Strings = dict[str, list[StringSegmentValue]]


class SegmentsDiffer(Exception):
    """Original and counterpart are not built alike at `path`."""

    def __init__(self, path: str, ours: int, theirs: int) -> None:
        super().__init__(f"{path}: {ours} segments in the original, {theirs} in its counterpart")


def prefill(state: TranslationState, original: Page, counterpart: Page, user: Any = None) -> int:
    """Writes the words of `counterpart` into the segments of a translation; how many were written.

    `counterpart` is an unsaved page of the same type whose blocks and child rows have the same ids as the original's.
    Raises SegmentsDiffer, before anything is written, where one has more segments at a path than the other.
    """
    ours, theirs = _strings(original), _strings(counterpart)
    for path in ours.keys() | theirs.keys():
        if len(ours[path]) != len(theirs[path]):
            raise SegmentsDiffer(path, len(ours[path]), len(theirs[path]))
    return _write(state, ours, theirs, user)


def prefill_matching(
    state: TranslationState, original: Page, counterpart: Page, user: Any
) -> tuple[list[StringSegmentValue], list[StringSegmentValue]]:
    """The same, only for the paths at which both have as many segments.

    The segments of the original that have no translation then, and those of the counterpart that were not used.
    """
    ours, theirs = _strings(original), _strings(counterpart)
    matching = {path for path in ours if len(ours[path]) == len(theirs[path])}
    _write(state, {path: ours[path] for path in ours if path in matching}, theirs, user)
    return (
        [segment for path, segments in ours.items() if path not in matching for segment in segments],
        [segment for path, segments in theirs.items() if path not in matching for segment in segments],
    )


def _write(state: TranslationState, ours: _Strings, theirs: _Strings, user: Any) -> int:
    source, locale = state.translation.source, state.translation.target_locale
    contexts = {row.path: row for row in TranslationContext.objects.filter(object=source.object_id, path__in=ours)}
    texts = [segment.string.data for segments in ours.values() for segment in segments]
    strings = {
        text: String(pk=pk, locale_id=source.locale_id, data=text)
        for text, pk in get_or_create_strings(source.locale_id, texts).items()
    }
    there = StringTranslation.objects.filter(locale=locale, context__in=contexts.values())
    rows = {(row.translation_of_id, row.context_id): row for row in there}
    written = 0
    for path, segments in ours.items():
        context = contexts[path]
        for segment, counter in zip(segments, theirs[path], strict=True):
            string = strings[segment.string.data]
            row = rows.setdefault((string.pk, context.pk), StringTranslation(locale=locale))
            row.translation_of, row.context = string, context
            save_translation(row, counter.string.data, user)
            written += 1
    return written


def _strings(page: Page) -> _Strings:
    """The text segments of a page, in their order, by path."""
    found: dict[str, list[StringSegmentValue]] = defaultdict(list)
    for segment in strings_of(page):
        found[segment.path].append(segment)
    return found
