"""The blocks of a page's text, each in a module of its own, with a template in templates/blocks/.

`BodyBlock` lists them; all other code reads its `child_blocks`. Each block has a name, a description, an example for
the block picker (also shown at `/-/style/` and tested), and a method `passages` that returns its words as plain text.
"""

from collections.abc import Iterable, Iterator, Mapping
from threading import RLock
from typing import Any, NamedTuple

from django.core.exceptions import BadRequest
from django.utils.translation import gettext
from wagtail.blocks import Block, ListBlock, StreamBlock, StreamValue, StructBlock
from wagtail.fields import StreamField

from iom.core.blocks import plain_text
from iom.core.blocks.callout import CalloutBlock
from iom.core.blocks.contact_box import ContactBoxBlock
from iom.core.blocks.documents import DocumentsBlock
from iom.core.blocks.gallery import GalleryBlock
from iom.core.blocks.heading import HeadingBlock
from iom.core.blocks.key_figures import KeyFiguresBlock
from iom.core.blocks.links import LinksBlock
from iom.core.blocks.map import MapBlock
from iom.core.blocks.paragraph import ParagraphBlock
from iom.core.blocks.picture import PictureBlock
from iom.core.blocks.picture_chooser import PictureBatch, add_to_batch
from iom.core.blocks.quote import QuoteBlock
from iom.core.blocks.related_pages import RelatedPagesBlock
from iom.core.blocks.table import TableBlock
from iom.core.blocks.video import VideoBlock
from iom.core.forms import UNREADABLE

# While Wagtail validates a draft, it sets an attribute on the blocks, which all threads share. Editor, preview and
# checks send the same form at the same moment.
_validation_lock = RLock()

BlockPath = tuple[str, ...]


class BodyBlock(StreamBlock):
    """The text of a page."""

    paragraph = ParagraphBlock()
    heading = HeadingBlock()
    quote = QuoteBlock()
    contact_box = ContactBoxBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    documents = DocumentsBlock()
    links = LinksBlock()
    key_figures = KeyFiguresBlock()
    callout = CalloutBlock()
    table = TableBlock()
    related_pages = RelatedPagesBlock()
    map = MapBlock()

    def clean(self, value: StreamValue) -> StreamValue:
        with _validation_lock:
            return super().clean(value)

    def clean_deferred(self, value: StreamValue) -> StreamValue:
        with _validation_lock:
            return super().clean_deferred(value)

    def value_from_datadict(self, data: Mapping[str, str], files: Mapping[str, Any], prefix: str) -> StreamValue:
        """Raises BadRequest for data that the editor does not send; Wagtail would silently lose a part of it."""
        try:
            value = super().value_from_datadict(data, files, prefix)
            for number in range(int(data[f"{prefix}-count"])):
                if not data[f"{prefix}-{number}-deleted"]:
                    self.child_blocks[data[f"{prefix}-{number}-type"]]  # Wagtail skips a block that it does not know
        except (ValueError, LookupError, AttributeError, TypeError) as error:
            raise BadRequest(UNREADABLE) from error
        for number in reversed(range(len(value))):
            if isinstance(value[number].block, ParagraphBlock) and not value[number].value.source:
                del value[number]  # an empty paragraph
        return value

    def to_python(self, value: Any) -> StreamValue:
        """Loads all pictures in one query."""
        if isinstance(value, list) and value and isinstance(value[0], dict):
            batch = PictureBatch()
            value = [
                child | {"value": add_to_batch(self.child_blocks.get(child["type"]), child["value"], batch)}
                for child in value
            ]
        return super().to_python(value)


class BodyField(StreamField):
    """The text of a page, of the blocks of `BodyBlock`.

    Migrations do not contain the blocks, so that a new block needs no migration; the database stores JSON. The models
    in migrations therefore have the current blocks, and saving one loses a block that no longer exists. A migration
    that renames or removes a block uses Wagtail's `MigrateStreamData`, which reads the JSON itself. Only the blocks
    that contain the changed one must still be defined.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(BodyBlock(), **{"blank": True, **kwargs})

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        name, path, _blocks, kwargs = super().deconstruct()
        del kwargs["block_lookup"]
        return name, path, [], kwargs


class BlockNode(NamedTuple):
    """A block of a text, with its path as in Wagtail's editor."""

    path: BlockPath
    block: Any
    value: Any


def walk_blocks(block: Any, value: Any, path: BlockPath = ()) -> Iterator[BlockNode]:
    """Yields `block` and all blocks within it, in the order of the page."""
    yield BlockNode(path, block, value)
    if value is None:
        return
    match block:
        case StructBlock():
            for name, child in block.child_blocks.items():
                yield from walk_blocks(child, value.get(name), (*path, name))
        case ListBlock():
            for item in value.bound_blocks:
                yield from walk_blocks(item.block, item.value, (*path, str(item.id)))
        case StreamBlock():
            for child in value:
                yield from walk_blocks(child.block, child.value, (*path, str(child.id)))


def find_block_values(block_class: type[Block], children: Iterable[StreamValue.StreamChild]) -> Iterator[Any]:
    """Returns the values of all blocks of a class in `children` (a text or some of its blocks), in their order."""
    nodes = (node for child in children for node in walk_blocks(child.block, child.value))
    return (node.value for node in nodes if isinstance(node.block, block_class))


def find_headings(body: StreamValue | tuple[()]) -> list[str]:
    """Returns the headings of a text, and words that work as headings.

    These are the titles of callouts, bold words at the beginning of a paragraph, and list items. A contact box counts
    as the heading “Media contact”, so that journalists find the page.
    """
    return [str(title) for child in body for title in _get_titles(child) if title]


def _get_titles(child: StreamValue.StreamChild) -> list[str]:
    match child.block:
        case HeadingBlock():
            return [child.value]
        case CalloutBlock():
            return [child.value["title"]]
        case ContactBoxBlock():
            return [gettext("Media contact")]
        case ParagraphBlock():
            return plain_text.find_headings(child.value)
    return []


def get_passages(body: StreamValue | tuple[()]) -> Iterator[str]:
    """Yields the passages of a text for search, without contact boxes, whose people change."""
    for child in body:
        if not isinstance(child.block, ContactBoxBlock):
            yield from filter(None, child.block.passages(child.value))
