"""What a picture's file says of itself wherever it goes: caption, credit and rights.

As an XMP packet (IPTC Core); in a JPEG also as IPTC-IIM 4.2, which is all that older programs read.

Credit and rights belong to the picture, and are in each rendition that shows it whole. A caption belongs to the use of
the picture, and is in what is taken away with a text.
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
_LONGEST = 60_000  # bytes: a segment of a JPEG holds 65,533
_PNG_START = 33  # its signature, and the chunk that must come first
_APP0 = b"\xff\xd8\xff\xe0"
_UTF_8 = b"\x1c\x01\x5a\0\x03\x1b%G"  # IPTC-IIM: the character set of the rest
# Fields of IPTC-IIM: number, longest in bytes
_INSTRUCTIONS, _CREDIT, _COPYRIGHT, _CAPTION = (40, 256), (110, 32), (116, 128), (120, 2000)
FORMATS = (".jpg", ".jpeg", ".png")  # of originals that can be signed as they are


def packet(image: SiteImage, captions: Mapping[str, str] | None = None) -> bytes:
    """The packet for the picture; `captions`: by language, the first of them for readers of other languages."""
    terms = _terms(image)
    rest = _texts("dc:description", captions or {}) + _texts("xmpRights:UsageTerms", terms)
    if image.credit:
        rest += _texts("dc:rights", {"x-default": image.credit})
    credit = f" photoshop:Credit={quoteattr(image.credit)}" if image.credit else ""
    return _PACKET.format(credit=credit, rest=rest).encode()


def iptc(image: SiteImage, captions: Mapping[str, str] | None = None) -> bytes:
    """A segment of a JPEG with the same. A field has one text: the first caption, and the rights in every language."""
    texts = [(_INSTRUCTIONS, " / ".join(_terms(image).values())), (_CREDIT, image.credit), (_COPYRIGHT, image.credit)]
    texts.append((_CAPTION, next(iter((captions or {}).values()), "")))
    data = _UTF_8
    for (number, longest), text in texts:
        value = text.encode()[:longest].decode(errors="ignore").encode()
        if value:
            data += struct.pack(">BBBH", 0x1C, 2, number, len(value)) + value
    block = b"Photoshop 3.0\0" + b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(data)) + data + b"\0" * (len(data) % 2)
    return _segment(b"\xff\xed", block)


def _segment(marker: bytes, data: bytes) -> bytes:
    return marker + struct.pack(">H", len(data) + 2) + data


def _terms(image: SiteImage) -> dict[str, str]:
    """By language, how the picture may be used."""
    terms = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            terms[code] = rights_of(image)
    return terms


def rights_of(image: SiteImage) -> str:
    """How the picture may be used, in the active language."""
    return gettext("May be reused by the press") if image.for_press else gettext("May not be reused")


def mark(image: SiteImage) -> str:
    """Another one once what the files of the picture say is another."""
    return hashlib.sha256(packet(image) + iptc(image)).hexdigest()[:8]


def _texts(name: str, texts: Mapping[str, str]) -> str:
    """An alternative for each language."""
    if not texts:
        return ""
    first = next(iter(texts.values()))
    items = texts if "x-default" in texts else {"x-default": first, **texts}
    written = "".join(f'<rdf:li xml:lang="{code}">{escape(text)}</rdf:li>' for code, text in items.items())
    return f"<{name}><rdf:Alt>{written}</rdf:Alt></{name}>"


def head_with(file: IO[bytes], image: SiteImage, captions: Mapping[str, str]) -> bytes:
    """The beginning of a file of one of FORMATS, signed; the rest of it follows unchanged. Reads what it returns."""
    head, xmp = file.read(len(_APP0)), packet(image, captions)
    if len(xmp) > _LONGEST:
        return head
    if head.startswith(_APP0[:2]):
        signed = _segment(b"\xff\xe1", b"http://ns.adobe.com/xap/1.0/\0" + xmp) + iptc(image, captions)
        if head != _APP0:
            return head[:2] + signed + head[2:]
        size = file.read(2)
        return head + size + file.read(struct.unpack(">H", size)[0] - 2) + signed
    if head == b"\x89PNG":
        data = b"XML:com.adobe.xmp\0\0\0\0\0" + xmp
        chunk = b"iTXt" + data
        head += file.read(_PNG_START - len(head))
        return head + struct.pack(">I", len(data)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return head
