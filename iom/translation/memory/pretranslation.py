"""Pretranslation: fills segments from the memory if their translation is certain. A person has to confirm each."""

from collections import defaultdict

from wagtail_localize.models import StringTranslation, Translation

from iom.translation.content.segments import Segment, Text
from iom.translation.content.text import plain_text
from iom.translation.memory import lookup, tokenization
from iom.translation.models import MemoryEntry

TOOL = "memory"  # stored in localize's `tool_name`


def pretranslate(translation: Translation, text: Text) -> bool:
    """Fills the segments that nobody has translated, and returns whether anything was written.

    `text` is the present text of the translation. A segment is filled if the same text in the same kind of field has
    one translation in the memory, or one after the same preceding passage. Makes two queries.
    """
    empty = {segment.key: segment for segment in text if segment.written is None}
    if not empty:
        return False
    pair = tokenization.language_pair(translation.source.locale, translation.target_locale)
    keys = {segment.pk: tokenization.text_key(segment.source, pair) for segment in text if plain_text(segment.source)}
    entries: dict[int, list[MemoryEntry]] = defaultdict(list)
    for entry in lookup.current_entries({keys[segment.pk] for segment in empty.values() if segment.pk in keys}):
        entries[entry.key].append(entry)
    before = dict(zip(keys, [None, *keys.values()], strict=False))
    rows = []
    for segment in empty.values():
        target = _find_certain(entries[keys[segment.pk]], segment, before[segment.pk]) if segment.pk in keys else ""
        if target:
            rows.append(build_machine_translation(segment, target, translation.target_locale_id, TOOL))
    StringTranslation.objects.bulk_create(rows)
    return bool(rows)


def _find_certain(entries: list[MemoryEntry], segment: Segment, before: int | None) -> str:
    """Returns the only translation of the text, else the only one after the same passage, else an empty string."""
    same = lookup.exact_matches(entries, segment)
    for found in (same, [entry for entry in same if before is not None and entry.before == before]):
        if len({entry.target for entry in found}) == 1:
            return found[0].target
    return ""


def build_machine_translation(segment: Segment, target: str, locale_id: int, tool: str) -> StringTranslation:
    """Returns an unsaved row of localize for a translation that no person has written."""
    return StringTranslation(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale_id=locale_id,
        data=target,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
        tool_name=tool,
    )
