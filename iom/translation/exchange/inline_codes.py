"""Converts the tags of a passage to inline codes, which translation programs show as symbols and protect, and back.

`to_pieces` converts the content of the translator's text field, `from_pieces` does the reverse. The number of a code
is the same in the original and in its translation.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.translation import gettext

BREAK = "<br/>"
_AMPERSAND = re.compile(r"&amp;(?![\w#])")
ALLOWED_TAG = re.compile(r'</?(?:b|strong|i|em|sup|sub|span|a)>|<br/?>|<a id="\w+">|<span lang="[\w-]+">')
_TAG_NAME = re.compile(r"</?(\w+)")  # the code of a closing tag may contain the slash


@dataclass(frozen=True)
class InlineCode:
    """The beginning or the end of a code, or a code without content. `tag`: its HTML, empty if the file has none."""

    kind: str  # OPEN, CLOSE or ALONE
    number: str = ""
    tag: str = ""


OPEN, CLOSE, ALONE = "open", "close", "alone"
Piece = str | InlineCode


class UnknownCode(ValueError):
    """A code in a file that the original does not have. The message is shown to the user."""


def to_pieces(text: str, original: str = "", *, is_rich: bool) -> list[Piece]:
    """Splits `text` into words and codes. A tag that `original` has gets the same number; numbers begin at 1."""
    if not is_rich:
        return [text] if text else []
    free = list(numbered_tags(original).items())
    return list(_walk(_parse_html(text), free, count(len(free) + 1)))


def numbered_tags(text: str) -> dict[str, str]:
    """Returns the opening tags of a passage by number, from 1."""
    found = [_opening_tag(tag) for tag in _parse_html(text).find_all(True)]
    return {str(number): tag for number, tag in enumerate(found, 1)}


def _parse_html(text: str) -> BeautifulSoup:
    return BeautifulSoup(text.replace("\n", BREAK), "html.parser")


def _opening_tag(tag: Tag) -> str:
    if tag.name == "br":
        return BREAK
    attributes = "".join(f' {name}="{html.escape(str(value))}"' for name, value in tag.attrs.items())
    return f"<{tag.name}{attributes}>"


def _walk(parent: Tag, free: list[tuple[str, str]], further: Iterator[int]) -> Iterator[Piece]:
    """Yields the pieces below an element.

    `free`: numbers and tags of the original that are not used yet; `further`: numbers for all other tags.
    """
    for child in parent.children:
        if isinstance(child, Tag):
            tag = _opening_tag(child)
            number = next((number for number, other in free if other == tag), "") or str(next(further))
            if (number, tag) in free:
                free.remove((number, tag))
            if tag == BREAK:
                yield InlineCode(ALONE, number, tag)
                continue
            yield InlineCode(OPEN, number, tag)
            yield from _walk(child, free, further)
            yield InlineCode(CLOSE, number, tag)
        elif type(child) is NavigableString:
            yield str(child)


def from_pieces(target: str | Sequence[Piece], original: str, *, is_rich: bool) -> str:
    """Returns the text as a translator would type it. Raises UnknownCode for a code without a known tag."""
    if isinstance(target, str):
        return target
    if not is_rich:
        if any(isinstance(piece, InlineCode) for piece in target):
            raise UnknownCode(gettext("This passage cannot have tags. Remove the inline codes."))
        return "".join(str(piece) for piece in target)
    original_tags, opened, text = numbered_tags(original), list[str](), ""
    for piece in target:
        if isinstance(piece, str):
            text += _AMPERSAND.sub("&", html.escape(piece.replace("\n", " "), quote=False))
        elif piece.kind == CLOSE:
            name = tag_name(original_tags.get(piece.number) or piece.tag) or (opened[-1] if opened else "?")
            text += f"</{name}>"
            opened = opened[:-1]
        else:
            tag = original_tags.get(piece.number) or piece.tag
            if not tag:
                message = gettext("The inline code “%(number)s” is not in the original. Remove it.")
                raise UnknownCode(message % {"number": piece.number})
            if tag == BREAK:
                text += "\n"
                continue
            text += tag
            if piece.kind == OPEN:
                opened.append(tag_name(tag))
    return text


def original_text(original: str | Sequence[Piece], *, is_rich: bool) -> str:
    """Returns the original in a file as the content of a translator's text field. Raises UnknownCode.

    A code without a tag is a link: localize names links `a1`, `a2` … in their order.
    """
    if isinstance(original, str):
        return original
    names = count(1)
    pieces = [
        replace(piece, tag=f'<a id="a{next(names)}">')
        if isinstance(piece, InlineCode) and piece.kind == OPEN and not piece.tag
        else piece
        for piece in original
    ]
    return from_pieces(pieces, "", is_rich=is_rich)


def tag_name(tag: str) -> str:
    match = _TAG_NAME.match(tag)
    return match[1] if match else ""
