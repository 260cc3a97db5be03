"""Loads the pictures of all blocks of a text in one query."""

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
    def pictures_by_key(self) -> dict[int, SiteImage]:
        return _pictures_in_bulk.fetch(self.pks)


_pictures_in_bulk = InBulk(SiteImage.objects.all)


class PictureKey(int):
    """The primary key of a picture in the stored value of a text, with the batch of the text."""

    batch: PictureBatch


class PictureChooserBlock(ImageChooserBlock):
    """Chooses a picture, and loads it with the other pictures of the text."""

    def bulk_to_python(self, values: list[Any]) -> list[SiteImage | None]:
        if not all(value is None or isinstance(value, PictureKey) for value in values):
            return super().bulk_to_python(values)
        return [None if value is None else value.batch.pictures_by_key.get(value) for value in values]


def add_to_batch(block: Any, value: Any, batch: PictureBatch) -> Any:
    """Adds the pictures of `block` to the batch. Returns its stored value with PictureKeys for primary keys."""
    if isinstance(block, PictureChooserBlock) and isinstance(value, int):
        batch.pks.add(value)
        key = PictureKey(value)
        key.batch = batch
        return key
    if isinstance(block, StructBlock) and isinstance(value, dict):
        children = block.child_blocks
        return {name: add_to_batch(children.get(name), part, batch) for name, part in value.items()}
    if isinstance(block, ListBlock) and isinstance(value, list):
        return [
            item | {"value": add_to_batch(block.child_block, item["value"], batch)}
            if isinstance(item, dict) and "value" in item
            else item
            for item in value
        ]
    return value
