"""No form of the admin that accepts a file fails for a faulty file, or needs long for it."""

import io
import struct
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, reverse

from iom.editorial.tests.admin_urls import addresses, rolled_back
from iom.tests.html_forms import forms

LONGEST = 10  # seconds for a file, on a machine that does other work as well
XLIFF = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="fr" trgLang="en">
<file id="f" original="urn:uuid:7d4ad4ae-9d1c-4a86-9b53-2d2ab0fa01a5">%s</file></xliff>"""
UNIT = '<unit id="a"><segment state="final"><source>a</source><target order="%s">b</target></segment></unit>'
NESTED = (f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
ENTITIES = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{"".join(NESTED)}]>'
PO = b'msgid ""\nmsgstr ""\n"X-WagtailLocalize-TranslationID: 7d4ad4ae-9d1c-4a86-9b53-2d2ab0fa01a5\\n"\n'


def archive(method=zipfile.ZIP_DEFLATED, *, directory=0, header=0, value=b""):
    """Returns an archive of one file, with changed bytes in the central directory and in the header of the file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as file:
        file.writestr("a.po", PO * 50)
    content = bytearray(packed.getvalue())
    for signature, place in ((b"PK\x01\x02", directory), (b"PK\x03\x04", header)):
        if place:
            start = content.rindex(signature) + place
            content[start : start + len(value)] = value
    return bytes(content)


FILES = {
    "empty.txt": b" ",
    "zeros.csv": b"\0" * 3000,
    "version.zip": archive(directory=6, value=b"\x63"),
    "encoding.zip": archive(directory=9, value=b"\x08").replace(b"a.po", b"\xff.po"),
    "method.zip": archive(directory=10, header=8, value=b"\x63"),
    "encrypted.zip": archive(directory=8, header=6, value=b"\x21"),
    "offset.zip": archive(directory=42, value=struct.pack("<I", 2**31 - 1)),
    "lzma.zip": archive(zipfile.ZIP_LZMA, header=36, value=b"\xff" * 20),
    "bzip2.zip": archive(zipfile.ZIP_BZIP2, header=36, value=b"\xff" * 20),
    "deflate.zip": archive(header=36, value=b"\xff" * 20),
    "end.zip": b"PK\x05\x06" + b"\xff" * 18,
    "version.docx": archive(directory=6, value=b"\x63"),
    "lzma.docx": archive(zipfile.ZIP_LZMA),
    "order.xlf": (XLIFF % (UNIT % ("9" * 5000))).encode(),
    "entities.xlf": (ENTITIES + XLIFF % (UNIT % "&i;")).encode(),
    "entities.tmx": (ENTITIES + "<tmx>&i;</tmx>").encode(),
    "entities.tbx": (ENTITIES + '<tbx xmlns="urn:iso:std:iso:30042:ed-2">&i;</tbx>').encode(),
    "deep.xlf": (XLIFF % ("<g>" * 2000)).encode(),
    "deep.html": b"<ul><li><b>" * 20_000,
    "open.html": b"<a href='" * 20_000,
    "encoding.xlf": b'<?xml version="1.0" encoding="idna"?>' + (XLIFF % "").encode(),
    "plural.po": PO + b'msgid "a"\nmsgid_plural "b"\nmsgstr[' + b"9" * 5000 + b'] "x"\n',
    "columns.csv": b"," * 900_000,
    "columns.tsv": b"\t" * 900_000,
    "cell.csv": b"term_fr;term_en\n" + b"a" * 200_000 + b";b\n",
    "quotes.csv": b'"' * 99_999,
    "lines.txt": b"\r" * 200_000,
    "words.txt": "« ".encode() * 50_000,
    "picture.png": b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 2**31 - 1) + b"IHDR" + b"\xff" * 50,
    "picture.gif": b"GIF89a" + b"\xff" * 50,
    "picture.webp": b"RIFF\xff\xff\xff\xffWEBPVP8X" + b"\xff" * 50,
    "picture.avif": b"\0\0\0\x20ftypavif" + b"\xff" * 50,
    "picture.jpg": b"\xff\xd8\xff\xe1\xff\xffExif\0\0II*\0" + b"\xff" * 50,
}


def address_of(name):
    try:
        return reverse(name)
    except NoReverseMatch:  # a route without a name
        return ""


@pytest.mark.django_db
def test_no_uploaded_file_causes_a_server_error_or_a_long_wait(sign_in):
    """It tries the forms of all addresses without parameters."""
    tried, wrong = set(), []
    for place, address in sorted({(name, address_of(name)) for name, parameters in addresses() if not parameters}):
        client = sign_in("admin")
        client.raise_request_exception = False
        page = client.get(address) if address else None
        if not page or page.status_code != 200 or "text/html" not in page.headers["Content-Type"]:
            continue
        for form in [one for one in forms(page.content.decode(), address) if one.file_names]:
            for (name, content), field in ((file, field) for file in FILES.items() for field in form.file_names):
                with rolled_back():
                    began = time.process_time()
                    answer = client.post(form.action, form.values | {field: SimpleUploadedFile(name, content)})
                    took = time.process_time() - began
                tried.add(place)
                if answer.status_code >= 500 or took > LONGEST:
                    wrong.append((place, name, answer.status_code, took))
    assert wrong == []
    assert len(tried) >= 9, tried
