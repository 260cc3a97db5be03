"""XLIFF 1.2 and 2.1: what both have in common. Each has a module for what it writes and reads."""

from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext
from lxml import etree

from iom.core.files import Unusable
from iom.translation.exchange import xml
from iom.translation.exchange.codes import CLOSE, OPEN, Mark, Piece
from iom.translation.exchange.importing import Entry, Sheet, identity

# How programs may show a tag without its HTML; others have a name of their own.
KINDS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "a": "link", "br": "lb"}

Write = Callable[[etree._Element, Mark], etree._Element]


def write(parent: etree._Element, pieces: list[Piece], write_code: Write) -> None:
    """Words and codes into an element; `write_code` adds the element of a code and returns it."""
    stack = [parent]
    for piece in pieces:
        if isinstance(piece, str):
            xml.append_text(stack[-1], piece)
        elif piece.kind == CLOSE:
            stack.pop()
        else:
            element = write_code(stack[-1], piece)
            if piece.kind == OPEN:
                stack.append(element)


AROUND = "around"  # an element with words in it, which is a code where it begins and one where it ends


def sheet(file: etree._Element, language: str, unit: str, entry_of: Callable[[etree._Element], Entry | None]) -> Sheet:
    """A `file` of a document with its units that have a translation. Raises Unusable."""
    key, exported_at = identity(file.get("original", ""))
    units = file.iter(f"{{{xml.namespace(file)}}}{unit}")
    return Sheet(key, language, exported_at, tuple(entry for one in units if (entry := entry_of(one)) is not None))


def read(parent: etree._Element, kinds: Mapping[str, str], tag_of: Callable[[etree._Element], str]) -> list[Piece]:
    """The words and codes of an element, as `write` or another program has written them.

    `kinds` has the names of the elements that are codes: AROUND, or the kind of a `Mark`. What is written in those of
    a mark is their code in another format, and no text. The words of all other elements are read.
    """
    return _joined(_pieces(parent, kinds, tag_of))


def _pieces(
    parent: etree._Element, kinds: Mapping[str, str], tag_of: Callable[[etree._Element], str]
) -> Iterator[Piece]:
    yield parent.text or ""
    for element in parent:
        if not isinstance(element.tag, str):
            raise Unusable(gettext("The file declares entities, which is not allowed. Export it again without them."))
        kind = kinds.get(xml.name(element), "")
        number = element.get("rid") or element.get("startRef") or element.get("id") or ""
        if kind == AROUND:
            yield Mark(OPEN, number, tag_of(element))
            yield from _pieces(element, kinds, tag_of)
            yield Mark(CLOSE, number, tag_of(element))
        elif kind:
            yield Mark(kind, number, tag_of(element))
        else:
            yield from _pieces(element, kinds, tag_of)
        yield element.tail or ""


def _joined(found: Iterator[Piece]) -> list[Piece]:
    """Words that follow each other as one."""
    joined: list[Piece] = []
    for piece in found:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        elif piece:
            joined.append(piece)
    return joined


def words(pieces: list[Piece]) -> str:
    return "".join(piece for piece in pieces if isinstance(piece, str))


def kind_of(mark: Mark) -> str:
    """`bold`, `italic`, `link`, `lb`, or the name of the tag and of its language (`x-html-span-es`)."""
    tag = etree.fromstring(f"<{mark.tag.strip('<>/')}/>")
    language = f"-{tag.get('lang')}" if tag.get("lang") else ""
    name = str(tag.tag)
    return KINDS.get(name, f"x-html-{name}{language}")
