"""Pictures that came inside a file."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.utils.file import hash_filelike

from iom.media.forms import PictureField
from iom.media.metadata import without_metadata
from iom.media.models import SiteImage
from newsroom.importing.release import Picture
from newsroom.importing.remarks import Remark, remark


def image(picture: Picture, title: str) -> tuple[SiteImage | None, Remark | None]:
    """The picture of the site, made where it is not there yet; else None and, where it is refused, why.

    `title`: what it is called where it has no caption.
    """
    file = picture.file
    if file is None or not file.data:
        return None, None
    upload = SimpleUploadedFile(file.name, file.data)
    try:
        cleaned = PictureField(required=True).clean(upload)
    except ValidationError as error:
        is_too_large = any((one.code or "").startswith("file_too_") for one in error.error_list)
        return None, remark("picture too large" if is_too_large else "picture refused", name=file.name)
    cleaned.seek(0)
    kept = without_metadata(cleaned) or cleaned  # as SiteImage keeps it
    kept.seek(0)
    digest = hash_filelike(kept)
    known = SiteImage.objects.filter(file_hash=digest).first()
    if known is not None:
        return known, None
    cleaned.seek(0)
    made = SiteImage(title=(picture.caption or title or file.name)[:255], file=cleaned, credit=picture.credit[:120])
    made.file_size, made.file_hash = kept.size, digest
    made.save()
    return made, None
