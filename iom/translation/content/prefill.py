"""Fills a translation from a counterpart: a page with the same content in the other language and the same structure.

The demonstration and the import of pairs of texts use it. Each text becomes the translation of a segment, as if a
translator had written it. The caller has to call `workflow.progress.recount`.
"""

from collections import defaultdict
from typing import Any

from wagtail.models import Page
from wagtail_localize.models import String, StringTranslation, TranslationContext
from wagtail_localize.segments import StringSegmentValue

from iom.translation.content.segments import extract_strings, save_translation
from iom.translation.content.source import get_or_create_strings
from iom.translation.models import TranslationState

_Strings = dict[str, list[StringSegmentValue]]


def prefill(state: TranslationState, original: Page, counterpart: Page, user: Any = None) -> None:
    """Writes the texts of `counterpart` into the segments of a translation.

    `counterpart` is an unsaved page of the same type whose blocks and child rows have the same ids as the original's.
    Raises ValueError, before anything is written, if the numbers of segments differ at a path.
    """
    ours, theirs = _strings(original), _strings(counterpart)
    for path in ours.keys() | theirs.keys():
        if len(ours[path]) != len(theirs[path]):
            raise ValueError(
                f"{path}: {len(ours[path])} segments in the original, {len(theirs[path])} in its counterpart"
            )
    _write(state, ours, theirs, user)


def prefill_matching(
    state: TranslationState, original: Page, counterpart: Page, user: Any
) -> tuple[list[StringSegmentValue], list[StringSegmentValue]]:
    """Does the same as `prefill`, but only for the paths at which both pages have the same number of segments.

    Returns the segments of the original that were not translated, and those of the counterpart that were not used.
    """
    ours, theirs = _strings(original), _strings(counterpart)
    matching = {path for path in ours if len(ours[path]) == len(theirs[path])}
    _write(state, {path: ours[path] for path in ours if path in matching}, theirs, user)
    return (
        [segment for path, segments in ours.items() if path not in matching for segment in segments],
        [segment for path, segments in theirs.items() if path not in matching for segment in segments],
    )


def _write(state: TranslationState, ours: _Strings, theirs: _Strings, user: Any) -> None:
    source, locale = state.translation.source, state.translation.target_locale
    contexts = {row.path: row for row in TranslationContext.objects.filter(object=source.object_id, path__in=ours)}
    texts = [segment.string.data for segments in ours.values() for segment in segments]
    strings = {
        text: String(pk=pk, locale_id=source.locale_id, data=text)
        for text, pk in get_or_create_strings(source.locale_id, texts).items()
    }
    existing = StringTranslation.objects.filter(locale=locale, context__in=contexts.values())
    rows = {(row.translation_of_id, row.context_id): row for row in existing}
    for path, segments in ours.items():
        context = contexts[path]
        for segment, counter in zip(segments, theirs[path], strict=True):
            string = strings[segment.string.data]
            row = rows.setdefault((string.pk, context.pk), StringTranslation(locale=locale))
            row.translation_of, row.context = string, context
            save_translation(row, counter.string.data, user)


def _strings(page: Page) -> _Strings:
    """Returns the text segments of a page in their order, by path."""
    found: dict[str, list[StringSegmentValue]] = defaultdict(list)
    for segment in extract_strings(page):
        found[segment.path].append(segment)
    return found
