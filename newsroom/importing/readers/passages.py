"""The output of every reader: the passages of a document in order."""

from dataclasses import dataclass, field, replace
from enum import Enum
from html import escape
from itertools import pairwise

from iom import links
from iom.characters import to_script_characters
from newsroom.release import PictureFile, Remark


class Refused(Exception):
    """The file is not imported. The message tells the user why."""


class Kind(Enum):
    LINE = "line"  # a line of plain text: a paragraph or a part of one
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    TABLE = "table"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Span:
    """Emphasis or a link on the characters from `start` to `end`. `tag` is b, i, sup, sub or a."""

    start: int
    end: int
    tag: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of a document.

    `after_gap`: a blank line precedes it. `outside`: the format marks it as navigation, header or footer.
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

    def slice(self, start: int, end: int | None = None) -> "Passage":
        """Returns a part of the passage, with the emphasis and links of this part."""
        text = self.text[start:end]
        return replace(self, text=text, spans=slice_spans(self.spans, start, start + len(text)))

    @property
    def is_text(self) -> bool:
        return self.kind in (Kind.LINE, Kind.PARAGRAPH, Kind.HEADING)

    @property
    def plain(self) -> str:
        """The text without markup, as long as `text`. Unicode superscripts and subscripts replace sup and sub."""
        text = self.text
        for span in self.spans:
            if span.tag in ("sup", "sub"):
                text = (
                    text[: span.start] + to_script_characters(text[span.start : span.end], span.tag) + text[span.end :]
                )
        return text

    @property
    def words(self) -> str:
        """All text of the passage, including its items and cells."""
        parts = [self.text, *(item.words for item in self.items), *(cell for row in self.rows for cell in row)]
        return "\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its passages, and the words that were repaired, as pairs (original, repaired).

    `left_out` has text that is not read, with the reason; `notes` has remarks for the officer to check.
    """

    passages: list[Passage]
    repairs: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[tuple[str, Remark]] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)


def slice_spans(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """Returns the spans of a slice of the text, relative to the start of the slice."""
    inside = (Span(max(s.start, start) - start, min(s.end, end) - start, s.tag, s.href) for s in spans)
    return tuple(span for span in inside if span.start < span.end)


def is_safe_link(href: str) -> bool:
    """Returns whether a link may be kept: its scheme is allowed, so it leads to no script or file."""
    return links.scheme(href) in links.SCHEMES


def markup(text: str, spans: tuple[Span, ...] = ()) -> str:
    """Returns the text as escaped HTML with its emphasis and links. Overlapping spans are split, to nest well."""
    edges = sorted({0, len(text), *(s.start for s in spans), *(s.end for s in spans)})
    html = []
    for start, end in pairwise(edges):
        here = sorted({(s.tag, s.href) for s in spans if s.start <= start and end <= s.end})
        opening = "".join(f'<a href="{escape(href)}">' if tag == "a" else f"<{tag}>" for tag, href in here)
        closing = "".join(f"</{tag}>" for tag, _ in reversed(here))
        html.append(opening + escape(text[start:end], quote=False) + closing)
    return "".join(html)
