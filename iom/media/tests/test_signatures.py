"""A document that does not match its extension, or is too large, is refused in the user's language and not stored."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from iom.media import forms
from iom.media.models import SiteDocument
from iom.media.signatures import matches_extension


def zipped() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    return file.getvalue()


RIGHT = {
    "pdf": b"%PDF-1.7\n",
    "csv": "Année;Arrivées\n2026;3\n".encode("cp1252"),
    "txt": b"Words.",
    "vtt": b"\xef\xbb\xbfWEBVTT\n\n",
} | dict.fromkeys(("docx", "odt", "pptx", "xlsx", "zip"), zipped())
WRONG = {
    "a program": b"MZ\x90\x00\x03",
    "a page with a script": b"<html><script>alert(1)</script></html>",
    "a picture": b"\x89PNG\r\n\x1a\n\x00",
}


@pytest.mark.parametrize("extension", settings.WAGTAILDOCS_EXTENSIONS)
def test_each_kind_of_document_is_known_and_nothing_else_is_taken_for_it(extension):
    assert matches_extension(ContentFile(RIGHT[extension]), extension)
    for what, content in WRONG.items():
        if what == "a page with a script" and extension in {"csv", "txt"}:
            continue  # text, which is given as such
        assert not matches_extension(ContentFile(content), extension), what


def upload(client, name: str, content: bytes, language: str):
    data = {"title": "d", "file": SimpleUploadedFile(name, content), "collection": Collection.get_first_root_node().pk}
    return client.post(reverse("wagtaildocs:add"), data, headers={"accept-language": language})


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "ne correspond pas à son nom"), ("en", "not what its name says")]
)
def test_the_form_refuses_a_document_that_does_not_match_its_extension(sign_in, language, said):
    before = SiteDocument.objects.count()
    answer = upload(sign_in("officer"), "report.docx", WRONG["a program"], language)
    assert said in answer.content.decode()
    assert SiteDocument.objects.count() == before


def test_a_document_that_is_too_large_is_refused(sign_in, monkeypatch):
    monkeypatch.setattr(forms, "MAX_SIZE", 4)
    answer = upload(sign_in("officer"), "words.txt", b"Words.", "en")
    assert "larger than" in answer.content.decode()
    assert not SiteDocument.objects.filter(title="d").exists()


def test_a_document_that_matches_its_extension_is_stored(sign_in):
    upload(sign_in("officer"), "words.txt", b"Words.", "en")
    assert SiteDocument.objects.filter(title="d").exists()
