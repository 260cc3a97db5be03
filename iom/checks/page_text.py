"""The text of a page as passages and links, each with the path of its field, and the checks' rules by language."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from bs4 import BeautifulSoup
from django.db.models import CharField, TextField
from wagtail.blocks import CharBlock, RichTextBlock, TextBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail_localize.fields import TranslatableField

from iom.checks import places
from iom.core.blocks.quote import QuoteBlock
from iom.core.blocks.shared import SharedCharBlock

_LANGUAGES = Path(__file__).parent / "languages"


class Passage(NamedTuple):
    """A paragraph or line of text. `is_quoted` says that it belongs to a quotation block."""

    where: places.BlockPath
    text: str
    is_quoted: bool = False


class Link(NamedTuple):
    """A link. `target` is its address, or for a page or document of the site `page:` or `document:` and the key."""

    where: places.BlockPath
    text: str
    target: str


@cache
def rules_for(language: str) -> dict[str, Any]:
    """Returns the rules of a language from its file. Empty without a file: its words are not checked."""
    file = _LANGUAGES / f"{language}.toml"
    return tomllib.loads(file.read_text("utf-8")) if file.exists() else {}


def language_of(page: Any) -> str:
    return page.locale.language_code


def passages(page: Any) -> list[Passage]:
    """Returns all text that translators translate: the fields in the order of their declaration, then the blocks."""
    return [*_fields(page), *_blocks(page)]


def prose(page: Any) -> list[Passage]:
    """Returns the running text: summary or introduction, then the blocks."""
    first = [passage for passage in _fields(page) if passage.where[0] in ("summary", "introduction")]
    return [*first, *_blocks(page)]


def _fields(page: Any) -> Iterator[Passage]:
    for declared in page.override_translatable_fields:
        if isinstance(declared, TranslatableField):
            name = declared.field_name
            relation = page._meta.get_field(name)
            text = getattr(page, name)
            if isinstance(relation, CharField | TextField) and isinstance(text, str) and text:
                yield from (Passage((name,), line) for line in text.splitlines() if line.strip())


def _blocks(page: Any) -> Iterator[Passage]:
    quotation: places.BlockPath = ("",)
    for where, block, value in places.blocks_of(page):
        if isinstance(block, QuoteBlock):
            quotation = where
        is_quoted = where[: len(quotation)] == quotation and where[-1] == "text"
        yield from (Passage(where, text, is_quoted) for text in _texts(block, value) if text.strip())


def _texts(block: Any, value: Any) -> Iterator[str]:
    match block:
        case SharedCharBlock():
            return
        case RichTextBlock() if value:
            yield from (part.get_text() for part in _paragraphs(value.source))
        case CharBlock() | TextBlock() if value:
            yield from str(value).splitlines()
        case TypedTableBlock() if value:
            yield from (column["heading"] for column in value.columns)
            yield from (str(cell) for row in value.row_data for cell in row["values"])


def _paragraphs(html: str) -> list[Any]:
    """Returns the paragraphs and list items of rich text."""
    soup = BeautifulSoup(html, "html.parser")
    for br in soup.find_all("br"):
        br.replace_with("\n")
    return list(soup.find_all(["p", "li"]))


def bold_paragraphs(page: Any) -> Iterator[Passage]:
    """Yields paragraphs whose whole text is in bold."""
    for where, block, value in places.blocks_of(page):
        if isinstance(block, RichTextBlock) and value:
            for part in _paragraphs(value.source):
                bold = "".join(tag.get_text() for tag in part.find_all(["b", "strong"], recursive=False))
                text = part.get_text().strip()
                if part.name == "p" and text and bold.strip() == text:
                    yield Passage(where, text)


def links(page: Any) -> Iterator[Link]:
    """Yields the links of rich text, and of blocks with an address or a label. These lack the text or the target."""
    for where, block, value in places.blocks_of(page):
        if isinstance(block, RichTextBlock) and value:
            for tag in BeautifulSoup(value.source, "html.parser").find_all("a"):
                kind, key = tag.get("linktype"), tag.get("id")
                target = f"{kind}:{key}" if kind in ("page", "document") else str(tag.get("href") or "")
                yield Link(where, tag.get_text().strip(), target)
        elif where[-1] in ("url", "source_url") and isinstance(value, str) and value:
            yield Link(where, "", value)
        elif where[-1] == "label" and isinstance(value, str) and value:
            yield Link(where, value, "")
