"""Compiles the catalogues of the site with polib, so that setting up needs neither gettext nor Django."""

import gettext
import hashlib
import re
import struct
from pathlib import Path

import polib

FOLDERS = (Path(__file__).parent, Path(__file__).parents[1] / "editorial" / "wagtail_locale")  # as in the settings
MARK = "X-Source"  # the header of a compiled catalogue with the digest of its source


def sources(folder: Path) -> list[Path]:
    """The catalogues in `folder`, a folder of languages."""
    return sorted(folder.glob("*/LC_MESSAGES/*.po"))


def digest(source: Path) -> str:
    return hashlib.sha256(source.read_bytes()).hexdigest()


def compile_catalogue(source: Path) -> None:
    """Writes the compiled catalogue beside its source."""
    catalogue = polib.pofile(str(source))
    catalogue.metadata[MARK] = digest(source)
    catalogue.save_as_mofile(str(source.with_suffix(".mo")))


def is_compiled(source: Path) -> bool:
    """Whether the compiled catalogue was made of the present content of `source`, whatever the files' dates."""
    try:
        with source.with_suffix(".mo").open("rb") as file:
            return gettext.GNUTranslations(file).info().get(MARK.lower()) == digest(source)
    except (OSError, ValueError, struct.error):  # missing or incomplete
        return False


def messages(folder: Path) -> dict[str, set[str]]:
    """The messages that each catalogue in `folder` translates, by the name of its locale (`pt_BR`).

    Those of scripts are not among them, nor a plural with fewer forms than the language has.
    """
    found = {}
    for file in folder.glob("*/LC_MESSAGES/django.mo"):
        entries = polib.mofile(str(file))
        said = re.search(r"nplurals\s*=\s*(\d+)", entries.metadata.get("Plural-Forms", ""))
        forms = int(said[1]) if said else 2
        found[file.parts[-3]] = {
            f"{entry.msgctxt}\4{entry.msgid}"
            for entry in entries
            if not entry.msgid_plural or len(entry.msgstr_plural) >= forms
        }
    return found


if __name__ == "__main__":
    for source in (source for folder in FOLDERS for source in sources(folder)):
        compile_catalogue(source)
