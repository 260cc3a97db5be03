"""The origins of memory entries (a page or an imported archive), as the editor and the concordance show them."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from wagtail_localize.models import Translation

from iom.translation.content.segments import Text
from iom.translation.memory import lookup, pretranslation, tokenization
from iom.translation.models import MemoryEntry


def origin(entry: MemoryEntry) -> dict[str, str]:
    """Returns the name (`from`) and URL of an entry's page, or the name of its archive, and its date (`at`)."""
    at = date_format(localtime(entry.at), "SHORT_DATE_FORMAT") if entry.at else ""
    if entry.translation is None:
        return {"from": str(entry.archive), "url": "", "at": at}
    page = entry.translation.state.page
    return {"from": page.title, "url": page.full_url or "", "at": at}


def find_origins(translation: Translation, text: Text) -> dict[int, dict[str, str]]:
    """Returns the origins of unconfirmed segments by primary key. Makes one query, or none if there are none."""
    pair = tokenization.language_pair(translation.source.locale, translation.target_locale)
    keys = [
        tokenization.text_key(segment.source, pair)
        for segment in text.unconfirmed
        if segment.tool == pretranslation.TOOL
    ]
    entries = lookup.current_entries(keys) if keys else []
    found = {}
    for segment in text.unconfirmed:
        same = (entry for entry in lookup.exact_matches(entries, segment) if entry.target == segment.target)
        entry = next(same, None)
        found[segment.pk] = {"tool": segment.tool or ""} | (origin(entry) if entry else {})
    return found
