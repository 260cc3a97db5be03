"""Converts an article to a press release without Wagtail's types, and names what a plain text cannot hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from wagtail.blocks.stream_block import StreamValue

from iom.core.blocks.plain_text import paragraphs_and_lists, single_line
from newsroom.dates import day_of
from newsroom.models import NewsArticle
from newsroom.release import Block, Contact, Dateline, Heading, ListBlock, Paragraph, PressRelease, Quotation

# The names of inline marks in the report, by their HTML tags
_INLINE_MARKS = {
    "a": "link",
    "b": "emphasis",
    "strong": "emphasis",
    "i": "emphasis",
    "em": "emphasis",
    "sup": "superscript",
    "sub": "subscript",
    "span": "language",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A block of an article's body: its equivalents in a press release, and what a plain text loses of it."""

    number: int  # from 1
    type: str
    blocks: tuple[Block, ...] = ()
    lost: tuple[str, ...] = ()  # the inline marks that are lost

    @property
    def loss(self) -> str:
        """`3 picture`, `4 paragraph (link, emphasis)`; empty if a plain text holds all of the block."""
        if not self.blocks:
            return f"{self.number} {self.type}"
        return f"{self.number} {self.type} ({', '.join(self.lost)})" if self.lost else ""


def to_release(article: NewsArticle, parts: list[Part]) -> PressRelease:
    """Converts an article and its parts to a release, in the active language. Contacts are those listed below it."""
    day = day_of(article.date) if article.date else None
    return PressRelease(
        title=single_line(article.title),
        locale=article.locale.language_code,
        kind=article.kind,
        scope=article.scope,
        summary=single_line(article.summary),
        dateline=Dateline(place=single_line(article.place), date=day),
        date=day,
        blocks=tuple(block for part in parts for block in part.blocks),
        contacts=tuple(Contact(one.name, one.office.name, one.email, one.phone) for one in article.named_cards()),
    )


def to_parts(article: NewsArticle) -> list[Part]:
    """Converts the blocks of the body, in their order."""
    return [_to_part(number, block) for number, block in enumerate(article.body, start=1)]


def _to_part(number: int, block: StreamValue.StreamChild) -> Part:
    match block.block_type:
        case "paragraph":
            soup = BeautifulSoup(block.value.source, "html.parser")
            # Each mark once, in the order of its first appearance
            marked = tuple(dict.fromkeys(_INLINE_MARKS[tag.name] for tag in soup.find_all(list(_INLINE_MARKS))))
            return Part(number, "paragraph", tuple(_to_blocks(block.value.source)), marked)
        case "heading":
            return Part(number, "heading", (Heading(single_line(block.value)),))
        case "quote":
            paragraphs, *source = block.value.plain_text_parts
            lost = ("language",) if block.value["language"] else ()
            return Part(number, "quote", (Quotation(tuple(paragraphs), *source),), lost)
    return Part(number, block.block_type)


def _to_blocks(html: str) -> Iterator[Block]:
    for tag, lines in paragraphs_and_lists(html):
        paragraphs = tuple(Paragraph(text, text) for text in lines)
        yield ListBlock(paragraphs, ordered=tag == "ol") if tag else paragraphs[0]
