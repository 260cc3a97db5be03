"""Reads a saved HTML page as a stream, without recursion. Nothing is executed or fetched."""

import base64
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import dropwhile
from urllib.parse import unquote, urlsplit

from newsroom.importing.readers import tables
from newsroom.importing.readers.decode import clean, decode
from newsroom.importing.readers.passages import Document, Kind, Passage, PictureFile, Span, is_safe_link, slice_spans
from newsroom.release import Remark

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
_INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "sup": "sup", "sub": "sub", "a": "a"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Elements without text of the page
_DROPPED = {"script", "style", "template", "noscript", "svg", "math", "iframe", "object", "embed", "select"}
_OUTSIDE = {"nav", "footer", "aside", "header", "menu", "title"}
_OUTSIDE_ROLES = {"navigation", "contentinfo", "banner", "search", "complementary"}
_BLOCK_NAMES = (
    "p div section article main li ul ol dl dt dd table tr td th tbody thead tfoot caption blockquote pre figure "
    "figcaption address hr center form fieldset details summary body html"
)
_BLOCKS = {*_BLOCK_NAMES.split(), *_OUTSIDE, *_HEADINGS}
MIN_FORM_TEXT = 600  # characters; a shorter form without a headline is a search or a subscription


def read(data: bytes) -> Document:
    """Reads the passages of an HTML page. Those in navigation, headers and footers are marked as outside."""
    declared = _CHARSET.search(data[:4096])
    return read_markup(decode(data, declared[1].decode("ascii") if declared else ""))


def read_markup(markup: str) -> Document:
    """Reads the passages of decoded HTML."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.document()


class _Reader(HTMLParser):
    """Converts tags and text to passages as the parser meets them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._passages: list[Passage] = []
        self._repairs: list[tuple[str, str]] = []
        self._text = ""
        self._spans: list[Span] = []
        self._inline: list[tuple[str, str, int]] = []  # open emphasis and links: tag, address, start
        self._dropped: list[str] = []
        self._outside: list[str] = []
        self._level = 0
        self._after_break = False  # whether the last flush was at a line break
        self._lists: list[tuple[bool, int]] = []  # open lists: ordered, index of the first item's passage
        self._tables: list[list[list[tables.Cell]]] = []  # open tables: the cells of each row
        self._articles: list[str] = []  # open article and main
        self._forms: list[int] = []  # open forms: index of the first passage
        self._notes: list[Remark] = []
        self._picture: int | None = None  # index of the open figure's picture
        self._is_preformatted = False

    def document(self) -> Document:
        self._flush()
        while self._lists:
            self._end_list()
        return Document(self._passages, self._repairs, notes=self._notes)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _DROPPED:
            if tag != "embed":  # it has no end tag
                self._dropped.append(tag)
            return
        if self._dropped:
            return
        if tag in _BLOCKS:
            self._flush()
        if tag in _INLINE:
            href = values.get("href", "").strip() if tag == "a" else ""
            self._inline.append((tag, href if is_safe_link(href) else "", len(self._text)))
        elif tag == "br":
            self._flush(is_break=True)
        elif tag == "img":
            self._add_picture(values)
        elif tag == "figure":
            self._picture = None
        else:
            self._open_block(tag, values)

    def _open_block(self, tag: str, values: dict[str, str]) -> None:
        if tag in _HEADINGS:
            self._level = _HEADINGS[tag]
        elif tag == "header" and self._articles and not self._outside and "role" not in values:
            pass  # an article's header contains its title and date
        elif tag in _OUTSIDE or values.get("role") in _OUTSIDE_ROLES:
            self._outside.append(tag)
            self._level = 1 if tag == "title" else self._level
        elif tag in ("article", "main"):
            self._articles.append(tag)
        elif tag == "form":
            self._forms.append(len(self._passages))
        elif tag in ("ul", "ol"):
            self._lists.append((tag == "ol", len(self._passages)))
        elif tag == "table":
            self._tables.append([])
        elif tag in ("tr", "td", "th") and self._tables:
            rows = self._tables[-1]
            if tag == "tr" or not rows:
                rows.append([])
            if tag != "tr":
                rows[-1].append(tables.make_cell(tag, values, len(self._passages)))
        elif tag == "pre":
            self._is_preformatted = True

    def handle_endtag(self, tag: str) -> None:
        if self._dropped:
            if tag in self._dropped:
                del self._dropped[self._dropped.index(tag) :]
            return
        if tag in _INLINE:
            self._end_inline(tag)
        if tag not in _BLOCKS:
            return
        self._flush(kind="caption" if tag == "figcaption" else "")
        if tag in _HEADINGS or tag == "title":
            self._level = 0
        if tag in ("ul", "ol") and self._lists:
            self._end_list()
        elif tag == "table" and self._tables:
            self._end_table()
        elif tag == "form" and self._forms:
            self._end_form()
        elif tag == "pre":
            self._is_preformatted = False
        for opened in (self._outside, self._articles):
            if tag in opened:
                del opened[len(opened) - 1 - opened[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if self._dropped:
            return
        data, repairs = clean(data)
        self._repairs += repairs
        for index, part in enumerate(data.split("\n") if self._is_preformatted else [data]):
            if index:
                self._flush(is_break=True)
            text = re.sub(r"[ \t\n]+", " ", part)
            self._text += text.lstrip(" ") if not self._text or self._text.endswith(" ") else text

    def _end_inline(self, tag: str) -> None:
        for index in reversed(range(len(self._inline))):
            if self._inline[index][0] == tag:
                self._add_span(*self._inline.pop(index))
                return

    def _add_span(self, name: str, href: str, start: int) -> None:
        if start < len(self._text) and (name != "a" or href):
            self._spans.append(Span(start, len(self._text), _INLINE[name], href))

    def _flush(self, *, is_break: bool = False, kind: str = "") -> None:
        """Ends a block, or a line at a line break. Open emphasis continues in the next passage."""
        for one in self._inline:
            self._add_span(*one)
        self._inline = [(name, href, 0) for name, href, _ in self._inline][-50:]
        text = self._text.rstrip()
        spans = slice_spans(tuple(self._spans), 0, len(text))
        self._text, self._spans = "", []
        was_broken, self._after_break = self._after_break, is_break
        if not text.strip():
            return
        if kind == "caption" and self._picture is not None and not self._passages[self._picture].text:
            shown = self._passages[self._picture]
            self._passages[self._picture] = Passage(Kind.PICTURE, text, spans, picture=shown.picture)
            return
        which = Kind.HEADING if self._level else Kind.LINE if is_break or was_broken else Kind.PARAGRAPH
        is_outside = bool(self._outside)
        self._passages.append(
            Passage(which, text, spans, after_gap=not was_broken, level=self._level, outside=is_outside)
        )

    def _add_picture(self, values: dict[str, str]) -> None:
        address = values.get("src", "") or values.get("data-src", "")
        data = _decode_data_url(address) if address.startswith("data:") else b""
        name = "" if address.startswith("data:") else unquote(_url_path(address).rsplit("/", 1)[-1])
        if (not name and not data) or {values.get("width"), values.get("height")} & {"0", "1", "2"}:
            return
        picture = PictureFile(name, data, values.get("alt", "").strip())
        self._picture = len(self._passages)
        self._passages.append(Passage(Kind.PICTURE, picture=picture, outside=bool(self._outside)))

    def _end_list(self) -> None:
        ordered, start = self._lists.pop()
        items = self._passages[start:]
        if items and all(item.kind in (Kind.PARAGRAPH, Kind.LINE) for item in items):
            outside = all(item.outside for item in items)
            self._passages[start:] = [Passage(Kind.LIST, items=tuple(items), ordered=ordered, outside=outside)]

    def _end_table(self) -> None:
        """Ends a table. Only a table of short cells stays a table, because old pages use tables for layout."""
        rows = list(dropwhile(lambda row: not row, self._tables.pop()))
        if not rows or rows[0][0].start > len(self._passages):
            return
        table, notes = tables.read(rows, self._passages)
        self._notes += notes
        if table:
            self._passages[rows[0][0].start :] = [table]

    def _end_form(self) -> None:
        """Marks a form as outside, unless it contains the page's text, as in ASP.NET and SharePoint."""
        start = self._forms.pop()
        inside = self._passages[start:]
        is_text = any(one.level == 1 and not one.outside for one in inside)
        if not is_text and sum(len(one.words) for one in inside if not one.outside) < MIN_FORM_TEXT:
            self._passages[start:] = [replace(one, outside=True) for one in inside]


def _url_path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _decode_data_url(address: str) -> bytes:
    """Returns the bytes of a `data:` URL; none if it is invalid."""
    header, _, body = address.partition(",")
    try:
        return base64.b64decode(unquote(body), validate=False) if ";base64" in header else unquote(body).encode()
    except ValueError:
        return b""
