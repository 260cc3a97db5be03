"""A segment as localize stores it (HTML), as a translator writes it, and as it is shown; what is wrong with one."""

import re
from html.parser import HTMLParser

from bs4 import BeautifulSoup
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from wagtail_localize.strings import StringValue, extract_ids, validate_translation_links

from iom.characters import remove_control_characters
from iom.core.inline import MarkupNotAllowed, from_editor, to_editor
from iom.translation.content.places import Place
from iom.translation.content.segments import Segment, fingerprint

_BREAK = re.compile(r"<br\s*/?>")
_AMPERSAND = re.compile(r"&amp;(?![\w#])")
_SPACES = re.compile(r"\s*\n\s*")
_EMPTY_TAGS = {"br"}
DEEPEST = 20  # tags within each other; the deepest text of the site has fewer than five


def to_text(data: str, place: Place) -> str:
    """What stands in the translator's text field: words; where the passage may be marked up, its HTML."""
    if not place.is_rich:
        return StringValue(data).render_text()
    return _AMPERSAND.sub("&", _BREAK.sub("\n", to_editor(data)))


def tidied(text: str, place: Place) -> str:
    """What a browser sends, without what a text field adds."""
    text = remove_control_characters(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    return text if place.is_multiline else _SPACES.sub(" ", text)


def to_data(text: str, place: Place) -> str:
    """The reverse of `to_text`. What cannot be stored as it stands is left as it was written."""
    if not place.is_rich:
        return StringValue.from_plaintext(text).data
    html = text.replace("\n", "<br/>")
    try:
        return str(BeautifulSoup(from_editor(html), "html.parser"))
    except MarkupNotAllowed:
        return html


def to_html(data: str, place: Place) -> SafeString:
    """The passage as readers see it; each link bears the name that the translation has to give it."""
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
    """What stands in the text field: the translation, also one that cannot be used."""
    return tidied(to_text(segment.written or "", segment.place), segment.place)


def seen(text: str) -> str:
    """A fingerprint of what a text field showed: it tells later whether someone else has written since."""
    return fingerprint("", text)


def problem(source: str, text: str, place: Place) -> str:
    """What is wrong with a translation of `source` (as localize stores it), in words for its translator."""
    if place.max_length and len(text) > place.max_length:
        over = len(text) - place.max_length
        message = ngettext(
            "%(count)d character too many (maximum %(limit)d).",
            "%(count)d characters too many (maximum %(limit)d).",
            over,
        )
        return message % {"count": over, "limit": place.max_length}
    return _problem_of_markup(source, text) if place.is_rich else ""


def _problem_of_markup(source: str, text: str) -> str:
    balance = _Balance(text)
    if balance.deepest > DEEPEST:
        return gettext("More than %(limit)d tags are nested here. Remove some of them.") % {"limit": DEEPEST}
    if balance.unbalanced:
        message = gettext("The tag <%(tag)s> is not opened or not closed. Add the missing tag.")
        return message % {"tag": balance.unbalanced}
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
    """Whether each tag of a text is opened and closed in its order."""
    balance = _Balance(text)
    return not balance.unbalanced and balance.deepest <= DEEPEST


class _Balance(HTMLParser):
    """Finds the first tag that is opened or closed alone, where browsers would guess what was meant; and how many
    stand within each other."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.alone = ""
        self.deepest = 0
        self.feed(text)
        self.close()

    @property
    def unbalanced(self) -> str:
        return self.alone or (self.open[-1] if self.open else "")

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in _EMPTY_TAGS:
            self.open.append(tag)
            self.deepest = max(self.deepest, len(self.open))

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY_TAGS:
            return
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif not self.alone:
            self.alone = f"/{tag}"
