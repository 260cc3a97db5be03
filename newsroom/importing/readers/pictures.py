"""Checks the format and size of the pictures in a file."""

import warnings
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image

from newsroom.importing.readers.passages import Refused

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")  # the formats that the site accepts
MAX_PIXELS = 50_000_000  # photographs of telephones have up to 48 million
MAX_SIZE = 10 * 1024 * 1024  # bytes, as in Wagtail’s image form
# The first bytes of formats that Word embeds and the site does not accept
_UNSUPPORTED_SIGNATURES = {
    b"\x01\x00\x00\x00": "EMF",
    b"\xd7\xcd\xc6\x9a": "WMF",
    b"\x01\x00\x09\x00": "WMF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"BM": "BMP",
    b"<svg": "SVG",
    b"<?xml": "SVG",
}


def unsupported_format(data: bytes) -> str:
    """Returns the name of a known format that the site does not accept, such as Word's EMF, or an empty string."""
    start = data[:64].lstrip()
    return next((name for signature, name in _UNSUPPORTED_SIGNATURES.items() if start.startswith(signature)), "")


def check_picture(data: bytes) -> str:
    """Opens a picture and returns its format. Raises Refused where it is no picture, or too large."""
    if len(data) > MAX_SIZE:
        raise Refused(_("A picture in the file is too large. Maximum %(size)s MB.") % {"size": MAX_SIZE // 1024**2})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data), formats=FORMATS)
        if image.width * image.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        image.load()
    except Image.DecompressionBombError as error:
        raise Refused(_("A picture in the file is too large. Maximum 50 million pixels.")) from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise Refused(_("A picture in the file is damaged or is not a picture.")) from error
    return image.format or ""
