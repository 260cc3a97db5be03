"""The interface's words, as the catalogues of the site have them."""

import polib
from django.conf import settings

FOLDER = settings.LOCALE_PATHS[0]


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(FOLDER / language / "LC_MESSAGES" / "django.po"))


def words(language: str) -> list[tuple[polib.POEntry, list[str]]]:
    """Each message with what it says in a language: English is what messages are written in."""
    if language == "en":
        return [(entry, list(filter(None, [entry.msgid, entry.msgid_plural]))) for entry in catalogue("fr")]
    return [
        (entry, [entry.msgstr] if entry.msgstr else [*entry.msgstr_plural.values()]) for entry in catalogue(language)
    ]
