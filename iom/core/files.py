"""Files that users download and upload."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.http import content_disposition_header
from django.utils.translation import gettext


class UnusableFile(Exception):
    """Nothing of a file can be imported. The message gives the user the reason."""


def attachment_header(name: str) -> dict[str, str]:
    """Returns the header of a response that browsers save under this name."""
    return {"Content-Disposition": content_disposition_header(True, name) or "attachment"}


def get_uploaded_file(request: HttpRequest, largest: int) -> UploadedFile:
    """Returns the form's field `file`. Raises UnusableFile if it is empty or has more than `largest` bytes."""
    file = request.FILES.get("file")
    if file is None:
        raise UnusableFile(gettext("Choose a file first."))
    check_size(file.size or 0, largest)
    return file


def check_size(size: int, largest: int) -> None:
    """Raises UnusableFile for more than `largest` bytes."""
    if size > largest:
        raise UnusableFile(gettext("The file is too large. Maximum %(size)s MB.") % {"size": largest // 1024**2})
