"""Pictures that came inside a file."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from wagtail.utils.file import hash_filelike

from iom.media.forms import PictureField
from iom.media.metadata import without_metadata
from iom.media.models import SiteImage
from newsroom.importing.release import Picture


def image(picture: Picture, title: str) -> tuple[SiteImage | None, str]:
    """The picture of the site, made where it is not there yet; else None and why not.

    `title`: what it is called where it has no caption.
    """
    file = picture.file
    if file is None or not file.data:
        return None, ""
    upload = SimpleUploadedFile(file.name, file.data)
    try:
        cleaned = PictureField(required=True).clean(upload)
    except ValidationError as error:
        reasons = " ".join(error.messages)
        return None, _("The picture “%(name)s” is not taken: %(reasons)s") % {"name": file.name, "reasons": reasons}
    cleaned.seek(0)
    kept = without_metadata(cleaned) or cleaned  # as SiteImage keeps it
    kept.seek(0)
    digest = hash_filelike(kept)
    known = SiteImage.objects.filter(file_hash=digest).first()
    if known is not None:
        return known, ""
    cleaned.seek(0)
    made = SiteImage(title=(picture.caption or title or file.name)[:255], file=cleaned, credit=picture.credit[:120])
    made.file_size, made.file_hash = kept.size, digest
    made.save()
    return made, ""
