"""The uses of pictures in pages, and the files of each use. `iom.media.renditions` makes the files."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from wagtail.images.models import Filter, get_rendition_storage

from iom.media.models import SiteImage


@dataclass(frozen=True)
class Use:
    """A use of pictures: Wagtail's filters from narrow to wide, and the `sizes` attribute if there are several."""

    filters: tuple[str, ...]
    sizes: str = ""
    formats: tuple[str, ...] = ("avif", "webp", "jpeg")  # best first; every browser supports the last


# Uses share their filters, so that a picture needs few files. 720 and 1080 pixels are the width of most phones: 360
# CSS pixels with two or three device pixels each.
_WHOLE = ("width-480", "width-720", "width-1080", "width-1600")
_CROPS = ("fill-240x160", "fill-480x320", "fill-720x480", "fill-1080x720")
_SQUARES = ("fill-112x112", "fill-288x288")

USES = {
    "lead": Use(_WHOLE, "(min-width: 75em) 62rem, calc(100vw - 2rem)"),
    "text": Use(_WHOLE[:3], "(min-width: 60em) 43rem, calc(100vw - 2rem)"),
    "hero": Use(_CROPS[1:], "(min-width: 75em) 49rem, (min-width: 60em) 66vw, calc(100vw - 2rem)"),
    "card": Use(
        _CROPS[1:3], "(min-width: 75em) 24rem, (min-width: 60em) 30vw, (min-width: 40em) 50vw, calc(100vw - 2rem)"
    ),
    "row": Use(_CROPS[1:2]),
    "thumbnail": Use(_CROPS[:1]),
    "gallery": Use(_CROPS[1:3], "(min-width: 60em) 21rem, (min-width: 30em) 50vw, calc(100vw - 2rem)"),
    "portrait": Use(_SQUARES, "7rem"),
    "face": Use(_SQUARES, "3.5rem"),
    "poster": Use(_WHOLE[1:2]),
    "social": Use(("fill-1200x630",), formats=("jpeg",)),
}
# The filters whose files contain credit and rights: those that show the whole picture or are sent to other sites. The
# small files of lists have no metadata, to save bytes on phones.
CREDITED_FILTERS = frozenset((*_WHOLE, *USES["social"].filters))
# Pictures are prepared again after a change of the uses.
_REQUIREMENTS = (sorted({(use.filters, use.formats) for use in USES.values()}), sorted(CREDITED_FILTERS))
VERSION = hashlib.sha256(repr(_REQUIREMENTS).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class RenditionFile:
    """A rendition in the rendition map of a picture."""

    name: str
    width: int
    height: int

    @property
    def url(self) -> str:
        return _url(self.name)

    @property
    def format(self) -> str:
        """`JPEG`"""
        return self.name.rpartition(".")[2].upper().replace("JPG", "JPEG")


@lru_cache(maxsize=10_000)
def _url(name: str) -> str:
    """Cached, since the address of a file never changes: a new file has another name."""
    url: str = get_rendition_storage().url(name)
    return url


def spec(filter_: str, format_: str) -> str:
    """Returns Wagtail's filter specification: `width-480|format-avif`."""
    return f"{filter_}|format-{format_}"


def size(image: SiteImage, filter_: str) -> tuple[int, int]:
    """Returns width and height of the rendition, which is never larger than the original."""
    return Filter(spec=filter_).get_transform(image).size


def files_by_format(image: SiteImage, use: Use) -> dict[str, list[RenditionFile]]:
    """Returns the files for `use`, without a query: best format first, fallback last; in each, from narrow to wide."""
    found = {}
    for format_ in (*use.formats[:-1], "png", use.formats[-1]):
        entries = [image.rendition_map.get(spec(filter_, format_)) for filter_ in use.filters]
        by_width = {entry[1]: RenditionFile(*entry) for entry in entries if entry}
        if by_width:
            found[format_] = list(by_width.values())
    if "png" in found:  # instead of a JPEG where the picture is transparent
        found.pop("jpeg", None)
    return found
