"""Fills in passages that are not translated: email addresses, telephone numbers, years, and names of the glossary."""

import re

from wagtail_localize.models import Translation

from iom.translation.content import segments
from iom.translation.content.segments import Segment, Text
from iom.translation.glossary.matching import glossary

_SAME = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+\d[\d\s().-]{5,}|\d{1,4}")
MAX_LENGTH = 160  # characters of a term


def fill(translation: Translation, text: Text) -> int:
    """Copies the original into each missing segment that is not translated, and returns how many were filled."""
    found = [segment for segment in text.missing if _is_non_translatable(segment)]
    for segment in found:
        row = segments.translation_row(segment, translation.target_locale_id)
        segments.save_translation(row, segment.source, None)
    return len(found)


def _is_non_translatable(segment: Segment) -> bool:
    source = segment.source.strip()
    if len(source) > MAX_LENGTH or "<" in source:
        return False
    return bool(_SAME.fullmatch(source)) or source in glossary().non_translatable_terms
