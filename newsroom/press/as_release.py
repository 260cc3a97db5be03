"""An article as a release: what a plain text holds of it, and what it does not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, PageElement, Tag
from wagtail.blocks import StructValue
from wagtail.blocks.stream_block import StreamValue

from iom.contacts.models import ContactCard
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
    value: Any  # each type of block has its own
    blocks: tuple[Block, ...] = ()
    lost: tuple[str, ...] = ()  # what is marked in a block that is carried

    @property
    def is_carried(self) -> bool:
        return bool(self.blocks)

    @property
    def loss(self) -> str:
        """`3 picture`, `4 paragraph (link, emphasis)`; empty where a text holds all of it."""
        if self.is_carried and not self.lost:
            return ""
        return f"{self.number} {self.type}" + (f" ({', '.join(self.lost)})" if self.is_carried else "")


def release(article: NewsArticle, parts: list[Part]) -> PressRelease:
    """What a plain text says of the article, in the active language. Its contacts are those that readers are given."""
    day = day_of(article.date) if article.date else None
    return PressRelease(
        title=_line(article.title),
        locale=article.locale.language_code,
        kind=article.kind,
        scope=article.scope,
        summary=_line(article.summary),
        dateline=Dateline(place=_line(article.place), date=day),
        date=day,
        blocks=tuple(block for part in parts for block in part.blocks),
        contacts=tuple(contact(card) for card in article.cards()),
    )


def contact(card: ContactCard) -> Contact:
    return Contact(card.name, card.office.name, card.email, card.phone)


def parts(article: NewsArticle) -> list[Part]:
    """The blocks of the body, in their order."""
    return [_part(number, block) for number, block in enumerate(article.body, start=1)]


def _part(number: int, block: StreamValue.StreamChild) -> Part:
    match block.block_type:
        case "paragraph":
            soup = BeautifulSoup(block.value.source, "html.parser")
            # Each once, in the order of its first appearance
            marked = tuple(dict.fromkeys(_MARKS[tag.name] for tag in soup.find_all(list(_MARKS))))
            return Part(number, "paragraph", block.value, tuple(blocks(soup)), marked)
        case "heading":
            return Part(number, "heading", block.value, (Heading(_line(block.value)),))
        case "quote":
            return _quotation(number, block.value)
    return Part(number, block.block_type, block.value)


def _quotation(number: int, value: StructValue) -> Part:
    quotation = Quotation(
        paragraphs=tuple(_line(paragraph) for paragraph in value.paragraphs),
        speaker=_line(value["speaker"].replace("*", "")),
        role=_line(value["role"]),
        name_changed=value["name_changed"],
    )
    lost = ("language",) if value["language"] else ()
    return Part(number, "quote", value, (quotation,), lost)


def blocks(soup: BeautifulSoup) -> Iterator[Block]:
    """Paragraphs and lists; words that stand in neither are a paragraph."""
    for node in soup.children:
        if isinstance(node, Tag) and node.name in ("ul", "ol"):
            items = [_line(_text(item)) for item in node.find_all("li")]
            yield ListBlock(tuple(Paragraph(text, text) for text in items if text), ordered=node.name == "ol")
        elif text := _line(_text(node)):
            yield Paragraph(text, text)


def _text(node: PageElement) -> str:
    """The words of a node; a line break within it is a space."""
    if not isinstance(node, Tag):
        return str(node)
    inner = (one for one in node.descendants if not isinstance(one, Tag) or one.name == "br")
    return "".join(" " if isinstance(one, Tag) else str(one) for one in inner)


def _line(text: str) -> str:
    """The text on one line; no-break spaces stay what they are."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
