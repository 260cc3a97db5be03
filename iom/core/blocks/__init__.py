"""The blocks of a page's text: one in each file, with its template in templates/blocks/.

`BodyBlock` lists them; all else that needs every block reads its `child_blocks`. Each has a name, a description and an
example for the block picker (also shown at `/-/style/` and tested), and `passages`, its words as plain text.
"""

from collections.abc import Iterator, Mapping
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
from iom.core.blocks.picture_chooser import PictureBatch, with_batch
from iom.core.blocks.quote import QuoteBlock
from iom.core.blocks.related_pages import RelatedPagesBlock
from iom.core.blocks.table import TableBlock
from iom.core.blocks.video import VideoBlock
from iom.core.forms import UNREADABLE

# Wagtail notes in the blocks, which all threads share, that a draft is validated: editor, preview and checks send the
# same form at the same moment.
_validating = RLock()

Path = tuple[str, ...]


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
        with _validating:
            return super().clean(value)

    def clean_deferred(self, value: StreamValue) -> StreamValue:
        with _validating:
            return super().clean_deferred(value)

    def value_from_datadict(self, data: Mapping[str, str], files: Mapping[str, Any], prefix: str) -> StreamValue:
        """Refuses data that the editor does not send: Wagtail would read a part of it, and lose the rest."""
        try:
            value = super().value_from_datadict(data, files, prefix)
            for number in range(int(data[f"{prefix}-count"])):
                if not data[f"{prefix}-{number}-deleted"]:
                    self.child_blocks[data[f"{prefix}-{number}-type"]]  # Wagtail skips a block that it does not know
        except (ValueError, LookupError, AttributeError, TypeError) as error:
            raise BadRequest(UNREADABLE) from error
        for number in reversed(range(len(value))):
            if isinstance(value[number].block, ParagraphBlock) and not value[number].value.source:
                del value[number]  # one that nobody has written in
        return value

    def to_python(self, value: Any) -> StreamValue:
        """Loads all pictures in one query."""
        if isinstance(value, list) and value and isinstance(value[0], dict):
            batch = PictureBatch()
            value = [
                child | {"value": with_batch(self.child_blocks.get(child["type"]), child["value"], batch)}
                for child in value
            ]
        return super().to_python(value)


class BodyField(StreamField):
    """The text of a page, of the blocks of `BodyBlock`.

    Migrations do not contain the blocks, so that a new block needs none: the database has JSON whatever the blocks
    are. The models in migrations therefore have today's blocks, and saving one loses a block that no longer exists.
    A migration that renames or removes a block uses Wagtail's `MigrateStreamData`, which reads the JSON itself: only
    the blocks above the one that it changes must still be defined.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(BodyBlock(), **{"blank": True, **kwargs})

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        name, path, _blocks, kwargs = super().deconstruct()
        del kwargs["block_lookup"]
        return name, path, [], kwargs


class Place(NamedTuple):
    """A block of a text, with its path as Wagtail's editor has it."""

    where: Path
    block: Any
    value: Any


def places_within(block: Any, value: Any, where: Path = ()) -> Iterator[Place]:
    """`block` itself, and all blocks within it, in the order of the page."""
    yield Place(where, block, value)
    if value is None:
        return
    match block:
        case StructBlock():
            for name, child in block.child_blocks.items():
                yield from places_within(child, value.get(name), (*where, name))
        case ListBlock():
            for item in value.bound_blocks:
                yield from places_within(item.block, item.value, (*where, str(item.id)))
        case StreamBlock():
            for child in value:
                yield from places_within(child.block, child.value, (*where, str(child.id)))


def values_of(kind: type[Block], block: Block, value: Any) -> Iterator[Any]:
    """The values of the blocks of that class in `block`, itself included, in the order of the page."""
    return (one.value for one in places_within(block, value) if isinstance(one.block, kind))


def headings_of(body: StreamValue | tuple[()]) -> list[str]:
    """Also what stands for one: the title of a callout, what a paragraph begins with in bold, the items of a list.

    And that of a contact box, by which the press finds the page.
    """
    return [str(title) for child in body for title in _titles_of(child) if title]


def _titles_of(child: StreamValue.StreamChild) -> list[str]:
    match child.block:
        case HeadingBlock():
            return [child.value]
        case CalloutBlock():
            return [child.value["title"]]
        case ContactBoxBlock():
            return [gettext("Media contact")]
        case ParagraphBlock():
            return plain_text.headings(child.value)
    return []


def words_of(body: StreamValue | tuple[()]) -> Iterator[str]:
    """The passages that are searched. A contact box has none: who is named there is another one tomorrow."""
    for child in body:
        if not isinstance(child.block, ContactBoxBlock):
            yield from filter(None, child.block.passages(child.value))
