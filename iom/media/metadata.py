"""Removes metadata from uploaded pictures: GPS, device, software and comments."""

from io import BytesIO
from typing import BinaryIO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

# Metadata in Pillow's `Image.info` that is removed; the colour profile stays.
_REMOVED = {"exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop", "Raw profile type exif", "Comment", "Software"}
# A JPEG keeps its quantization tables (no visible loss). The other formats are encoded again at high quality.
_SAVE_OPTIONS: dict[str, dict[str, object]] = {
    "JPEG": {"quality": "keep", "optimize": True},
    "WEBP": {"quality": 95, "method": 4},
    "AVIF": {"quality": 90},
    "PNG": {"optimize": True},
}


def strip_metadata(file: BinaryIO) -> ContentFile | None:
    """Returns the picture without metadata, turned upright; None if there is nothing to remove.

    Animated pictures and formats that Pillow cannot write stay as they are. Raises one of Pillow's many errors for a
    file that cannot be read completely.
    """
    file.seek(0)
    with Image.open(file) as image:
        image.load()
        try:
            exif = image.getexif()
        except Exception:  # invalid data are removed as well
            exif = Image.Exif()
        # A phone's JPEG may contain more pictures (MPO: depth, a second exposure). The first is the photograph.
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
