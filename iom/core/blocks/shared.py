"""Parts of blocks that are the same in every language."""

from typing import Any

from wagtail.blocks import CharBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.models import AbstractImage

from iom.media.models import SiteImage


class SharedCharBlock(CharBlock):
    """A person's name or the like: text that is never a segment to translate."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        return []

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        return value


class PictureChooserBlock(ImageChooserBlock):
    """Chooses a picture; all pictures of a text come with their renditions in two queries."""

    def bulk_to_python(self, values: list[int | None]) -> list[AbstractImage | None]:
        wanted = [value for value in values if value]
        found = SiteImage.objects.filter(pk__in=wanted).prefetch_renditions().in_bulk() if wanted else {}
        return [found.get(value) for value in values]
