"""Text is compressed. Files that are compressed already keep their length, so that clients can request ranges."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from iom.core.compression import TextCompressionMiddleware
from iom.media.models import SiteDocument
from iom.tests.addresses import LANGUAGES, NEWS, SEARCH

GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_search_and_feeds_are_compressed(visitor, language):
    for address in (
        f"/{language}/",
        SEARCH[language],
        f"{NEWS[language]}rss/",
        f"{NEWS[language]}json/",
        "/sitemap-pages-1.xml",
    ):
        answer = visitor.get(address, headers=GZIP)
        assert answer["Content-Encoding"] == "gzip", address
        assert "Accept-Encoding" in answer["Vary"]
        assert len(gzip.decompress(answer.content)) > 2 * len(answer.content)


def test_a_client_without_gzip_gets_uncompressed_text(visitor):
    answer = visitor.get("/fr/")
    assert "Content-Encoding" not in answer
    assert answer.content.lstrip().startswith(b"<!DOCTYPE html>")
    assert "Accept-Encoding" in answer["Vary"], "so that no cache gives the one for the other"


def test_a_document_is_not_compressed_and_is_served_in_ranges(visitor):
    document = SiteDocument.objects.filter(file__endswith=".pdf").first()
    whole = visitor.get(document.url, headers=GZIP)
    part = visitor.get(document.url, headers=GZIP | {"Range": "bytes=0-3"})

    assert "Content-Encoding" not in whole
    assert int(whole["Content-Length"]) == document.file_size
    assert (part.status_code, b"".join(part)) == (206, b"%PDF")


@pytest.mark.parametrize("content_type", ["image/avif", "application/pdf", "application/zip"])
def test_compressed_types_are_not_compressed_again(content_type):
    middleware = TextCompressionMiddleware(lambda request: HttpResponse(b"0" * 1000, content_type=content_type))
    answer = middleware(RequestFactory().get("/", headers=GZIP))
    assert "Content-Encoding" not in answer


def test_a_streamed_file_is_not_compressed(tmp_path):
    (tmp_path / "long.txt").write_bytes(b"0" * 1000)
    middleware = TextCompressionMiddleware(lambda request: FileResponse((tmp_path / "long.txt").open("rb")))
    assert "Content-Encoding" not in middleware(RequestFactory().get("/", headers=GZIP))
