"""Opens the ZIP file of a .docx. All parts are checked before they are read, and unusual documents are refused."""

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

MAX_FILE_SIZE = 20 * 1024 * 1024  # bytes of the file
MAX_UNPACKED_SIZE = 60 * 1024 * 1024  # bytes of all parts
MAX_UNPACKED_XML_SIZE = 20 * 1024 * 1024  # bytes of all XML parts
MAX_RATIO = 120  # unpacked to packed size of a part; Word’s own XML has up to 30
RATIO_EXEMPT_SIZE = 256 * 1024  # bytes; smaller parts may exceed the ratio, as a table of empty cells does
MAX_PARTS = 1000
CONTENT_TYPES = "[Content_Types].xml"
RELATIONSHIPS_PART = "_rels/.rels"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ZIP_SIGNATURE = b"PK\x03\x04"
ARCHIVE_SIGNATURES = (ZIP_SIGNATURE, b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ")
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# External relationships that a document may have. Linked pictures are left out.
ALLOWED_EXTERNAL_KINDS = {"hyperlink", "image"}
REMOTE_PREFIXES = ("http:", "https:", "ftp:", "ftps:", "file://", "mhtml:", "\\\\", "//")
# A template on the author’s computer, which every document of an office names
LOCAL_TEMPLATE = "file:///"


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a document by name, the trees of its XML parts, and the name of the main part (the text)."""

    parts: dict[str, bytes]
    trees: dict[str, xml.Element]
    main: str

    @property
    def relationships_part(self) -> str:
        """The name of the part with the relationships of the main part."""
        path = PurePosixPath(self.main)
        return str(path.parent / "_rels" / f"{path.name}.rels")

    def relationships(self) -> Iterator[tuple[xml.Relationship, str]]:
        """Yields the relationships of the main part, each with the name of its target part."""
        for one in xml.relationships(self.trees.get(self.relationships_part, xml.Element("none"))):
            yield one, str(PurePosixPath("/", self.main).parent / one.target).lstrip("/")


def open_package(data: bytes) -> Package:
    """Returns the parts of a .docx. Raises Refused with the specific reason where the file fails a check."""
    if len(data) > MAX_FILE_SIZE:
        raise Refused(_("The file is too large. Maximum %(size)s MB.") % {"size": MAX_FILE_SIZE // 1024**2})
    if not data.startswith(ZIP_SIGNATURE):
        raise Refused(_explain_format(data))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_directory(archive)
            parts = _read_parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise Refused(_("The file is damaged: it cannot be unpacked.")) from error
    count = itertools.count(1)
    trees = {name: xml.parse(content, count) for name, content in parts.items() if _is_xml(name)}
    _check_parts(parts, trees)
    return Package(parts, trees, _find_main_part(trees))


def _explain_format(data: bytes) -> str:
    if data.startswith(OLE_SIGNATURE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return _("The file is protected by a password. Save it without a password, then import it.")
        return _("The file is in an old Word format (.doc). Save it as .docx, then import it.")
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        return _("The file is a web page named .docx. Save it as a Word document or rename it .html.")
    return _("The file is named .docx but is not a Word document.")


def _check_directory(archive: zipfile.ZipFile) -> None:
    """Checks the ZIP directory before any member is unpacked: names, number, sizes, compression and encryption."""
    members = archive.infolist()
    if len(members) > MAX_PARTS:
        raise Refused(
            _("The file contains more than %(count)s parts. It is not an ordinary Word document.")
            % {"count": MAX_PARTS}
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
        member.file_size > max(RATIO_EXEMPT_SIZE, MAX_RATIO * member.compress_size)
        for member in members
        if member.file_size
    )
    size = sum(member.file_size for member in members)
    size_xml = sum(member.file_size for member in members if _is_xml(member.filename))
    if is_swelling or size > MAX_UNPACKED_SIZE or size_xml > MAX_UNPACKED_XML_SIZE:
        raise Refused(_("The file is far too large when unpacked. It is not an ordinary Word document."))


def _is_unsafe(name: str) -> bool:
    is_outside = name.startswith("/") or ".." in PurePosixPath(name).parts
    return not name or is_outside or not name.isprintable() or any(char in name for char in "\\:\0")


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _read_parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Returns the bytes of every part. An archive is allowed only among Word's embedded files, and never opened."""
    parts = {member.filename: archive.read(member) for member in archive.infolist() if not member.is_dir()}
    for name, content in parts.items():
        if content.startswith(ARCHIVE_SIGNATURES) and not name.lower().startswith("word/embeddings/"):
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
    is_remote = target.startswith(REMOTE_PREFIXES)
    is_local_template = related.kind == "attachedTemplate" and (not is_remote or target.startswith(LOCAL_TEMPLATE))
    is_internal = not related.is_external and not is_remote
    if not is_internal and not is_local_template and related.kind not in ALLOWED_EXTERNAL_KINDS:
        raise Refused(
            _("The file would load content from another address: %(address)s.") % {"address": related.target[:100]}
        )


def _find_main_part(trees: dict[str, xml.Element]) -> str:
    """Returns the name of the main part. Raises Refused where the package is no Word document."""
    related = xml.relationships(trees.get(RELATIONSHIPS_PART, xml.Element("none")))
    names = [one.target.lstrip("/") for one in related if one.kind == "officeDocument"]
    name = next((one for one in names if one in trees), "")
    types = {one.get("PartName"): one.get("ContentType") for one in trees.get(CONTENT_TYPES, ())}
    if not name or types.get(f"/{name}") != DOCUMENT_TYPE or xml.local_name(trees[name]) != "document":
        raise Refused(_("The file is named .docx but is not a Word document."))
    return name
