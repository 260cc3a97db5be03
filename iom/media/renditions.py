"""Makes the renditions that pages use, in a background job and never in a visitor's request."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from itertools import chain, product
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from PIL import Image, ImageCms, ImageOps
from PIL.PngImagePlugin import PngInfo
from wagtail.images.models import Filter

from iom.media import iptc
from iom.media.models import JOB, Rendition, SiteImage
from iom.media.pictures import CREDITED_FILTERS, USES, VERSION, size, spec
from iom.publishing import jobs

_WORKERS = 2  # threads, since Pillow releases the GIL; more would slow down the web processes
_EXTENSIONS = {"jpeg": "jpg"}
_OPTIONS: dict[str, dict[str, Any]] = {
    # Takes a third of the time of Pillow's default speed, 6, for 2 % more bytes.
    "avif": {"quality": settings.WAGTAILIMAGES_AVIF_QUALITY, "speed": 8},
    "webp": {"quality": settings.WAGTAILIMAGES_WEBP_QUALITY},
    "jpeg": {"quality": settings.WAGTAILIMAGES_JPEG_QUALITY, "progressive": True, "optimize": True},
    "png": {},
}

Plan = list[tuple[str, str]]  # pairs of filter and format


@dataclass(frozen=True)
class NewFile:
    """A rendition that is not yet stored."""

    spec: str
    name: str
    data: bytes
    width: int
    height: int


class RenditionError(jobs.GiveUp):
    """The file cannot be read as a picture, or does not exist."""

    def __init__(self, error: Exception) -> None:
        super().__init__(f"{type(error).__name__}: {error}")


def unprepared() -> QuerySet[SiteImage, int]:
    """Returns the keys of the pictures that lack renditions for the uses of this version."""
    return SiteImage.objects.exclude(prepared_for=VERSION).order_by("pk").values_list("pk", flat=True)


@jobs.handler(JOB, label=gettext_lazy("Prepare a picture"), model=SiteImage, missing=unprepared, latest_first=True)
def prepare_by_key(key: str) -> None:
    """Prepares the picture for all uses, unless it is prepared or deleted."""
    for image in SiteImage.objects.filter(pk=key).exclude(prepared_for=VERSION):
        prepare(image)


def prepare(image: SiteImage, uses: Iterable[str] = tuple(USES)) -> bool:
    """Makes the missing renditions for `uses`. Returns False if the picture has changed meanwhile.

    Raises RenditionError.
    """
    original = _open_original(image)
    wanted = _plan(image, uses, is_transparent=original.mode == "RGBA")
    existing = _current_renditions(image, wanted)
    files = _render_all(image, original, [pair for pair in wanted if spec(*pair) not in existing])
    return _store(image, wanted, files, is_ready=set(uses) == set(USES))


def _open_original(image: SiteImage) -> Image.Image:
    """Opens the original, upright and in RGB, with an alpha channel only if it is transparent."""
    try:
        with image.file.storage.open(image.file.name) as file:
            data = BytesIO(file.read())
    except FileNotFoundError as error:
        raise RenditionError(error) from error
    try:
        with Image.open(data) as opened:
            upright = ImageOps.exif_transpose(opened)
        profile = upright.info.get("icc_profile")
        if upright.mode == "CMYK" and profile:
            srgb = ImageCms.createProfile("sRGB")
            upright = ImageCms.profileToProfile(upright, BytesIO(profile), srgb, outputMode="RGB") or upright
            profile = None
        rgba = upright.convert("RGBA") if upright.has_transparency_data else None
        rgb = rgba if rgba and rgba.getchannel("A").histogram()[255] < math.prod(rgba.size) else upright.convert("RGB")
    except Exception as error:  # Pillow raises many types of errors
        raise RenditionError(error) from error
    # A profile belongs to its colour mode: that of a grey picture is wrong for RGB.
    rgb.info = {"icc_profile": profile} if profile and upright.mode in ("RGB", "RGBA", "P") else {}
    return rgb


def _plan(image: SiteImage, uses: Iterable[str], *, is_transparent: bool) -> Plan:
    """Returns the renditions that the uses need.

    Filters with the same result, because the original is smaller, count once. PNG replaces JPEG for a transparent
    picture, except in a use with one format.
    """
    plan: dict[tuple[str, str], None] = {}
    for use in (USES[name] for name in uses):
        by_size: dict[tuple[int, int], str] = {}
        for filter_ in use.filters:
            by_size.setdefault(size(image, filter_), filter_)
        *modern, fallback = use.formats
        formats = [*modern, "png" if modern and is_transparent else fallback]
        plan |= dict.fromkeys(product(by_size.values(), formats))
    return list(plan)


def _focal_point_keys(image: SiteImage, plan: Plan) -> dict[str, str]:
    """Returns Wagtail's key of the focal point for each spec of the plan."""
    return {spec(*pair): Filter(spec=spec(*pair)).get_cache_key(image) for pair in plan}


def _current_renditions(image: SiteImage, plan: Plan) -> dict[str, Rendition]:
    """Returns the stored renditions of the plan with up-to-date metadata, by spec."""
    rows, digest = _stored_renditions(image, plan), f".{iptc.digest(image)}."
    with_metadata = {spec(*pair) for pair in plan if pair[0] in CREDITED_FILTERS}
    return {name: row for name, row in rows.items() if name not in with_metadata or digest in str(row.file.name)}


def _stored_renditions(image: SiteImage, plan: Plan) -> dict[str, Rendition]:
    keys = _focal_point_keys(image, plan)
    rows = image.renditions.filter(filter_spec__in=keys)
    return {row.filter_spec: row for row in rows if row.focal_point_key == keys[row.filter_spec]}


def _render_all(image: SiteImage, original: Image.Image, plan: Plan) -> list[NewFile]:
    formats: dict[str, list[str]] = defaultdict(list)
    for filter_, format_ in plan:
        formats[filter_].append(format_)
    try:
        with ThreadPoolExecutor(_WORKERS) as pool:
            return list(chain(*pool.map(lambda item: _render(image, original, *item), formats.items())))
    except Exception as error:
        raise RenditionError(error) from error


def _render(image: SiteImage, original: Image.Image, filter_: str, formats: list[str]) -> list[NewFile]:
    transform = Filter(spec=filter_).get_transform(image, original.size)
    left, top, right, bottom = transform.get_rect().round()  # rounding may exceed the picture
    box = (max(left, 0), max(top, 0), min(right, original.width), min(bottom, original.height))
    scaled = original.resize(transform.size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    metadata = {"xmp": iptc.xmp_packet(image)} if filter_ in CREDITED_FILTERS else {}
    stem = f"{filter_}.{iptc.digest(image)}" if metadata else filter_
    files = []
    for format_ in formats:
        picture = _on_white(scaled) if format_ == "jpeg" else scaled
        output, options = BytesIO(), _OPTIONS[format_] | metadata
        if metadata and format_ == "jpeg":
            options["extra"] = iptc.iim_segment(image)
        if metadata and format_ == "png":
            options["pnginfo"] = PngInfo()
            options["pnginfo"].add_itxt("XML:com.adobe.xmp", metadata["xmp"].decode())
        picture.save(output, format_.upper(), icc_profile=original.info.get("icc_profile"), **options)
        name = f"{PurePosixPath(image.file.name).stem[:20]}.{stem}.{_EXTENSIONS.get(format_, format_)}"
        files.append(NewFile(spec(filter_, format_), name, output.getvalue(), *scaled.size))
    return files


def jpeg_with_metadata(image: SiteImage, captions: Mapping[str, str]) -> bytes:
    """Converts the original to a JPEG with metadata, for formats that newsrooms cannot open. Raises RenditionError."""
    output, original = BytesIO(), _open_original(image)
    metadata = {"xmp": iptc.xmp_packet(image, captions), "extra": iptc.iim_segment(image, captions)}
    try:
        _on_white(original).save(output, "JPEG", quality=95, icc_profile=original.info.get("icc_profile"), **metadata)
    except Exception as error:
        raise RenditionError(error) from error
    return output.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, picture).convert("RGB")


def _store(image: SiteImage, plan: Plan, files: list[NewFile], *, is_ready: bool) -> bool:
    """Stores the files and writes the picture's rendition map. Returns False if the picture has changed meanwhile."""
    new = _save_files(image, plan, files)
    with transaction.atomic():
        unchanged = {name: getattr(image, name) for name in ("pk", *SiteImage.RENDITION_FIELDS)}
        stored = SiteImage.objects.select_for_update().filter(**unchanged).only("rendition_map").first()
        if stored:
            rows = _replace_rows(image, plan, new, with_others=is_ready)
            entries = {name: [row.file.name, row.width, row.height] for name, row in rows.items()}
            image.rendition_map = entries if is_ready else stored.rendition_map | entries
            image.prepared_for = VERSION if is_ready else ""
            ready = {"rendition_map": image.rendition_map, "prepared_for": image.prepared_for}
            SiteImage.objects.filter(pk=image.pk).update(**ready)
    kept = {row.file.name for row in rows.values()} if stored else set()
    for rendition in new:
        if rendition.file.name not in kept:
            rendition.file.storage.delete(rendition.file.name)
    return stored is not None


def _save_files(image: SiteImage, plan: Plan, files: list[NewFile]) -> list[Rendition]:
    """Saves the files, and returns their renditions, which are not saved."""
    field = Rendition._meta.get_field("file")
    keys = _focal_point_keys(image, plan)
    new = []
    for file in files:
        name = field.storage.save(field.generate_filename(Rendition(image=image), file.name), ContentFile(file.data))
        # With width and height, Django does not open the file to measure it.
        shape = {"width": file.width, "height": file.height}
        new.append(Rendition(image=image, filter_spec=file.spec, focal_point_key=keys[file.spec], file=name, **shape))
    return new


def _replace_rows(image: SiteImage, plan: Plan, new: list[Rendition], *, with_others: bool) -> dict[str, Rendition]:
    """Deletes outdated renditions and adds the new ones. Returns those of the plan, by spec.

    `with_others`: also deletes those that are not in the plan, except Wagtail's own for the admin.
    """
    current = {row.pk for row in _current_renditions(image, plan).values()}
    ours = image.renditions.filter(filter_spec__contains="|format-")
    for row in ours if with_others else _stored_renditions(image, plan).values():
        if row.pk not in current:
            row.delete()  # its file is deleted after the commit
    Rendition.objects.bulk_create(new, ignore_conflicts=True)  # a preview may have made the same
    return _current_renditions(image, plan)
