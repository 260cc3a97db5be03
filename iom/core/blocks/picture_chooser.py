"""All pictures of a text come from the database in one query, whichever of its blocks they stand in."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.blocks import ListBlock, StructBlock
from wagtail.images.blocks import ImageChooserBlock

from iom.media.models import SiteImage


class Pictures:
    """The pictures that one text names, fetched when the first of them is asked for."""

    def __init__(self) -> None:
        self.pks: set[int] = set()

    @cached_property
    def found(self) -> dict[int, SiteImage]:
        return SiteImage.objects.in_bulk(self.pks)


class PictureKey(int):
    """A picture's primary key, as a text's stored value has it, which knows the other pictures of the text."""

    pictures: Pictures


class PictureChooserBlock(ImageChooserBlock):
    """Chooses a picture."""

    def bulk_to_python(self, values: list[Any]) -> list[SiteImage | None]:
        if not all(value is None or isinstance(value, PictureKey) for value in values):
            return super().bulk_to_python(values)
        return [None if value is None else value.pictures.found.get(value) for value in values]


def acquaint(block: Any, value: Any, pictures: Pictures) -> Any:
    """The stored value of `block` with each picture's key made one that knows the others."""
    if isinstance(block, PictureChooserBlock) and isinstance(value, int):
        pictures.pks.add(value)
        key = PictureKey(value)
        key.pictures = pictures
        return key
    if isinstance(block, StructBlock) and isinstance(value, dict):
        children = block.child_blocks
        return {name: acquaint(children.get(name), part, pictures) for name, part in value.items()}
    if isinstance(block, ListBlock) and isinstance(value, list):
        return [
            item | {"value": acquaint(block.child_block, item["value"], pictures)}
            if isinstance(item, dict) and "value" in item
            else item
            for item in value
        ]
    return value
