"""The text of blocks as plain text, for search and for press texts.

A block's method `passages(value)` returns its passages in the active language: paragraphs, or the lines of a list or
table. Words that only make sense beside something visible, such as a caption, are left out.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.utils.translation import gettext, pgettext
from wagtail.rich_text import RichText

from iom.characters import to_script_characters
from iom.core.templatetags.site import phone_display

_BOLD_BEGINNING = re.compile(r"<(?:p|li)\b[^>]*>\s*<b>([^<]+)</b>")
_SPACES = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")  # a single space needs no change
_LIST_TAGS = ("ul", "ol")
_VOID_TAGS = ("br", "hr", "img", "embed")
_SUP_SUB_TAGS = ("sup", "sub")


def single_line(text: str) -> str:
    """Returns the text on one line. No-break spaces stay."""
    return _SPACES.sub(" ", text).strip(" ")


def format_list(items: Iterable[str], *, ordered: bool = False) -> str:
    """Returns a line for each item, with a dash or its number."""
    return "\n".join(f"{n}. {item}" if ordered else f"- {item}" for n, item in enumerate(items, start=1))


def format_link(label: str, address: str) -> str:
    return gettext("%(label)s: %(address)s") % {"label": label, "address": address}


def split_rich_text(value: RichText | None) -> list[str]:
    """Returns the passages of rich text."""
    parts = paragraphs_and_lists(value.source if value else "")
    return [format_list(lines, ordered=tag == "ol") if tag else lines[0] for tag, lines in parts]


def find_headings(value: RichText | None) -> list[str]:
    """Returns the words that work as headings: bold words at the beginning of a paragraph, and list items.

    List items that end like a sentence are left out.
    """
    html = value.source if value else ""
    lists = [lines for tag, lines in paragraphs_and_lists(html) if tag] if "<li" in html else []
    beginnings = map(unescape, _BOLD_BEGINNING.findall(html))
    return [*beginnings, *(item for lines in lists for item in lines if item[-1] not in ".;,:!?")]


def paragraphs_and_lists(html: str) -> Iterator[tuple[str, list[str]]]:
    """Yields the lines of each part of rich text with its tag: `ul`, `ol`, or empty for a paragraph and loose text."""
    parser = _RichTextParser()
    parser.feed(html)
    parser.close()
    for tag, texts in parser.parts:
        lines = [text for text in map(single_line, texts) if text]
        if tag or lines:
            yield tag, lines


class _RichTextParser(HTMLParser):
    """Collects the parts of rich text: the tag of a list, or empty, and its texts. Line breaks become spaces.

    Digits in superscripts and subscripts become Unicode's raised or lowered digits. Otherwise they would look like
    digits of the number before them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, list[str]]] = []
        self.depth = 0
        self.raised: list[str] = []  # the open sup and sub tags

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if not self.depth:
            self.parts.append((tag if tag in _LIST_TAGS else "", [""]))
        texts = self.parts[-1][1]
        if tag == "li":
            texts.append("")
        elif tag == "br":
            texts[-1] += " "
        elif tag in _SUP_SUB_TAGS:
            self.raised.append(tag)
        self.depth += tag not in _VOID_TAGS

    def handle_endtag(self, tag: str) -> None:
        if self.raised and tag == self.raised[-1]:
            self.raised.pop()
        self.depth -= tag not in _VOID_TAGS and self.depth > 0

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.parts.append(("", [""]))
        self.parts[-1][1][-1] += to_script_characters(data, self.raised[-1]) if self.raised else data


def format_quotation(paragraphs: Iterable[str], speaker: str, role: str, name_changed: bool) -> list[str]:
    """Returns « … » — Mohammed (nom changé), de l’OIM à Damas. Each paragraph begins with the opening mark."""
    opening = pgettext("opening quotation mark", "“")
    closing = pgettext("closing quotation mark", "”")
    passages = [opening + paragraph for paragraph in paragraphs]
    if speaker and name_changed:
        speaker = gettext("%(name)s (name changed)") % {"name": speaker}
    source = ", ".join(part for part in (speaker, role) if part)
    passages[-1] += closing + (f" — {source}" if source else "")
    return passages


def format_contact_line(people: Iterable[Any]) -> str:
    """Returns one line with the name, office, email and telephone of each contact; empty if there is none."""
    contacts = "; ".join(filter(None, map(_format_contact, people)))
    return gettext("For more information, please contact: %(contacts)s.") % {"contacts": contacts} if contacts else ""


def _format_contact(person: Any) -> str:  # a ContactCard, or a Contact of a release
    ways = [
        gettext("email: %(email)s") % {"email": person.email} if person.email else "",
        gettext("tel.: %(phone)s") % {"phone": phone_display(person.phone)} if person.phone else "",
    ]
    return ", ".join(part for part in (person.name, str(person.office), *ways) if part)
