"""Keeps superscripts, subscripts and words in another language inside the segment that a translator gets.

localize splits a sentence at a tag that it does not know, and drops attributes. `encode` therefore replaces
`<sup>er</sup>` by `<a><code>sup</code>er</a>`, and `<span lang="es">Hola</span>` by `<a><code>es</code>Hola</a>`. A
link without address is the only tag that localize never removes from the ends of a segment, and our texts have no
`<code>`. Translators read and write the real tags.
"""

import re

from babel import UnknownLocaleError
from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext

from iom import languages

SUP_SUB_TAGS = ("sup", "sub")
_PLAIN = ("a", "b", "br", "em", "i", "strong")
_UNSUPPORTED = ("abbr", "acronym", "code")  # localize keeps these tags, our editor does not
_NEEDS_ENCODING = re.compile(r"<(?:sup|sub|span|abbr|acronym|code)\b|<(?:b|em|i|strong)\s", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class MarkupNotAllowed(ValueError):
    """A translation has a tag that a segment cannot have. The message is for the translator."""


def encode(html: str) -> str:
    """Returns stored rich text in the form that localize splits into sentences."""
    if not _NEEDS_ENCODING.search(html):
        return html
    soup = _parse(html)
    for tag in soup.find_all(_UNSUPPORTED):
        tag.unwrap()
    for tag in soup.find_all(["b", "em", "i", "strong"]):
        if _language_of(tag):
            span = soup.new_tag("span", attrs={"lang": str(tag["lang"])})
            span.extend(list(tag.contents))
            tag.append(span)
        tag.attrs = {}
    _encode_tags(soup)
    return str(soup)


def decode(html: str) -> str:
    """Reverses `encode`. Returns rich text to store, with the direction of each language."""
    if "<code>" not in html:
        return html
    soup = _parse(html)
    _decode_tags(soup)
    for tag in soup.find_all("span", lang=True):
        if direction := _direction(str(tag["lang"])):
            tag["dir"] = direction
    return str(soup)


def to_editor(text: str) -> str:
    """Returns a segment or its translation as translators edit it: `1<sup>er</sup>`, `<span lang="es">Hola</span>`."""
    if "<code>" not in text:
        return text
    soup = _parse(text)
    _decode_tags(soup)
    return str(soup)


def from_editor(text: str) -> str:
    """Reverses `to_editor`. Returns the form that localize stores.

    Raises MarkupNotAllowed, in the user's language, for a tag or attribute that a segment cannot have.
    """
    if "<" not in text:
        return text
    soup = _parse(text)
    for tag in soup.find_all(True):
        if error := _find_markup_error(tag):
            raise MarkupNotAllowed(error)
    if not soup.find([*SUP_SUB_TAGS, "span"]):
        return text
    _encode_tags(soup)
    return str(soup)


def _parse(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def _encode_tags(soup: BeautifulSoup) -> None:
    for tag in soup.find_all([*SUP_SUB_TAGS, "span"]):
        name = tag.name if tag.name in SUP_SUB_TAGS else _language_of(tag)
        if name:
            marker = soup.new_tag("code")
            marker.string = name
            tag.insert(0, marker)
            tag.name, tag.attrs = "a", {}
        else:
            tag.unwrap()


def _decode_tags(soup: BeautifulSoup) -> None:
    for marker in soup.find_all("code"):
        tag, name = marker.parent, marker.get_text()
        if tag is None or not _is_marker(marker):
            continue
        marker.extract()
        if name in SUP_SUB_TAGS:
            tag.name = name
        else:
            tag.name, tag.attrs = "span", {"lang": name}


def _is_marker(code: Tag) -> bool:
    """Whether `code` is the first node in a link without address, and contains a tag name or a language code."""
    parent, name = code.parent, code.get_text()
    is_first = parent is not None and parent.name == "a" and not parent.attrs and parent.contents[0] is code
    return is_first and (name in SUP_SUB_TAGS or bool(_LANGUAGE.fullmatch(name)))


def _language_of(tag: Tag) -> str:
    language = str(tag.get("lang") or "")
    return language if _LANGUAGE.fullmatch(language) and language not in SUP_SUB_TAGS else ""


def _direction(language: str) -> str:
    try:
        return languages.direction(language)
    except (UnknownLocaleError, ValueError):
        return ""


def _find_markup_error(tag: Tag) -> str:
    """Returns the error of a tag in a translation, as a message for the translator; empty if there is none."""
    if tag.name == "code" and _is_marker(tag):
        return ""
    if tag.name == "span":
        if _language_of(tag) and not set(tag.attrs) - {"lang", "dir"}:
            return ""
        return gettext('Words in another language are written <span lang="es">…</span>, with that language’s code.')
    if tag.name == "a":
        is_marker = tag.code is not None and tag.code.parent is tag and _is_marker(tag.code)
        if is_marker or set(tag.attrs) == {"id"}:
            return ""
        return gettext('A link is written as in the original, for example <a id="a1">…</a>.')
    if tag.name not in (*_PLAIN, *SUP_SUB_TAGS):
        text = gettext("The tag <%(tag)s> is not allowed in a passage.")
        return text % {"tag": tag.name}
    if tag.attrs:
        text = gettext("The tag <%(tag)s> cannot have attributes here.")
        return text % {"tag": tag.name}
    return ""
