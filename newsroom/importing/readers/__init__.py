"""Readers: a file's bytes to passages. Each knows its format and nothing of press releases."""

from collections.abc import Callable
from pathlib import PurePath

from django.utils.translation import gettext as _

from newsroom.importing.readers import capture, html, word
from newsroom.importing.readers.passages import Document, Refused

__all__ = ["LARGEST", "READERS", "Refused", "read"]

Reader = Callable[[bytes], Document]
LARGEST = 5 * 1024 * 1024  # bytes of text; the longest release of an archive has a hundredth
# The first bytes of files that are not text.
_SIGNATURES = (
    b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"MZ",
    b"\x7fELF", b"Rar!",
)  # fmt: skip


def _of_text(read: Reader) -> Reader:
    """The reader of a format that is text: it refuses what is too large, or another format."""

    def read_text(data: bytes) -> Document:
        if len(data) > LARGEST:
            raise Refused(_("The file is too large. Maximum %(size)s MB.") % {"size": LARGEST // 1024**2})
        if data.startswith(_SIGNATURES):
            raise Refused(_("The content of the file does not match its extension."))
        return read(data)

    return read_text


# By the end of a file's name
READERS: dict[str, Reader] = {
    ".txt": _of_text(capture.read),
    ".html": _of_text(html.read),
    ".htm": _of_text(html.read),
    ".docx": word.read,
}


def read(name: str, data: bytes) -> Document:
    """The passages of a file, by the end of its name. Raises Refused where it is not what it claims, or too large."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in READERS:
        raise Refused(_explained(suffix))
    return READERS[suffix](data)


def _explained(suffix: str) -> str:
    """Why a file of this name is not read, and what to do."""
    if suffix in (".docm", ".dotm"):
        return _("The file contains macros. Save it as .docx without them, then import it.")
    if suffix in (".doc", ".dot", ".rtf", ".odt", ".pages"):
        return _("Files of the type %(type)s cannot be imported. Save the file as .docx, then import it.") % {
            "type": suffix
        }
    return _("Only files of these types can be imported: %(types)s.") % {"types": ", ".join(READERS)}
