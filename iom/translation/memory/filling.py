"""Fills passages whose translation is certain from the memory. Each is marked until a person confirms it."""

from collections import defaultdict

from wagtail_localize.models import StringTranslation, Translation

from iom.translation.content.segments import Segment, Text
from iom.translation.content.text import plain
from iom.translation.memory import lookup, words
from iom.translation.models import MemoryEntry

TOOL = "memory"  # localize's name of what has written a text; it is stored


def fill(translation: Translation, text: Text) -> bool:
    """Writes what the memory has for passages that nobody has translated; whether anything was written.

    `text` is the translation's as it now is. A passage is filled where the same text in the same kind of field has one
    translation, or one after the same passage. Two queries.
    """
    empty = {segment.key: segment for segment in text if segment.written is None}
    if not empty:
        return False
    pair = words.pair_of(translation.source.locale, translation.target_locale)
    keys = {segment.pk: words.key(segment.source, pair) for segment in text if plain(segment.source)}
    known: dict[int, list[MemoryEntry]] = defaultdict(list)
    for entry in lookup.standing({keys[segment.pk] for segment in empty.values() if segment.pk in keys}):
        known[entry.key].append(entry)
    before = dict(zip(keys, [None, *keys.values()], strict=False))
    rows = []
    for segment in empty.values():
        target = _certain(known[keys[segment.pk]], segment, before[segment.pk]) if segment.pk in keys else ""
        if target:
            rows.append(row_of(segment, target, translation.target_locale_id, TOOL))
    StringTranslation.objects.bulk_create(rows)
    return bool(rows)


def _certain(entries: list[MemoryEntry], segment: Segment, before: int | None) -> str:
    """The one translation of the text, else the one after the same passage, else nothing."""
    same = lookup.same_text(entries, segment)
    for found in (same, [entry for entry in same if before is not None and entry.before == before]):
        if len({entry.target for entry in found}) == 1:
            return found[0].target
    return ""


def row_of(segment: Segment, target: str, locale_id: int, tool: str) -> StringTranslation:
    """localize's row, unsaved, of a text that no person has written."""
    return StringTranslation(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale_id=locale_id,
        data=target,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
        tool_name=tool,
    )
