"""An article as a release: what a plain text holds of it, and what it does not."""

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from wagtail.blocks.stream_block import StreamValue

from iom.core.blocks.plain_text import line, paragraphs_and_lists
from newsroom.dates import day_of
from newsroom.models import NewsArticle
from newsroom.release import Block, Contact, Dateline, Heading, ListBlock, Paragraph, PressRelease, Quotation

# What is marked within a text, by the tag that marks it.
_MARKS = {
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
    """A block of an article's body: what a text holds of it, and by what name the rest is reported."""

    number: int  # from 1
    type: str
    blocks: tuple[Block, ...] = ()
    lost: tuple[str, ...] = ()  # what is marked in a block that is carried

    @property
    def loss(self) -> str:
        """`3 picture`, `4 paragraph (link, emphasis)`; empty where a text holds all of it."""
        if not self.blocks:
            return f"{self.number} {self.type}"
        return f"{self.number} {self.type} ({', '.join(self.lost)})" if self.lost else ""


def release(article: NewsArticle, parts: list[Part]) -> PressRelease:
    """What a plain text says of the article, in the active language. Its contacts are those that it names."""
    day = day_of(article.date) if article.date else None
    return PressRelease(
        title=line(article.title),
        locale=article.locale.language_code,
        kind=article.kind,
        scope=article.scope,
        summary=line(article.summary),
        dateline=Dateline(place=line(article.place), date=day),
        date=day,
        blocks=tuple(block for part in parts for block in part.blocks),
        contacts=tuple(Contact(one.name, one.office.name, one.email, one.phone) for one in article.named_cards()),
    )


def parts(article: NewsArticle) -> list[Part]:
    """The blocks of the body, in their order."""
    return [_part(number, block) for number, block in enumerate(article.body, start=1)]


def _part(number: int, block: StreamValue.StreamChild) -> Part:
    match block.block_type:
        case "paragraph":
            soup = BeautifulSoup(block.value.source, "html.parser")
            # Each once, in the order of its first appearance
            marked = tuple(dict.fromkeys(_MARKS[tag.name] for tag in soup.find_all(list(_MARKS))))
            return Part(number, "paragraph", tuple(_blocks(block.value.source)), marked)
        case "heading":
            return Part(number, "heading", (Heading(line(block.value)),))
        case "quote":
            paragraphs, *source = block.value.on_lines
            lost = ("language",) if block.value["language"] else ()
            return Part(number, "quote", (Quotation(tuple(paragraphs), *source),), lost)
    return Part(number, block.block_type)


def _blocks(html: str) -> Iterator[Block]:
    for tag, lines in paragraphs_and_lists(html):
        paragraphs = tuple(Paragraph(text, text) for text in lines)
        yield ListBlock(paragraphs, ordered=tag == "ol") if tag else paragraphs[0]
