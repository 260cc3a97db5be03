"""Checks the file signature of documents: whether the content begins as the format of the extension requires."""

from django.core.files import File

MAX_SIZE = 100 * 1024 * 1024  # bytes of a document
_ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")  # of a ZIP file, and of an empty one
_PDF_HEADER_LIMIT = 1024  # bytes in which readers accept `%PDF-`
_TEXT_FORMATS = {"csv", "txt", "vtt"}


def matches_extension(file: File, extension: str) -> bool:
    """Whether the content may belong to a file with this extension, one of WAGTAILDOCS_EXTENSIONS."""
    file.seek(0)
    start = file.read(64 * 1024)
    file.seek(0)
    if extension == "pdf":
        return b"%PDF-" in start[:_PDF_HEADER_LIMIT]
    if extension in _TEXT_FORMATS:
        return b"\0" not in start and (extension != "vtt" or start.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"))
    return start.startswith(_ZIP_SIGNATURES)
