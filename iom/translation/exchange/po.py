"""PO, the format of gettext: tags stand in the text as HTML, and what is not finished is marked as fuzzy."""

import re
from uuid import UUID

import polib
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from iom.core.files import Unusable
from iom.translation.exchange.document import Document
from iom.translation.exchange.importing import Entry, Sheet

# Of a file that was cut off, polib would take the words before the cut
_LINE = re.compile(r'\s*(?:#.*|(?:[a-z][\w\[\]]*\s+)?"(?:[^"\\]|\\.)*"\s*)?', re.DOTALL)
IDENTITY = "X-WagtailLocalize-TranslationID"
EXPORTED = "X-Exported-At"


class _Lines(str):
    """polib splits a text by `splitlines`, which also splits at U+2028, U+2029 and U+0085."""

    def splitlines(self, keepends: bool = False) -> list[str]:
        return self.split("\n")


def write(document: Document) -> bytes:
    """Where the original has changed, its former words and their translation are given.

    They are marked as fuzzy, and so is what nobody has confirmed: `importing` leaves it out until someone has removed
    the mark.
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


def read(content: bytes) -> list[Sheet]:
    """The one translation of the file. Raises Unusable."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unusable(gettext("The file is not in UTF-8. Save it again in UTF-8.")) from error
    if "\0" in text:
        raise Unusable(gettext("Files of this kind are not read. Choose a PO or XLIFF file."))
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        if not all(map(_LINE.fullmatch, lines.split("\n"))):
            raise ValueError
        # polib opens what could be the name of a file; nothing that begins with a line break is one here
        file = polib.pofile(_Lines("\n" + lines))
    except (OSError, ValueError, LookupError, AttributeError) as error:  # polib's own, and those it lets through
        raise Unusable(gettext("This is not a PO or XLIFF file, or it is damaged. Download it again.")) from error
    entries = [
        Entry((entry.msgctxt or "", entry.msgid), entry.msgid, entry.msgstr, not entry.fuzzy)
        for entry in file
        if not entry.obsolete and entry.msgstr.strip()
    ]
    language = file.metadata.get("Language", "").strip()
    exported = parse_datetime(file.metadata.get(EXPORTED, ""))
    return [Sheet(_identity(file.metadata), language, exported, tuple(entries))]


def _identity(metadata: dict[str, str]) -> UUID:
    try:
        return UUID(metadata.get(IDENTITY, "").strip())
    except ValueError as error:
        text = gettext("The file does not name its translation (%(header)s). Use the PO file from this screen.")
        raise Unusable(text % {"header": IDENTITY}) from error
