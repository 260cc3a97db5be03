"""The body of a page: one block a file, each with its template in templates/blocks/."""

from wagtail.blocks import StreamBlock

from iom.core.blocks.callout import CalloutBlock
from iom.core.blocks.contact_box import ContactBoxBlock
from iom.core.blocks.documents import DocumentsBlock
from iom.core.blocks.gallery import GalleryBlock
from iom.core.blocks.heading import HeadingBlock
from iom.core.blocks.key_figures import KeyFiguresBlock
from iom.core.blocks.links import LinksBlock
from iom.core.blocks.paragraph import ParagraphBlock
from iom.core.blocks.picture import PictureBlock
from iom.core.blocks.quote import QuoteBlock
from iom.core.blocks.related_pages import RelatedPagesBlock
from iom.core.blocks.video import VideoBlock


class BodyBlock(StreamBlock):
    """Everything that the text of a page may be made of."""

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
    related_pages = RelatedPagesBlock()
