"""Paragraphs, lists, tables … to the blocks of a release; the quotations come out of their paragraphs."""

from dataclasses import replace

from newsroom.importing.readers.passages import Kind, Passage, cut, markup
from newsroom.importing.structure import quotes
from newsroom.importing.structure.head import captioned
from newsroom.release import Block, Heading, ListBlock, Paragraph, Picture, Table


def blocks(passages: list[Passage]) -> tuple[list[Block], list[str]]:
    """The blocks, and the words that only said who is quoted."""
    made: list[Block] = []
    attributing: list[str] = []
    for passage in passages:
        match passage.kind:
            case Kind.HEADING:
                made.append(Heading(passage.text))
            case Kind.LIST:
                made.append(ListBlock(tuple(_paragraph(item) for item in passage.items), passage.ordered))
            case Kind.TABLE:
                made.append(Table(passage.rows))
            case Kind.PICTURE:
                caption, credit = captioned(passage.text)
                made.append(Picture(passage.picture, caption, credit))
                attributing += [passage.text] if credit else []
            case _:
                _take_apart(passage, made, attributing)
    return made, attributing


def without_start(passage: Passage, start: int) -> Passage:
    """The passage from a character on."""
    return replace(passage, text=passage.text[start:], spans=cut(passage.spans, start, len(passage.text)))


def _take_apart(passage: Passage, made: list[Block], attributing: list[str]) -> None:
    for piece in quotes.split(passage.text):
        if piece.quotation:
            made.append(piece.quotation)
            continue
        for part in _parts(passage, piece.start, piece.end):
            if piece.attributes:
                attributing.append(part.text.lstrip(" ,;"))
            elif any(char.isalnum() for char in part.text):
                made.append(_paragraph(part))
            elif part.text and made and isinstance(made[-1], Paragraph):
                made[-1] = Paragraph(f"{made[-1].text} {part.text}", f"{made[-1].html} {markup(part.text)}")


def _parts(passage: Passage, start: int, end: int) -> list[Passage]:
    """The stretch of text as paragraphs: more than one where a quotation joined them."""
    parts = []
    for text in passage.text[start:end].split("\n\n"):
        inner = text.strip()
        offset = start + len(text) - len(text.lstrip())
        if inner:
            parts.append(replace(passage, text=inner, spans=cut(passage.spans, offset, offset + len(inner))))
        start += len(text) + 2
    return parts


def _paragraph(passage: Passage) -> Paragraph:
    return Paragraph(passage.text, markup(passage.text, passage.spans))
