"""The blocks and pictures of a page, each with its path in Wagtail's editor."""

from collections.abc import Iterator
from typing import Any

from django.db.models import ForeignKey
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField

from iom.core.blocks import BlockNode, BlockPath, walk_blocks
from iom.core.blocks.picture_chooser import PictureChooserBlock
from iom.media.models import SiteImage


def blocks_of(page: Any) -> Iterator[BlockNode]:
    """Yields all blocks of the page, nested ones too, in the order of the page."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for child in getattr(page, field.name):
                yield from walk_blocks(child.block, child.value, (field.name, str(child.id)))


def picture_fields(model: Any) -> Iterator[str]:
    """Yields the names of the fields of a model that refer to a picture."""
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey) and field.related_model is SiteImage:
            yield field.name


def pictures_of(page: Any) -> Iterator[tuple[BlockPath, SiteImage]]:
    """Yields all pictures of a page: those of its fields, its child rows and its blocks."""
    for name in picture_fields(type(page)):
        if picture := getattr(page, name):
            yield (name,), picture
    for relation in get_all_child_relations(type(page)):
        for name in picture_fields(relation.related_model):
            for row in getattr(page, relation.get_accessor_name()).all():
                if picture := getattr(row, name):
                    yield (relation.get_accessor_name(),), picture
    for where, block, value in blocks_of(page):
        if isinstance(block, PictureChooserBlock) and value:
            yield where, value
