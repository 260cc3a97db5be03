"""IPTC photo metadata in picture files: caption, credit and rights.

They are an XMP packet (IPTC Core). A JPEG also has IPTC-IIM 4.2, the only format that older programs read.

Credit and rights belong to the picture and are in each rendition that shows it whole. A caption belongs to a use of
the picture and is in the files of a press archive.
"""

import hashlib
import struct
import zlib
from collections.abc import Mapping
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.utils.translation import gettext, override

from iom.media.models import SiteImage

_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"{credit}>{rest}</rdf:Description></rdf:RDF></x:xmpmeta>'
    '<?xpacket end="r"?>'
)
_MAX_XMP = 60_000  # bytes: a segment of a JPEG holds 65,533
_PNG_START = 33  # bytes: the signature, and the chunk that must come first
_APP0 = b"\xff\xd8\xff\xe0"
_UTF_8 = b"\x1c\x01\x5a\0\x03\x1b%G"  # IPTC-IIM: the character set of the following fields
# Fields of IPTC-IIM: number, maximum length in bytes
_INSTRUCTIONS, _CREDIT, _COPYRIGHT, _CAPTION = (40, 256), (110, 32), (116, 128), (120, 2000)
FORMATS = (".jpg", ".jpeg", ".png")  # of originals to which metadata can be added without encoding them again


def xmp_packet(image: SiteImage, captions: Mapping[str, str] | None = None) -> bytes:
    """Returns the XMP packet of the picture. `captions`: by language; the first is the default for other languages."""
    terms = _terms_by_language(image)
    rest = _alternatives("dc:description", captions or {}) + _alternatives("xmpRights:UsageTerms", terms)
    if image.credit:
        rest += _alternatives("dc:rights", {"x-default": image.credit})
    credit = f" photoshop:Credit={quoteattr(image.credit)}" if image.credit else ""
    return _PACKET.format(credit=credit, rest=rest).encode()


def iim_segment(image: SiteImage, captions: Mapping[str, str] | None = None) -> bytes:
    """Returns a JPEG segment with IPTC-IIM. A field has one text: the first caption, the rights in all languages."""
    texts = [
        (_INSTRUCTIONS, " / ".join(_terms_by_language(image).values())),
        (_CREDIT, image.credit),
        (_COPYRIGHT, image.credit),
        (_CAPTION, next(iter((captions or {}).values()), "")),
    ]
    data = _UTF_8
    for (number, longest), text in texts:
        value = text.encode()[:longest].decode(errors="ignore").encode()
        if value:
            data += struct.pack(">BBBH", 0x1C, 2, number, len(value)) + value
    block = b"Photoshop 3.0\0" + b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(data)) + data + b"\0" * (len(data) % 2)
    return _segment(b"\xff\xed", block)


def _segment(marker: bytes, data: bytes) -> bytes:
    return marker + struct.pack(">H", len(data) + 2) + data


def _terms_by_language(image: SiteImage) -> dict[str, str]:
    """Returns the usage terms of the picture by language."""
    terms = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            terms[code] = usage_terms(image)
    return terms


def usage_terms(image: SiteImage) -> str:
    """Returns the usage terms of the picture in the active language."""
    return gettext("May be reused by the press") if image.for_press else gettext("May not be reused")


def digest(image: SiteImage) -> str:
    """Returns a digest that changes with the metadata of the picture's files."""
    return hashlib.sha256(xmp_packet(image) + iim_segment(image)).hexdigest()[:8]


def _alternatives(name: str, texts: Mapping[str, str]) -> str:
    """Returns an XMP property with an alternative for each language."""
    if not texts:
        return ""
    first = next(iter(texts.values()))
    items = texts if "x-default" in texts else {"x-default": first, **texts}
    written = "".join(f'<rdf:li xml:lang="{code}">{escape(text)}</rdf:li>' for code, text in items.items())
    return f"<{name}><rdf:Alt>{written}</rdf:Alt></{name}>"


def header_with_metadata(file: IO[bytes], image: SiteImage, captions: Mapping[str, str]) -> bytes:
    """Reads the beginning of a file in one of FORMATS, and returns it with metadata. The rest follows unchanged."""
    head, xmp = file.read(len(_APP0)), xmp_packet(image, captions)
    if len(xmp) > _MAX_XMP:
        return head
    if head.startswith(_APP0[:2]):
        segments = _segment(b"\xff\xe1", b"http://ns.adobe.com/xap/1.0/\0" + xmp) + iim_segment(image, captions)
        if head != _APP0:
            return head[:2] + segments + head[2:]
        size = file.read(2)
        return head + size + file.read(struct.unpack(">H", size)[0] - 2) + segments
    if head == b"\x89PNG":
        data = b"XML:com.adobe.xmp\0\0\0\0\0" + xmp
        chunk = b"iTXt" + data
        head += file.read(_PNG_START - len(head))
        return head + struct.pack(">I", len(data)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return head
