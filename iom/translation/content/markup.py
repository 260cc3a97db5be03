"""Converts segments between localize's HTML, the translator's text field and the page, and validates their markup."""

import re
from html.parser import HTMLParser

from bs4 import BeautifulSoup
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from wagtail_localize.strings import StringValue, extract_ids, validate_translation_links

from iom.characters import remove_control_characters
from iom.core.inline_markup import MarkupNotAllowed, from_editor, to_editor
from iom.translation.content.places import Place
from iom.translation.content.segments import Segment, fingerprint

_BREAK = re.compile(r"<br\s*/?>")
_AMPERSAND = re.compile(r"&amp;(?![\w#])")
_SPACES = re.compile(r"\s*\n\s*")
MAX_DEPTH = 20  # nested tags; the deepest text of the site has fewer than five


def to_text(data: str, place: Place) -> str:
    """Returns the content of the translator's text field: plain text, or HTML if the field is rich text."""
    if not place.is_rich:
        return StringValue(data).render_text()
    return _AMPERSAND.sub("&", _BREAK.sub("\n", to_editor(data)))


def normalize(text: str, place: Place) -> str:
    """Returns the text that a browser has sent with uniform line breaks, without surrounding spaces."""
    text = remove_control_characters(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    return text if place.is_multiline else _SPACES.sub(" ", text)


def to_data(text: str, place: Place) -> str:
    """Reverses `to_text`. HTML that localize cannot store is returned unchanged."""
    if not place.is_rich:
        return StringValue.from_plaintext(text).data
    html = text.replace("\n", "<br/>")
    try:
        return str(BeautifulSoup(from_editor(html), "html.parser"))
    except MarkupNotAllowed:
        return html


def to_html(data: str, place: Place) -> SafeString:
    """Returns the passage as readers see it. Each link begins with the name that the translation has to use."""
    if not place.is_rich:
        return mark_safe(data)  # noqa: S308  (escaped by localize)
    soup = BeautifulSoup(to_editor(data), "html.parser")
    for link in soup.find_all("a", id=True):
        name = soup.new_tag("span", attrs={"class": "translation-link-name"})
        name.string = str(link["id"])
        link.insert(0, name)
        link.name, link.attrs = "span", {"class": "translation-link"}
    return mark_safe(str(soup))  # noqa: S308  (localize keeps no attributes, and only tags of its list)


def stored_text(segment: Segment) -> str:
    """Returns the content of a segment's text field: its translation, even if that has an error."""
    return normalize(to_text(segment.written or "", segment.place), segment.place)


def text_fingerprint(text: str) -> str:
    """Returns a fingerprint of a text field's content, by which a later request detects a concurrent change."""
    return fingerprint("", text)


def find_problem(source: str, text: str, place: Place) -> str:
    """Returns a message about what is wrong with a translation, or an empty string.

    `source` is the original as localize stores it, `text` the content of the text field.
    """
    if place.max_length and len(text) > place.max_length:
        over = len(text) - place.max_length
        message = ngettext(
            "%(count)d character too many (maximum %(limit)d).",
            "%(count)d characters too many (maximum %(limit)d).",
            over,
        )
        return message % {"count": over, "limit": place.max_length}
    return _find_markup_problem(source, text) if place.is_rich else ""


def _find_markup_problem(source: str, text: str) -> str:
    tags = _TagParser(text)
    if tags.depth > MAX_DEPTH:
        return gettext("More than %(limit)d tags are nested here. Remove some of them.") % {"limit": MAX_DEPTH}
    if tags.unbalanced:
        message = gettext("The tag <%(tag)s> is not opened or not closed. Add the missing tag.")
        return message % {"tag": tags.unbalanced}
    try:
        data = StringValue.from_translated_html(from_editor(text)).data
        validate_translation_links(source, data)
    except MarkupNotAllowed as error:
        return str(error)
    except ValueError:
        return gettext("The original has no link with this name. Use a name listed below the original.")
    dropped = sorted(extract_ids(source) - extract_ids(data))
    if dropped:
        message = ngettext(
            "A link in the original is missing here: %(names)s.",
            "Links in the original are missing here: %(names)s.",
            len(dropped),
        )
        return message % {"names": ", ".join(dropped)}
    if not StringValue(data).render_text().strip():
        return gettext("This passage contains tags but no text. Add the text.")
    return ""


def is_balanced(text: str) -> bool:
    """Returns whether all tags are closed in order and at most MAX_DEPTH are nested."""
    tags = _TagParser(text)
    return not tags.unbalanced and tags.depth <= MAX_DEPTH


class _TagParser(HTMLParser):
    """Finds the first unbalanced tag, which browsers would repair by guessing, and the depth of nested tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.unmatched = ""
        self.depth = 0
        self.feed(text)
        self.close()

    @property
    def unbalanced(self) -> str:
        return self.unmatched or (self.open[-1] if self.open else "")

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag != "br":
            self.open.append(tag)
            self.depth = max(self.depth, len(self.open))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag != "br" and not self.unmatched:
            self.unmatched = f"/{tag}"
