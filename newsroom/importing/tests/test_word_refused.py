"""Files that are refused: each kind gets its own message, within a time limit."""

import zipfile
from io import BytesIO
from unittest import mock

import pytest
from django.utils.translation import override

from newsroom.importing import readers
from newsroom.importing.readers import Refused, pictures
from newsroom.importing.readers.word import convert, package, xml
from newsroom.importing.tests.docx import docx, paragraph, picture, png, relationships

TEXT = paragraph("Niger – Le marché de nuit a rouvert hier soir, et la rue avec lui.")
WITH_PICTURE = {"related": (("p1", "image", "media/image1.png"),)}


def zipped(**members):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def with_part(name, content):
    return docx(TEXT, parts={name: content})


def with_duplicate():
    packed = BytesIO(docx(TEXT))
    with zipfile.ZipFile(packed, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<other/>")
    return packed.getvalue()


def with_flag_of_encryption():
    data = bytearray(docx(TEXT))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def with_lie_about_size():
    """The ZIP directory declares ten bytes for a part of 30 MB."""
    data = docx(TEXT, parts={"word/theme.xml": "<a>" + " " * 30_000_000 + "</a>"})
    size = (30_000_007).to_bytes(4, "little")
    assert data.count(size) >= 1
    return data.replace(size, (10).to_bytes(4, "little"))


def entities():
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    return f'<?xml version="1.0"?><!DOCTYPE d [{declared}]><d>&e8;</d>'


EXTERNAL = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
REMOTE = {"word/_rels/settings.xml.rels": relationships(("t", "attachedTemplate", "https://example.org/a.dotm"))}
SHARED = {"word/_rels/settings.xml.rels": relationships(("t", "attachedTemplate", "\\\\example.org\\a.dotm"))}
OBJECT = {"word/_rels/document.xml.rels": relationships(("o", "oleObject", "https://example.org/a.html"))}
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
BOMB = "The file is far too large when unpacked. It is not an ordinary Word document."
NOT_WORD = "The file is named .docx but is not a Word document."
MACROS = "The file contains macros. Save it as .docx without them, then import it."
ENTITIES = "The file contains XML entities, which Word does not use."
NAMES = "The file contains parts with names that are not allowed."
LOCKED = "The file is protected by a password. Save it without a password, then import it."
DAMAGED = "The file is damaged: its text cannot be read."
TOO_INTRICATE = "The structure of the file is too complex. Copy the text into a new document, then import it."
ARCHIVE = "The file contains another archive. It is not an ordinary Word document."
HOSTILE = {
    "macros named so": (lambda: with_part("word/vbaProject.bin", b"\0"), MACROS),
    "macros by type": (lambda: docx(TEXT, main_type=MACRO_TYPE), MACROS),
    "an ActiveX control": (lambda: with_part("word/activeX/activeX1.xml", "<x/>"), MACROS),
    "text": (lambda: b"Bonjour", NOT_WORD),
    "nothing": (lambda: b"", NOT_WORD),
    "PDF": (lambda: b"%PDF-1.7", NOT_WORD),
    "a zip of something else": (lambda: zipped(**{"a.txt": "a"}), NOT_WORD),
    "a spreadsheet": (lambda: docx(TEXT, main_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), NOT_WORD),
    "a text that is no document": (lambda: with_part("word/document.xml", "<html><body>Bonjour</body></html>"), NOT_WORD),
    "a web page": (lambda: b"\xef\xbb\xbf<!DOCTYPE html><html><body>Bonjour</body></html>", "The file is a web page named .docx. Save it as a Word document or rename it .html."),
    "an old document": (lambda: OLE + "WordDocument".encode("utf-16-le"), "The file is in an old Word format (.doc). Save it as .docx, then import it."),
    "an encrypted document": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), LOCKED),
    "an encrypted zip": (with_flag_of_encryption, LOCKED),
    "a cut file": (lambda: docx(TEXT)[:-60], "The file is damaged: it cannot be unpacked."),
    "a lie about a size": (with_lie_about_size, "The file is damaged: it cannot be unpacked."),
    "a bomb": (lambda: with_part("word/document.xml", "<a>" + " " * 50_000_000 + "</a>"), BOMB),
    "a bomb of many parts": (lambda: docx(TEXT, parts={f"word/media/{n}.bin": b"\0" * 250_000 for n in range(260)}), BOMB),
    "a thousand parts": (lambda: docx(TEXT, parts={f"word/{n}.bin": b"" for n in range(1001)}), "The file contains more than 1000 parts. It is not an ordinary Word document."),
    "a zip within": (lambda: with_part("word/media/image1.png", zipped(a="a")), ARCHIVE),
    "gzip within": (lambda: with_part("word/a.bin", b"\x1f\x8b\x08"), ARCHIVE),
    "another packing": (lambda: docx(TEXT, compression=zipfile.ZIP_LZMA), "The file is compressed in a way that Word does not use."),
    "entities in the text": (lambda: with_part("word/document.xml", entities()), ENTITIES),
    "an external entity": (lambda: with_part("word/document.xml", EXTERNAL), ENTITIES),
    "an entity in a part that is not read": (lambda: with_part("docProps/core.xml", EXTERNAL), ENTITIES),
    "an entity in UTF-16": (lambda: with_part("word/settings.xml", EXTERNAL.replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16")), ENTITIES),
    "a document type alone": (lambda: with_part("word/styles.xml", '<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>'), ENTITIES),
    "a path upwards": (lambda: with_part("word/../../etc/cron.d/a", "a"), NAMES),
    "a path from the root": (lambda: with_part("/etc/passwd", "a"), NAMES),
    "a path of Windows": (lambda: with_part("C:\\a.xml", "a"), NAMES),
    "a part twice": (with_duplicate, NAMES),
    "a remote template": (lambda: docx(TEXT, parts=REMOTE), "The file would load content from another address: https://example.org/a.dotm."),
    "a template on a share": (lambda: docx(TEXT, parts=SHARED), "The file would load content from another address: \\\\example.org\\a.dotm."),
    "a remote object": (lambda: docx(TEXT, parts=OBJECT), "The file would load content from another address: https://example.org/a.html."),
    "broken XML": (lambda: with_part("word/document.xml", "<w:document>"), DAMAGED),
    "too deep": (lambda: docx("<w:sdt>" * 200 + "</w:sdt>" * 200), TOO_INTRICATE),
    "too many elements": (lambda: docx("<w:p/>" * (xml.MAX_ELEMENTS + 1), compression=zipfile.ZIP_STORED), TOO_INTRICATE),
    "too long": (lambda: docx(*[paragraph("mot " * 5000)] * 60, compression=zipfile.ZIP_STORED), "The text is too long. Divide it into several files."),
    "a picture that is none": (lambda: docx(paragraph(picture("p1")), **WITH_PICTURE, parts={"word/media/image1.png": b"<script>alert(1)</script>"}), "A picture in the file is damaged or is not a picture."),
    "a picture cut off": (lambda: docx(paragraph(picture("p1")), **WITH_PICTURE, parts={"word/media/image1.png": png()[:60]}), "A picture in the file is damaged or is not a picture."),
    "a picture that is a bomb": (lambda: docx(paragraph(picture("p1")), **WITH_PICTURE, parts={"word/media/image1.png": png(declared=(30_000, 30_000))}), "A picture in the file is too large. Maximum 50 million pixels."),
    "too many pictures": (lambda: docx(paragraph(picture("p1") * (convert.MAX_PICTURES + 1)), **WITH_PICTURE, parts={"word/media/image1.png": png()}), "The file contains too many pictures. Maximum 40."),
    "200 MB": (lambda: b"PK\x03\x04" + bytes(package.MAX_FILE_SIZE), "The file is too large. Maximum 20 MB."),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_is_no_release_is_refused_with_its_reason_before_mammoth_sees_it(kind):
    make, message = HOSTILE[kind]
    data = make()
    seen_by_mammoth = kind in ("too long", "too many pictures") or kind.startswith("a picture")
    with (
        override("en"),
        mock.patch.object(convert.mammoth, "convert_to_html", wraps=convert.mammoth.convert_to_html) as mammoth,
        pytest.raises(Refused) as refused,
    ):
        readers.read("release.docx", data)
    assert str(refused.value) == message
    assert mammoth.called == seen_by_mammoth


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.docm", MACROS),
        ("a.doc", "Files of the type .doc cannot be imported. Save the file as .docx, then import it."),
        ("a.exe", "Only files of these types can be imported: .txt, .html, .htm, .docx."),
        ("a", "Only files of these types can be imported: .txt, .html, .htm, .docx."),
        ("a.txt", "The content of the file does not match its extension."),
        ("a.html", "The content of the file does not match its extension."),
    ],
)
def test_a_name_must_be_that_of_the_content(name, message):
    with override("en"), pytest.raises(Refused, match=message.replace(".", r"\.")):
        readers.read(name, docx(TEXT))


def test_a_template_on_the_authors_own_computer_is_accepted():
    local = relationships(("t", "attachedTemplate", "file:///C:\\Modeles\\OIM.dotx"))
    assert readers.read("a.docx", docx(TEXT, parts={"word/_rels/settings.xml.rels": local})).passages


def test_photographs_of_telephones_are_small_enough():
    assert pictures.MAX_PIXELS >= 48_000_000
