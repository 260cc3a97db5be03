"""Files that people download and upload."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.http import content_disposition_header
from django.utils.translation import gettext


class Unusable(Exception):
    """Why nothing of a file can be imported, in words for the user."""


def as_attachment(name: str) -> dict[str, str]:
    """The header of an answer that is saved under this name."""
    return {"Content-Disposition": content_disposition_header(True, name) or "attachment"}


def received(request: HttpRequest, largest: int) -> UploadedFile:
    """What a form sends as `file`. Raises Unusable where nothing was chosen, or more than `largest` bytes."""
    file = request.FILES.get("file")
    if file is None:
        raise Unusable(gettext("Choose a file first."))
    check_size(file.size or 0, largest)
    return file


def check_size(size: int, largest: int) -> None:
    """Raises Unusable for more than `largest` bytes."""
    if size > largest:
        raise Unusable(gettext("The file is too large. Maximum %(size)s MB.") % {"size": largest // 1024**2})
