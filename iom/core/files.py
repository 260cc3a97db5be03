"""Files that people download and upload."""

from django.utils.http import content_disposition_header


class Unusable(Exception):
    """Why nothing of a file can be imported, in words for the user."""


def as_attachment(name: str) -> dict[str, str]:
    """The header of an answer that is saved under this name."""
    return {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
