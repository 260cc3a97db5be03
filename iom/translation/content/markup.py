"""A segment as localize stores it (HTML), as a translator writes it, and as it is shown."""

import re

from bs4 import BeautifulSoup
from django.utils.safestring import SafeString, mark_safe
from wagtail_localize.strings import StringValue

from iom.characters import remove_control_characters
from iom.core.inline import MarkupNotAllowed, from_editor, to_editor
from iom.translation.content.places import Place

_BREAK = re.compile(r"<br\s*/?>")
_AMPERSAND = re.compile(r"&amp;(?![\w#])")
_SPACES = re.compile(r"\s*\n\s*")


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
