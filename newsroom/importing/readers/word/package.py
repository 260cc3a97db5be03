"""Opens the ZIP file that a .docx is, and refuses what a release never is. Everything is checked before it is read."""

import itertools
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from newsroom.importing.readers.passages import Refused
from newsroom.importing.readers.word import xml

LARGEST = 20 * 1024 * 1024  # bytes of the file
UNPACKED = 60 * 1024 * 1024  # bytes of all its parts, of which
UNPACKED_XML = 20 * 1024 * 1024  # bytes of XML
RATIO = 120  # times that a part may grow when it is unpacked; Word’s own XML grows up to thirtyfold
SMALL = 256 * 1024  # bytes up to which a part may grow more: a table of empty cells does
PARTS = 1000
CONTENT_TYPES = "[Content_Types].xml"
RELATIONS = "_rels/.rels"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ZIP = b"PK\x03\x04"
ARCHIVES = (ZIP, b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Relationships to something outside the file that a document may have; a picture from elsewhere is left out.
HARMLESS_LINKS = {"hyperlink", "image"}
REMOTE = ("http:", "https:", "ftp:", "ftps:", "file://", "mhtml:", "\\\\", "//")
LOCAL_TEMPLATE = ("file:///",)  # a template on the author’s own computer: every document of an office names one


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a document by name, the trees of those that are XML, and which of them is the text."""

    parts: dict[str, bytes]
    trees: dict[str, xml.Element]
    main: str

    @property
    def relations(self) -> str:
        """The name of the part that says what the text refers to."""
        path = PurePosixPath(self.main)
        return str(path.parent / "_rels" / f"{path.name}.rels")

    def related(self) -> Iterator[tuple[xml.Relationship, str]]:
        """What the text refers to, with the name of the part that is meant."""
        for one in xml.relationships(self.trees.get(self.relations, xml.Element("none"))):
            yield one, str(PurePosixPath("/", self.main).parent / one.target).lstrip("/")


def open_package(data: bytes) -> Package:
    """The parts of a .docx. Raises Refused, each time with its own reason."""
    if len(data) > LARGEST:
        raise Refused(_("The file is too large. Maximum %(size)s MB.") % {"size": LARGEST // 1024**2})
    if not data.startswith(ZIP):
        raise Refused(_what_it_is(data))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_directory(archive)
            parts = _read(archive)
    except Refused:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise Refused(_("The file is damaged: it cannot be unpacked.")) from error
    count = itertools.count(1)
    trees = {name: xml.parse(content, count) for name, content in parts.items() if _is_xml(name)}
    _check_parts(parts, trees)
    return Package(parts, trees, _main(trees))


def _what_it_is(data: bytes) -> str:
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return _("The file is protected by a password. Save it without a password, then import it.")
        return _("The file is in an old Word format (.doc). Save it as .docx, then import it.")
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        return _("The file is a web page named .docx. Save it as a Word document or rename it .html.")
    return _("The file is named .docx but is not a Word document.")


def _check_directory(archive: zipfile.ZipFile) -> None:
    """What the zip says of its members, before any is unpacked."""
    members = archive.infolist()
    if len(members) > PARTS:
        raise Refused(
            _("The file contains more than %(count)s parts. It is not an ordinary Word document.") % {"count": PARTS}
        )
    names = [member.orig_filename for member in members]
    has_links = any(stat.S_ISLNK(member.external_attr >> 16) for member in members)
    if has_links or len({name.casefold() for name in names}) < len(names) or any(map(_is_unsafe, names)):
        raise Refused(_("The file contains parts with names that are not allowed."))
    if any(member.flag_bits & 0x1 for member in members):
        raise Refused(_("The file is protected by a password. Save it without a password, then import it."))
    if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
        raise Refused(_("The file is compressed in a way that Word does not use."))
    is_swelling = any(
        member.file_size > max(SMALL, RATIO * member.compress_size) for member in members if member.file_size
    )
    size = sum(member.file_size for member in members)
    size_xml = sum(member.file_size for member in members if _is_xml(member.filename))
    if is_swelling or size > UNPACKED or size_xml > UNPACKED_XML:
        raise Refused(_("The file is far too large when unpacked. It is not an ordinary Word document."))


def _is_unsafe(name: str) -> bool:
    is_outside = name.startswith("/") or ".." in PurePosixPath(name).parts
    return not name or is_outside or not name.isprintable() or any(char in name for char in "\\:\0")


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The bytes of every part. An archive may only be among the files that Word embeds; it is never opened."""
    parts = {member.filename: archive.read(member) for member in archive.infolist() if not member.is_dir()}
    for name, content in parts.items():
        if content.startswith(ARCHIVES) and not name.lower().startswith("word/embeddings/"):
            raise Refused(_("The file contains another archive. It is not an ordinary Word document."))
    return parts


def _check_parts(parts: dict[str, bytes], trees: dict[str, xml.Element]) -> None:
    names = [name.lower() for name in parts]
    types = [one.get("ContentType", "").lower() for one in trees.get(CONTENT_TYPES, ())]
    has_macros = any("vbaproject" in name or "vbadata" in name or "/activex/" in name for name in names)
    if has_macros or any("macroenabled" in one or "vbaproject" in one for one in types):
        raise Refused(_("The file contains macros. Save it as .docx without them, then import it."))
    for name, tree in trees.items():
        if name.lower().endswith(".rels"):
            for related in xml.relationships(tree):
                _check_relationship(related)


def _check_relationship(related: xml.Relationship) -> None:
    target = related.target.strip().lower()
    if not related.is_external and not target.startswith(REMOTE):
        return
    if related.kind in HARMLESS_LINKS or (related.kind == "attachedTemplate" and target.startswith(LOCAL_TEMPLATE)):
        return
    if related.kind == "attachedTemplate" and not target.startswith(REMOTE):
        return
    raise Refused(
        _("The file would load content from another address: %(address)s.") % {"address": related.target[:100]}
    )


def _main(trees: dict[str, xml.Element]) -> str:
    """The name of the part that is the text."""
    related = xml.relationships(trees.get(RELATIONS, xml.Element("none")))
    names = [one.target.lstrip("/") for one in related if one.kind == "officeDocument"]
    name = next((one for one in names if one in trees), "")
    types = {one.get("PartName"): one.get("ContentType") for one in trees.get(CONTENT_TYPES, ())}
    if not name or types.get(f"/{name}") != DOCUMENT_TYPE or xml.local(trees[name]) != "document":
        raise Refused(_("The file is named .docx but is not a Word document."))
    return name
