"""Originals keep no trace of the device or the place: GPS, camera, software and comments are removed on upload."""

from io import BytesIO
from typing import BinaryIO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

# What Pillow reads into `Image.info` from metadata that says who, where and with what; the colour profile stays.
_TELLING = {
    "exif",
    "xmp",
    "XML:com.adobe.xmp",
    "comment",
    "photoshop",
    "Raw profile type exif",
    "Comment",
    "Software",
}
# JPEG keeps its own quantisation tables (no visible loss); the others are written anew at high quality.
_SAVE_OPTIONS: dict[str, dict[str, object]] = {
    "JPEG": {"quality": "keep", "optimize": True},
    "WEBP": {"quality": 95, "method": 4},
    "AVIF": {"quality": 90},
    "PNG": {"optimize": True},
}


def without_metadata(file: BinaryIO) -> ContentFile | None:
    """The picture's bytes without telling metadata, turned upright; None where there is nothing to remove.

    Animated pictures and formats that Pillow cannot write back are left as they are. A file that cannot be read to its
    end raises one of Pillow's many errors.
    """
    file.seek(0)
    with Image.open(file) as image:
        image.load()
        try:
            exif = image.getexif()
        except Exception:  # a camera's data in disorder are removed like others
            exif = Image.Exif()
        # A telephone's JPEG may hold further pictures (MPO: depth, a second exposure); the first is the photograph.
        several = image.format == "MPO"
        image_format = "JPEG" if several else image.format or ""
        writable = image_format in _SAVE_OPTIONS and (several or not getattr(image, "is_animated", False))
        if not writable or not (several or len(exif) or _TELLING & image.info.keys() or getattr(image, "text", None)):
            file.seek(0)
            return None
        options = dict(_SAVE_OPTIONS[image_format])
        profile = image.info.get("icc_profile")
        turned = exif.get(0x0112, 1) != 1  # the Orientation tag; once turned, the tables of the file cannot be kept
        upright = ImageOps.exif_transpose(image) if turned else image
        if (turned or several) and image_format == "JPEG":
            options["quality"] = 95
        for key in _TELLING & upright.info.keys():
            upright.info.pop(key)
        output = BytesIO()
        upright.save(output, image_format, exif=b"", icc_profile=profile, **options)
    file.seek(0)
    return ContentFile(output.getvalue())
