"""Checks pictures that came with a text: their format and their size."""

import warnings
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from newsroom.importing.readers.passages import Refused

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")  # those that the site takes
PIXELS = 50_000_000  # a telephone’s photograph has up to 48 million
LARGEST = 10 * 1024 * 1024  # bytes, as in Wagtail’s own form
# The first bytes of formats that Word embeds and the site does not take.
_OTHERS = {
    b"\x01\x00\x00\x00": "EMF",
    b"\xd7\xcd\xc6\x9a": "WMF",
    b"\x01\x00\x09\x00": "WMF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"BM": "BMP",
    b"<svg": "SVG",
    b"<?xml": "SVG",
}


def other_format(data: bytes) -> str:
    """The name of a format that the site does not take, such as Word's EMF; empty where it is none of these."""
    start = data[:64].lstrip()
    return next((name for signature, name in _OTHERS.items() if start.startswith(signature)), "")


def check(data: bytes) -> str:
    """The format of a picture that can be opened. Raises Refused where it is no picture, or too large."""
    if len(data) > LARGEST:
        raise Refused(_("A picture in the file is too large. Maximum %(size)s MB.") % {"size": LARGEST // 1024**2})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data), formats=FORMATS)
        if image.width * image.height > PIXELS:
            raise Refused(_("A picture in the file is too large. Maximum 50 million pixels."))
        image.load()
    except Image.DecompressionBombError as error:
        raise Refused(_("A picture in the file is too large. Maximum 50 million pixels.")) from error
    except Refused:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise Refused(_("A picture in the file is damaged or is not a picture.")) from error
    return image.format or ""
