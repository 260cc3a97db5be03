"""Readers parse the bytes of a file into passages. A reader knows its format and nothing about press releases."""

from collections.abc import Callable
from pathlib import PurePath

from django.utils.translation import gettext as _

from newsroom.importing.readers import html, plain_text, word
from newsroom.importing.readers.passages import Document, Refused

__all__ = ["MAX_TEXT_SIZE", "READERS", "Refused", "read"]

MAX_TEXT_SIZE = 5 * 1024 * 1024  # bytes of a text file; a hundred times the longest release of an archive
# The first bytes of files that are not text
_SIGNATURES = (
    b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"MZ",
    b"\x7fELF", b"Rar!",
)  # fmt: skip


# The readers by the extension of the file's name
READERS: dict[str, Callable[[bytes], Document]] = {
    ".txt": plain_text.read,
    ".html": html.read,
    ".htm": html.read,
    ".docx": word.read,
}


def read(name: str, data: bytes) -> Document:
    """Reads a file with the reader of its extension. Raises Refused if the content does not match or is too large."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in READERS:
        raise Refused(_explain_unsupported(suffix))
    if suffix != ".docx":
        _check_text(data)
    return READERS[suffix](data)


def _check_text(data: bytes) -> None:
    """Raises Refused for a text file that is too large or in a binary format."""
    if len(data) > MAX_TEXT_SIZE:
        raise Refused(_("The file is too large. Maximum %(size)s MB.") % {"size": MAX_TEXT_SIZE // 1024**2})
    if data.startswith(_SIGNATURES):
        raise Refused(_("The content of the file does not match its extension."))


def _explain_unsupported(suffix: str) -> str:
    """Returns why a file with this extension is not read, and what the user can do."""
    if suffix in (".docm", ".dotm"):
        return _("The file contains macros. Save it as .docx without them, then import it.")
    if suffix in (".doc", ".dot", ".rtf", ".odt", ".pages"):
        return _("Files of the type %(type)s cannot be imported. Save the file as .docx, then import it.") % {
            "type": suffix
        }
    return _("Only files of these types can be imported: %(types)s.") % {"types": ", ".join(READERS)}
