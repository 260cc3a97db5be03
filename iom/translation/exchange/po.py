"""Reads and writes PO, the format of gettext. Tags are HTML in the text; unfinished passages are marked as fuzzy."""

import re
from uuid import UUID

import polib
from django.utils.translation import gettext

from iom.core.files import UnusableFile
from iom.translation.exchange.document import Document
from iom.translation.exchange.importing import Entry, ParsedTranslation, parse_export_time

# Checks each line, because polib would accept a truncated file
_LINE = re.compile(r'\s*(?:#.*|(?:[a-z][\w\[\]]*\s+)?"(?:[^"\\]|\\.)*"\s*)?', re.DOTALL)
IDENTITY = "X-WagtailLocalize-TranslationID"
EXPORTED = "X-Exported-At"


class _Lines(str):
    """A text that polib splits at line feeds only. `str.splitlines` also splits at U+2028, U+2029 and U+0085."""

    def splitlines(self, keepends: bool = False) -> list[str]:
        return self.split("\n")


def write(document: Document) -> bytes:
    """Returns a PO file. A passage that has changed has its former text and the translation of that.

    It is marked as fuzzy, and so is a passage that nobody has confirmed. `importing` skips fuzzy passages.
    """
    file = polib.POFile(wrapwidth=0)
    file.header = "\n".join(document.notes)
    file.metadata = {
        "Project-Id-Version": document.title,
        "POT-Creation-Date": f"{document.exported_at:%Y-%m-%d %H:%M%z}",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": document.target_language.replace("-", "_"),
        IDENTITY: str(document.state.translation.uuid),
        EXPORTED: document.exported_at.isoformat(),
    }
    for passage in document.passages:
        entry = polib.POEntry(
            msgctxt=passage.segment.path,
            msgid=passage.source,
            msgstr=passage.target,
            comment="\n".join([passage.label, *(" ".join(note.split()) for note in passage.notes), passage.address]),
        )
        if passage.former:
            entry.previous_msgid = passage.former
        if passage.former or passage.segment.is_unconfirmed:
            entry.flags = ["fuzzy"]
        file.append(entry)
    return str(file).encode()


def read(content: bytes) -> list[ParsedTranslation]:
    """Returns the only translation of the file, in a list. Raises UnusableFile."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableFile(gettext("The file is not in UTF-8. Save it again in UTF-8.")) from error
    if "\0" in text:
        raise UnusableFile(gettext("Files of this kind are not read. Choose a PO or XLIFF file."))
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        if not all(map(_LINE.fullmatch, lines.split("\n"))):
            raise ValueError
        # The line break in front keeps polib from taking the text for a file name
        file = polib.pofile(_Lines("\n" + lines))
    except (OSError, ValueError, LookupError, AttributeError) as error:  # raised by polib, or within it
        raise UnusableFile(gettext("This is not a PO or XLIFF file, or it is damaged. Download it again.")) from error
    entries = [
        Entry(
            (entry.msgctxt or "", entry.msgid),
            entry.msgid,
            entry.msgstr,
            not entry.fuzzy,
            entry.msgctxt or "",
            entry.msgid,
        )
        for entry in file
        if not entry.obsolete and entry.msgstr.strip()
    ]
    language = file.metadata.get("Language", "").strip()
    exported = parse_export_time(file.metadata.get(EXPORTED, ""))
    return [ParsedTranslation(_identity(file.metadata), language, exported, tuple(entries))]


def _identity(metadata: dict[str, str]) -> UUID:
    try:
        return UUID(metadata.get(IDENTITY, "").strip())
    except ValueError as error:
        text = gettext("The file does not name its translation (%(header)s). Use the PO file from this screen.")
        raise UnusableFile(text % {"header": IDENTITY}) from error
