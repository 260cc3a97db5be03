"""Filling a translation from a counterpart: a page that says the same in the other language, part by part.

The demonstration does it, and so does whoever brings pairs of texts into the site. Each text goes the way of a
translator's: a segment of wagtail-localize, in its translation memory.
"""

from collections import defaultdict
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    String,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments


class SegmentsDiffer(Exception):
    """Original and counterpart are not built alike at `path`."""

    def __init__(self, path: str, ours: int, theirs: int) -> None:
        super().__init__(f"{path}: {ours} segments in the original, {theirs} in its counterpart")


def submit(original: Page, language: str) -> Translation:
    """The translation of `original` into `language`, begun if it was not, with the segments of the published row."""
    source, _created = TranslationSource.update_or_create_from_instance(original)
    locale = Locale.objects.get(language_code=language)
    return Translation.objects.get_or_create(source=source, target_locale=locale)[0]


def fill(translation: Translation, original: Page, counterpart: Page, user: Any = None) -> int:
    """Writes the words of `counterpart` into the segments of `translation`; how many were written.

    `counterpart` is an unsaved page of the same type whose blocks and child rows carry the same ids as the original's.
    Raises SegmentsDiffer, before anything is written, where one has more segments at a path than the other.
    """
    ours, theirs = _strings(original), _strings(counterpart)
    for path in ours.keys() | theirs.keys():
        if len(ours[path]) != len(theirs[path]):
            raise SegmentsDiffer(path, len(ours[path]), len(theirs[path]))
    written = 0
    for path, segments in ours.items():
        context = TranslationContext.objects.get(object=translation.source.object, path=path)
        for segment, counter in zip(segments, theirs[path], strict=True):
            string = String.from_value(translation.source.locale, segment.string)
            StringTranslation.objects.update_or_create(
                translation_of=string,
                locale=translation.target_locale,
                context=context,
                defaults={
                    "data": counter.string.data,
                    "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                    "last_translated_by": user,
                    "has_error": False,
                },
            )
            written += 1
    return written


def save_draft(translation: Translation, user: Any = None) -> Page:
    """The translated page with all its segments, as a draft. Its live row, where there is one, stays as it is.

    localize's own `save_target` would write into the live row. Raises its MissingTranslationError where a segment is
    missing.
    """
    try:
        target = translation.source.get_ephemeral_translated_instance(translation.target_locale)
    except ObjectDoesNotExist:
        with transaction.atomic():  # where a segment is missing, no untranslated copy stays behind
            translation.source.create_or_update_translation(translation.target_locale, user=user, publish=False)
        target = translation.get_target_instance()
    else:
        target.save_revision(user=user)
    return target


def _strings(page: Page) -> dict[str, list[StringSegmentValue]]:
    """The text segments of a page, in their order, by path."""
    found: dict[str, list[StringSegmentValue]] = defaultdict(list)
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue) and not segment.is_empty():
            found[segment.path].append(segment)
    return found
