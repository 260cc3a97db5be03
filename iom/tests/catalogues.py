"""Reads the messages of the interface from the catalogues of the site."""

from pathlib import Path

import polib
from django.conf import settings

LOCALE_FOLDER, WAGTAIL_LOCALE_FOLDER = settings.LOCALE_PATHS


def catalogue(language: str, domain: str = "django", folder: Path = LOCALE_FOLDER) -> polib.POFile:
    """Returns a catalogue of a language, or an empty one: by default the site's, else that of Wagtail's messages."""
    file = folder / language / "LC_MESSAGES" / f"{domain}.po"
    return polib.pofile(str(file)) if file.exists() else polib.POFile()


def read_messages(language: str) -> list[tuple[polib.POEntry, list[str]]]:
    """Returns each message with its forms in the language. English forms are the messages themselves, except those of
    Wagtail for which the site has its own English catalogue."""
    translated = [*catalogue(language), *catalogue(language, folder=WAGTAIL_LOCALE_FOLDER)]
    found = [(entry, [entry.msgstr] if entry.msgstr else [*entry.msgstr_plural.values()]) for entry in translated]
    if language != "en":
        return found
    ours = {entry.msgid for entry in translated}
    entries = [entry for folder in (LOCALE_FOLDER, WAGTAIL_LOCALE_FOLDER) for entry in catalogue("fr", folder=folder)]
    plain = [(entry, list(filter(None, [entry.msgid, entry.msgid_plural]))) for entry in entries]
    return [*found, *((entry, forms) for entry, forms in plain if entry.msgctxt or entry.msgid not in ours)]
