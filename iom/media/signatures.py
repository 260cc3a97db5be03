"""Whether a document is what its name says: by how its content begins, as the formats prescribe."""

from django.core.files import File

LONGEST = 100 * 1024 * 1024  # bytes of a document
_ZIPPED = (b"PK\x03\x04", b"PK\x05\x06")  # a ZIP file, and one that is empty
_PDF_WITHIN = 1024  # bytes in which `%PDF-` may stand, as readers allow
_TEXTS = {"csv", "txt", "vtt"}


def is_what_it_says(file: File, extension: str) -> bool:
    """Whether the content can be of a file with that extension, one of WAGTAILDOCS_EXTENSIONS."""
    file.seek(0)
    start = file.read(64 * 1024)
    file.seek(0)
    if extension == "pdf":
        return b"%PDF-" in start[:_PDF_WITHIN]
    if extension in _TEXTS:
        return b"\0" not in start and (extension != "vtt" or start.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"))
    return start.startswith(_ZIPPED)
