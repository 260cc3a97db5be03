"""What blocks say as plain text.

`passages(value)` of a block gives its passages in the active language: each is a paragraph, or the lines of a list or
table. A block whose words belong to what is seen, such as a caption, has none.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.utils.translation import gettext, pgettext
from wagtail.rich_text import RichText

from iom.characters import raised
from iom.core.templatetags.site import phone_display

_BEGINNING = re.compile(r"<(?:p|li)\b[^>]*>\s*<b>([^<]+)</b>")
_SPACES = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")  # not one space: there is nothing to do for it
_LISTS = ("ul", "ol")
_WITHOUT_END = ("br", "hr", "img", "embed")
_RAISED = ("sup", "sub")


def line(text: str) -> str:
    """The text on one line; no-break spaces stay what they are."""
    return _SPACES.sub(" ", text).strip(" ")


def listed(items: Iterable[str], *, ordered: bool = False) -> str:
    """A line for each item."""
    return "\n".join(f"{n}. {item}" if ordered else f"- {item}" for n, item in enumerate(items, start=1))


def link(label: str, address: str) -> str:
    return gettext("%(label)s: %(address)s") % {"label": label, "address": address}


def rich_text(value: RichText | None) -> list[str]:
    """The passages of rich text."""
    parts = paragraphs_and_lists(value.source if value else "")
    return [listed(lines, ordered=tag == "ol") if tag else lines[0] for tag, lines in parts]


def headings(value: RichText | None) -> list[str]:
    """What rich text names without a heading: by words in bold that begin a paragraph, by list items that are no
    sentences."""
    html = value.source if value else ""
    lists = [lines for tag, lines in paragraphs_and_lists(html) if tag] if "<li" in html else []
    beginnings = map(unescape, _BEGINNING.findall(html))
    return [*beginnings, *(item for lines in lists for item in lines if item[-1] not in ".;,:!?")]


def paragraphs_and_lists(html: str) -> Iterator[tuple[str, list[str]]]:
    """Of rich text: `ul`, `ol` or, for a paragraph, an empty text; and the lines. Words in neither are a paragraph."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    for tag, texts in reader.parts:
        lines = [text for text in map(line, texts) if text]
        if tag or lines:
            yield tag, lines


class _Reader(HTMLParser):
    """The parts of rich text, each with the tag of a list and its texts; a line break within a text is a space.

    The digits of superscripts and subscripts are Unicode's: without their tags they would be digits of the number.
    """

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, list[str]]] = []
        self.depth = 0
        self.raised: list[str] = []  # open sup and sub

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if not self.depth:
            self.parts.append((tag if tag in _LISTS else "", [""]))
        texts = self.parts[-1][1]
        if tag == "li":
            texts.append("")
        elif tag == "br":
            texts[-1] += " "
        elif tag in _RAISED:
            self.raised.append(tag)
        self.depth += tag not in _WITHOUT_END

    def handle_endtag(self, tag: str) -> None:
        if self.raised and tag == self.raised[-1]:
            self.raised.pop()
        self.depth -= tag not in _WITHOUT_END and self.depth > 0

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.parts.append(("", [""]))
        self.parts[-1][1][-1] += raised(data, self.raised[-1]) if self.raised else data


def quotation(paragraphs: Iterable[str], speaker: str, role: str, name_changed: bool) -> list[str]:
    """« … » — Mohammed (nom changé), de l’OIM à Damas. Each paragraph begins with the opening mark."""
    opening = pgettext("opening quotation mark", "“")
    closing = pgettext("closing quotation mark", "”")
    passages = [opening + paragraph for paragraph in paragraphs]
    if speaker and name_changed:
        speaker = gettext("%(name)s (name changed)") % {"name": speaker}
    source = ", ".join(part for part in (speaker, role) if part)
    passages[-1] += closing + (f" — {source}" if source else "")
    return passages


def contact_line(people: Iterable[Any]) -> str:
    """Whom to ask, on one line: of each the name, office, e-mail and telephone. Empty where nobody is named."""
    named = "; ".join(filter(None, map(_contact, people)))
    return gettext("For more information, please contact: %(contacts)s.") % {"contacts": named} if named else ""


def _contact(person: Any) -> str:  # a ContactCard, or a Contact of a release
    ways = [
        gettext("email: %(email)s") % {"email": person.email} if person.email else "",
        gettext("tel.: %(phone)s") % {"phone": phone_display(person.phone)} if person.phone else "",
    ]
    return ", ".join(part for part in (person.name, str(person.office), *ways) if part)
