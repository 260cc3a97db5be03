"""Damaged, odd and malicious picture files, which people upload by mistake or on purpose."""

import struct
import zlib

from PIL import Image

from iom.media.tests import pictures


def _cut(image_format, **options):
    """The first third of a picture."""
    data = pictures.encoded(image_format, Image.effect_noise((300, 200), 80).convert("RGB"), **options)
    return data[: len(data) // 3]


def _bomb(side):
    """A PNG of a few hundred bytes that would need `side` × `side` pixels in memory."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def refused():
    """Yields files that the site cannot show: (file name, content)."""
    yield "cut.jpg", _cut("JPEG")
    yield "cut-with-exif.jpg", _cut("JPEG", exif=pictures.camera_data())
    for image_format in ("PNG", "WEBP", "AVIF", "GIF"):
        yield f"cut.{image_format.lower()}", _cut(image_format)
    yield "empty.jpg", b""
    yield "text.jpg", b"This is a letter."
    yield "page.png", b"<!DOCTYPE html><script>alert(1)</script>"
    yield "renditions.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    yield "other.jpg", pictures.encoded("PNG")
    yield "photo.tiff", pictures.encoded("TIFF")
    yield "no-extension", pictures.encoded()
    yield "moving.png", pictures.encoded("PNG", save_all=True, append_images=[Image.new("RGB", (40, 20), "green")])
    yield "bomb.png", _bomb(12_000)
    yield "greater-bomb.png", _bomb(60_000)
    yield "short.png", _bomb(300)
    yield "long.png", pictures.encoded("PNG", Image.new("L", (10, 16_001)))


def taken():
    """Yields odd files of cameras and programs that the site can show: (file name, content)."""
    shape = (40, 20)
    yield (
        "cmyk.jpg",
        pictures.encoded("JPEG", Image.new("CMYK", shape, (10, 20, 30, 40)), exif=pictures.camera_data(6)),
    )
    yield "grey.jpg", pictures.encoded("JPEG", Image.new("L", shape, 90), exif=pictures.camera_data())
    yield "sixteen-bits.png", pictures.encoded("PNG", Image.new("I;16", shape, 900), exif=pictures.camera_data())
    yield (
        "black-and-white.png",
        pictures.encoded("PNG", Image.new("1", shape), pnginfo=pictures.png_text("Author", "A")),
    )
    yield "palette.png", pictures.encoded("PNG", pictures.picture().convert("P"), exif=pictures.camera_data(3))
    yield (
        "transparent.png",
        pictures.encoded("PNG", Image.new("RGBA", shape, (0, 0, 0, 0)), exif=pictures.camera_data()),
    )
    frames = {"save_all": True, "append_images": [Image.new("RGB", shape, "green")]}
    yield "moving.gif", pictures.encoded("GIF", **frames)
    yield "moving.webp", pictures.encoded("WEBP", exif=pictures.camera_data(), **frames)
    yield "disorder.jpg", pictures.encoded("JPEG", exif=b"Exif\0\0nonsense")
    yield "disorder.webp", pictures.encoded("WEBP", exif=b"nonsense")
    yield "CAPITALS.JPG", pictures.encoded()
    yield "one-pixel.png", pictures.encoded("PNG", Image.new("RGB", (1, 1)))
    yield f"{'long-' * 40}.jpg", pictures.encoded()
