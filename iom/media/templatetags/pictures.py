"""Template tags for pictures: the renditions that a background job has made, or an empty box of the same shape."""

from contextlib import suppress
from typing import Any

from django import template
from django.template import Context
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from iom.media import renditions
from iom.media.models import SiteImage
from iom.media.pictures import USES, VERSION, RenditionFile, files_by_format, size

register = template.Library()


@register.simple_tag(takes_context=True)
def picture(
    context: Context, image: SiteImage, use: str, *, alt: str, decorative: bool = False, **attributes: Any
) -> SafeString:
    """`{% picture page.lead_picture "lead" alt=page.picture_alt fetchpriority="high" %}`: a `<picture>` element.

    `use` is a name of `iom.media.pictures.USES`. The picture is loaded lazily, unless its priority is high.
    """
    alt = "" if decorative else alt
    formats = _files_by_format(context, image, use)
    if not formats:
        return _placeholder(image, use, alt)
    *modern, (_format, fallback) = formats.items()
    if attributes.get("fetchpriority") != "high":
        attributes = {"loading": "lazy"} | attributes
    shown = fallback[len(fallback) // 2]
    choice = _source_attributes(fallback, use) if len(fallback) > 1 else {}
    attributes = {"src": shown.url, "width": shown.width, "height": shown.height, "alt": alt, **choice, **attributes}
    sources = [_tag("source", {"type": f"image/{name}", **_source_attributes(files, use)}) for name, files in modern]
    return mark_safe(f"<picture>{''.join(sources)}{_tag('img', attributes)}</picture>")  # noqa: S308 (see _tag)


def _tag(name: str, attributes: dict[str, Any]) -> str:
    """Renders a tag with escaped values."""
    return f"<{name}{''.join(f' {key}="{escape(value)}"' for key, value in attributes.items())}>"


@register.simple_tag(takes_context=True)
def picture_file(context: Context, image: SiteImage | None, use: str) -> RenditionFile | None:
    """`{% picture_file page.lead_picture "social" as file %}`: the largest file in the most common format.

    It has `url`, `width` and `height`. None without a picture, or without renditions yet.
    """
    formats = list(_files_by_format(context, image, use).values()) if image else []
    return formats[-1][-1] if formats else None


def _files_by_format(context: Context, image: SiteImage, use: str) -> dict[str, list[RenditionFile]]:
    """Returns the files of the picture. A preview makes missing renditions at once, for a new picture."""
    is_preview = getattr(context.get("request"), "is_preview", False)
    if is_preview and image.prepared_for != VERSION:
        with suppress(renditions.RenditionError):
            renditions.prepare(image, [use])
    return files_by_format(image, USES[use])


def _source_attributes(files: list[RenditionFile], use: str) -> dict[str, str]:
    """Returns the attributes with which the browser chooses one of the files."""
    if len(files) == 1:
        return {"srcset": files[0].url}
    return {"srcset": ", ".join(f"{file.url} {file.width}w" for file in files), "sizes": USES[use].sizes}


def _placeholder(image: SiteImage, use: str, alt: str) -> SafeString:
    """Renders an empty SVG of the same shape, so that the layout does not shift later, without a style attribute."""
    width, height = size(image, USES[use].filters[-1])
    label = format_html(' role="img" aria-label="{}"', alt) if alt else mark_safe(' aria-hidden="true"')
    return format_html('<svg class="picture-waiting" viewBox="0 0 {} {}"{}></svg>', width, height, label)
