"""Removes GPS, device, software and comments from uploaded pictures."""

from io import BytesIO
from typing import BinaryIO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

# Metadata in Pillow's `Image.info` that is removed; the colour profile stays.
_REMOVED = {"exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop", "Raw profile type exif", "Comment", "Software"}
# JPEG keeps its quantization tables (no visible loss); the others are encoded again at high quality.
_SAVE_OPTIONS: dict[str, dict[str, object]] = {
    "JPEG": {"quality": "keep", "optimize": True},
    "WEBP": {"quality": 95, "method": 4},
    "AVIF": {"quality": 90},
    "PNG": {"optimize": True},
}


def without_metadata(file: BinaryIO) -> ContentFile | None:
    """The picture without metadata, turned upright; None where there is nothing to remove.

    Animated pictures and formats that Pillow cannot write stay as they are. A file that cannot be read completely
    raises one of Pillow's many errors.
    """
    file.seek(0)
    with Image.open(file) as image:
        image.load()
        try:
            exif = image.getexif()
        except Exception:  # invalid data are removed as well
            exif = Image.Exif()
        # A phone's JPEG may contain further pictures (MPO: depth, a second exposure); the first is the photograph.
        several = image.format == "MPO"
        image_format = "JPEG" if several else image.format or ""
        writable = image_format in _SAVE_OPTIONS and (several or not getattr(image, "is_animated", False))
        if not writable or not (several or len(exif) or _REMOVED & image.info.keys() or getattr(image, "text", None)):
            file.seek(0)
            return None
        options = dict(_SAVE_OPTIONS[image_format])
        profile = image.info.get("icc_profile")
        turned = exif.get(0x0112, 1) != 1  # the Orientation tag; a turned picture cannot keep its tables
        upright = ImageOps.exif_transpose(image) if turned else image
        if (turned or several) and image_format == "JPEG":
            options["quality"] = 95
        for key in _REMOVED & upright.info.keys():
            upright.info.pop(key)
        output = BytesIO()
        upright.save(output, image_format, exif=b"", icc_profile=profile, **options)
    file.seek(0)
    return ContentFile(output.getvalue())
