"""What every reader gives: the passages of a text in their order."""

from dataclasses import dataclass, field
from enum import Enum
from html import escape
from itertools import pairwise

from iom import links
from iom.characters import raised
from newsroom.release import PictureFile, Remark


class Refused(ValueError):
    """The file is not imported; the message says why, for the person who chose it."""


class Kind(Enum):
    LINE = "line"  # a line of plain text: a paragraph, or a piece of one
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    TABLE = "table"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Span:
    """Emphasis or a link on the characters from `start` to `end`. `tag`: b, i, sup, sub or a."""

    start: int
    end: int
    tag: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of a text.

    `after_gap`: a blank line stands before it; `outside`: the format itself marks it as no part of the text
    (navigation, a page's header and footer).
    """

    kind: Kind
    text: str = ""
    spans: tuple[Span, ...] = ()
    after_gap: bool = False
    level: int = 0
    items: tuple["Passage", ...] = ()
    ordered: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    picture: PictureFile | None = None
    outside: bool = False

    @property
    def is_text(self) -> bool:
        return self.kind in (Kind.LINE, Kind.PARAGRAPH, Kind.HEADING)

    @property
    def plain(self) -> str:
        """The text where it is kept without its markup: as long as `text`, with raised digits instead of tags."""
        text = self.text
        for span in self.spans:
            if span.tag in ("sup", "sub"):
                text = text[: span.start] + raised(text[span.start : span.end], span.tag) + text[span.end :]
        return text

    @property
    def words(self) -> str:
        """All the text that the passage holds, those of its items and cells too."""
        parts = [self.text, *(item.words for item in self.items), *(cell for row in self.rows for cell in row)]
        return "\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its passages, and what was repaired on the way, as (as it stood, what was made of it).

    `left_out`: what the format holds beside the text, with why it is not read; `notes`: what one should look at.
    """

    passages: list[Passage]
    repairs: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[tuple[str, Remark]] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)


def cut(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """The spans of a slice of the text, counted from the slice's beginning."""
    inside = (Span(max(s.start, start) - start, min(s.end, end) - start, s.tag, s.href) for s in spans)
    return tuple(span for span in inside if span.start < span.end)


def is_safe(href: str) -> bool:
    """Whether a link may be kept: to a page or an address, not to a script or a file."""
    return links.scheme(href) in links.SCHEMES


def markup(text: str, spans: tuple[Span, ...] = ()) -> str:
    """The text as HTML: escaped, with its emphasis and links, well nested whatever the spans are."""
    edges = sorted({0, len(text), *(s.start for s in spans), *(s.end for s in spans)})
    html = []
    for start, end in pairwise(edges):
        here = sorted({(s.tag, s.href) for s in spans if s.start <= start and end <= s.end})
        opening = "".join(f'<a href="{escape(href)}">' if tag == "a" else f"<{tag}>" for tag, href in here)
        closing = "".join(f"</{tag}>" for tag, _ in reversed(here))
        html.append(opening + escape(text[start:end], quote=False) + closing)
    return "".join(html)
