"""The interface's words, as the catalogues of the site have them."""

from pathlib import Path

import polib
from django.conf import settings

LOCALE_FOLDER, WAGTAIL_LOCALE_FOLDER = settings.LOCALE_PATHS


def catalogue(language: str, domain: str = "django", folder: Path = LOCALE_FOLDER) -> polib.POFile:
    """The catalogue of a language, empty where there is none: that of the site, or of our words for Wagtail's."""
    file = folder / language / "LC_MESSAGES" / f"{domain}.po"
    return polib.pofile(str(file)) if file.exists() else polib.POFile()


def read_messages(language: str) -> list[tuple[polib.POEntry, list[str]]]:
    """Each message with what it says in a language: English is what messages are written in, but for those
    of Wagtail's that we say in other words."""
    translated = [*catalogue(language), *catalogue(language, folder=WAGTAIL_LOCALE_FOLDER)]
    found = [(entry, [entry.msgstr] if entry.msgstr else [*entry.msgstr_plural.values()]) for entry in translated]
    if language != "en":
        return found
    ours = {entry.msgid for entry in translated}
    entries = [entry for folder in (LOCALE_FOLDER, WAGTAIL_LOCALE_FOLDER) for entry in catalogue("fr", folder=folder)]
    plain = [(entry, list(filter(None, [entry.msgid, entry.msgid_plural]))) for entry in entries]
    return [*found, *((entry, forms) for entry, forms in plain if entry.msgctxt or entry.msgid not in ours)]
