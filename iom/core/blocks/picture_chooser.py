"""Loads all pictures of a text in one query, whichever of its blocks they belong to."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.blocks import ListBlock, StructBlock
from wagtail.images.blocks import ImageChooserBlock

from iom.media.models import SiteImage
from iom.statements import InBulk


class PictureBatch:
    """The pictures of one text, loaded when the first of them is needed."""

    def __init__(self) -> None:
        self.pks: set[int] = set()

    @cached_property
    def found(self) -> dict[int, SiteImage]:
        return _pictures.of(self.pks)


_pictures = InBulk(SiteImage.objects.all)


class PictureKey(int):
    """A picture's primary key in the stored value of a text, with the batch of that text."""

    batch: PictureBatch


class PictureChooserBlock(ImageChooserBlock):
    """Chooses a picture."""

    def bulk_to_python(self, values: list[Any]) -> list[SiteImage | None]:
        if not all(value is None or isinstance(value, PictureKey) for value in values):
            return super().bulk_to_python(values)
        return [None if value is None else value.batch.found.get(value) for value in values]


def with_batch(block: Any, value: Any, batch: PictureBatch) -> Any:
    """The stored value of `block`, with each primary key of a picture replaced by a PictureKey."""
    if isinstance(block, PictureChooserBlock) and isinstance(value, int):
        batch.pks.add(value)
        key = PictureKey(value)
        key.batch = batch
        return key
    if isinstance(block, StructBlock) and isinstance(value, dict):
        children = block.child_blocks
        return {name: with_batch(children.get(name), part, batch) for name, part in value.items()}
    if isinstance(block, ListBlock) and isinstance(value, list):
        return [
            item | {"value": with_batch(block.child_block, item["value"], batch)}
            if isinstance(item, dict) and "value" in item
            else item
            for item in value
        ]
    return value
