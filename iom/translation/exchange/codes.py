"""The tags of a passage as inline codes, which translation programs show as symbols and keep whole.

`pieces` makes them of what a translator types, `typed` makes that of them. A code has a number, which is the same in
the original and in its translation.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.translation import gettext

BREAK = "<br/>"
_AMPERSAND = re.compile(r"&amp;(?![\w#])")
_KNOWN = re.compile(r'</?(?:b|strong|i|em|sup|sub|span|a)>|<br/?>|<a id="\w+">|<span lang="[\w-]+">')
_NAME = re.compile(r"</?(\w+)")  # the end of a code may say its tag with a slash


@dataclass(frozen=True)
class Mark:
    """Where a code begins, ends or stands alone. `tag` is its HTML, empty where a file does not say it."""

    kind: str  # OPEN, CLOSE or ALONE
    number: str = ""
    tag: str = ""


OPEN, CLOSE, ALONE = "open", "close", "alone"
Piece = str | Mark


class Unknown(ValueError):
    """A code of a file that is not one of the original's; the message is for the user."""


def pieces(text: str, original: str = "", *, is_rich: bool) -> list[Piece]:
    """The words of `text` and its codes, numbered from 1; those that `original` has as well, as they are there."""
    if not is_rich:
        return [text] if text else []
    free = list(tags(original).items())
    return list(_walk(_parsed(text), free, count(len(free) + 1)))


def tags(text: str) -> dict[str, str]:
    """The tags of a passage, by the number of their code."""
    every = [_opening(tag) for tag in _parsed(text).find_all(True)]
    return {str(number): tag for number, tag in enumerate(every, 1)}


def _parsed(text: str) -> BeautifulSoup:
    return BeautifulSoup(text.replace("\n", BREAK), "html.parser")


def _opening(tag: Tag) -> str:
    if tag.name == "br":
        return BREAK
    attributes = "".join(f' {name}="{html.escape(str(value))}"' for name, value in tag.attrs.items())
    return f"<{tag.name}{attributes}>"


def _walk(parent: Tag, free: list[tuple[str, str]], further: Iterator[int]) -> Iterator[Piece]:
    """`free`: the numbers and tags of the original that the text has not used yet; `further` numbers all others."""
    for child in parent.children:
        if isinstance(child, Tag):
            tag = _opening(child)
            number = next((number for number, other in free if other == tag), "") or str(next(further))
            if (number, tag) in free:
                free.remove((number, tag))
            if tag == BREAK:
                yield Mark(ALONE, number, tag)
                continue
            yield Mark(OPEN, number, tag)
            yield from _walk(child, free, further)
            yield Mark(CLOSE, number, tag)
        elif type(child) is NavigableString:
            yield str(child)


def typed(target: str | Sequence[Piece], original: str, *, is_rich: bool) -> str:
    """What a translator would type. Raises Unknown for a code that nothing explains."""
    if isinstance(target, str):
        return target
    if not is_rich:
        if any(isinstance(piece, Mark) for piece in target):
            raise Unknown(gettext("This passage cannot have tags. Remove the inline codes."))
        return "".join(str(piece) for piece in target)
    known, opened, text = tags(original), list[str](), ""
    for piece in target:
        if isinstance(piece, str):
            text += _AMPERSAND.sub("&", html.escape(piece.replace("\n", " "), quote=False))
        elif piece.kind == CLOSE:
            name = _name(known.get(piece.number) or piece.tag) or (opened[-1] if opened else "?")
            text += f"</{name}>"
            opened = opened[:-1]
        else:
            tag = known.get(piece.number) or piece.tag
            if not tag:
                message = gettext("The inline code “%(number)s” is not in the original. Remove it.")
                raise Unknown(message % {"number": piece.number})
            if tag == BREAK:
                text += "\n"
                continue
            text += tag
            if piece.kind == OPEN:
                opened.append(_name(tag))
    return text


def closing(tag: str) -> str:
    return f"</{_name(tag)}>"


def is_known(tag: str) -> bool:
    """Whether a passage may have this tag, or its end."""
    return bool(_KNOWN.fullmatch(tag))


def _name(tag: str) -> str:
    match = _NAME.match(tag)
    return match[1] if match else ""
