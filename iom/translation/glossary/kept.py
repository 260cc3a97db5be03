"""Passages that are the same in all languages: an address, a telephone number, a year, a name that is kept."""

import re

from wagtail_localize.models import Translation

from iom.translation.content import segments
from iom.translation.content.segments import Segment, Text
from iom.translation.glossary.matching import glossary

_SAME = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+\d[\d\s().-]{5,}|\d{1,4}")
LONGEST = 160  # characters of a term


def fill(translation: Translation, text: Text) -> int:
    """Writes into each that has no translation what its original says; how many."""
    found = [segment for segment in text.missing if _is_kept(segment)]
    for segment in found:
        row = segments.translation_row(segment, translation.target_locale_id)
        segments.save_translation(row, segment.source, None)
    return len(found)


def _is_kept(segment: Segment) -> bool:
    source = segment.source.strip()
    if len(source) > LONGEST or "<" in source:
        return False
    return bool(_SAME.fullmatch(source)) or source in glossary().kept
