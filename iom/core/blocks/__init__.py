"""The blocks of a page's text: one in each file, with its template in templates/blocks/."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import BadRequest
from wagtail.blocks import StreamBlock, StreamValue

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

    def value_from_datadict(self, data: Mapping[str, str], files: Mapping[str, Any], prefix: str) -> StreamValue:
        """Refuses data that the editor does not send: Wagtail would read a part of it, and lose the rest."""
        try:
            value = super().value_from_datadict(data, files, prefix)
            for number in range(int(data[f"{prefix}-count"])):
                if not data[f"{prefix}-{number}-deleted"]:
                    self.child_blocks[data[f"{prefix}-{number}-type"]]  # Wagtail skips a block that it does not know
        except (ValueError, LookupError, AttributeError, TypeError) as error:
            raise BadRequest(UNREADABLE) from error
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
