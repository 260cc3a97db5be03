"""Where an entry of the memory comes from, as people read it."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from wagtail_localize.models import Translation

from iom.translation.content.segments import Text
from iom.translation.memory import filling, lookup, words
from iom.translation.models import MemoryEntry


def origin(entry: MemoryEntry) -> dict[str, str]:
    """Where an entry comes from: the name and address of its page, or the name of its archive; and its date."""
    at = date_format(localtime(entry.at), "SHORT_DATE_FORMAT") if entry.at else ""
    if entry.translation is None:
        return {"from": str(entry.archive), "url": "", "at": at}
    page = entry.translation.state.page
    return {"from": page.title, "url": page.full_url or "", "at": at}


def of_filled(translation: Translation, text: Text) -> dict[int, dict[str, str]]:
    """Where what is filled in comes from, by the segment's key. One query, where anything is filled in."""
    pair = words.pair_of(translation.source.locale, translation.target_locale)
    keys = [words.key(segment.source, pair) for segment in text.unconfirmed if segment.tool == filling.TOOL]
    entries = lookup.standing(keys) if keys else []
    found = {}
    for segment in text.unconfirmed:
        same = (entry for entry in lookup.same_text(entries, segment) if entry.target == segment.target)
        entry = next(same, None)
        found[segment.pk] = {"tool": segment.tool or ""} | (origin(entry) if entry else {})
    return found
