"""Keeps superscripts, subscripts and words in another language inside the segment that a translator gets.

localize splits a sentence at a tag that it does not know, and drops attributes. So it is given
`<a><code>sup</code>er</a>` for `<sup>er</sup>` and `<a><code>es</code>Hola</a>` for `<span lang="es">Hola</span>`: a
link without address is the only tag that localize never removes from the ends of a segment, and our texts have no
`<code>`. Translators read and write the real tags.
"""

import re

from babel import UnknownLocaleError
from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext

from iom import languages

RAISED = ("sup", "sub")
_PLAIN = ("a", "b", "br", "em", "i", "strong")
_FOREIGN_TO_THE_SITE = ("abbr", "acronym", "code")  # localize keeps them, our editor does not
_TO_HIDE = re.compile(r"<(?:sup|sub|span|abbr|acronym|code)\b|<(?:b|em|i|strong)\s", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class MarkupNotAllowed(ValueError):
    """A translation has a tag that a segment cannot have; the message is for the translator."""


def hide(html: str) -> str:
    """Stored rich text in the form that localize splits into sentences."""
    if not _TO_HIDE.search(html):
        return html
    soup = _parse(html)
    for tag in soup.find_all(_FOREIGN_TO_THE_SITE):
        tag.unwrap()
    for tag in soup.find_all(["b", "em", "i", "strong"]):
        if _language_of(tag):
            inside = soup.new_tag("span", attrs={"lang": str(tag["lang"])})
            inside.extend(list(tag.contents))
            tag.append(inside)
        tag.attrs = {}
    _hide_in(soup)
    return str(soup)


def show(html: str) -> str:
    """The reverse of `hide`: rich text to store, with the direction of each language."""
    if "<code>" not in html:
        return html
    soup = _parse(html)
    _show_in(soup)
    for tag in soup.find_all("span", lang=True):
        if direction := _direction(str(tag["lang"])):
            tag["dir"] = direction
    return str(soup)


def to_editor(text: str) -> str:
    """A segment, or its translation, as translators edit it: `1<sup>er</sup>`, `<span lang="es">Hola</span>`."""
    if "<code>" not in text:
        return text
    soup = _parse(text)
    _show_in(soup)
    return str(soup)


def from_editor(text: str) -> str:
    """The reverse of `to_editor`: the form that localize stores.

    Raises MarkupNotAllowed, in the user's language, for a tag or attribute that a segment cannot have.
    """
    if "<" not in text:
        return text
    soup = _parse(text)
    for tag in soup.find_all(True):
        if problem := _problem(tag):
            raise MarkupNotAllowed(problem)
    if not soup.find([*RAISED, "span"]):
        return text
    _hide_in(soup)
    return str(soup)


def _parse(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def _hide_in(soup: BeautifulSoup) -> None:
    for tag in soup.find_all([*RAISED, "span"]):
        name = tag.name if tag.name in RAISED else _language_of(tag)
        if name:
            mark = soup.new_tag("code")
            mark.string = name
            tag.insert(0, mark)
            tag.name, tag.attrs = "a", {}
        else:
            tag.unwrap()


def _show_in(soup: BeautifulSoup) -> None:
    for mark in soup.find_all("code"):
        tag, name = mark.parent, mark.get_text()
        if tag is None or not _is_mark(mark):
            continue
        mark.extract()
        if name in RAISED:
            tag.name = name
        else:
            tag.name, tag.attrs = "span", {"lang": name}


def _is_mark(code: Tag) -> bool:
    """Whether it is the first node in a link without address, and names a tag or a language."""
    parent, name = code.parent, code.get_text()
    is_first = parent is not None and parent.name == "a" and not parent.attrs and parent.contents[0] is code
    return is_first and (name in RAISED or bool(_LANGUAGE.fullmatch(name)))


def _language_of(tag: Tag) -> str:
    language = str(tag.get("lang") or "")
    return language if _LANGUAGE.fullmatch(language) and language not in RAISED else ""


def _direction(language: str) -> str:
    try:
        return languages.direction(language)
    except (UnknownLocaleError, ValueError):
        return ""


def _problem(tag: Tag) -> str:
    """What is wrong with a tag in a translation; empty if nothing is."""
    if tag.name == "code" and _is_mark(tag):
        return ""
    if tag.name == "span":
        if _language_of(tag) and not set(tag.attrs) - {"lang", "dir"}:
            return ""
        return gettext('Words in another language are written <span lang="es">…</span>, with that language’s code.')
    if tag.name == "a":
        is_mark = tag.code is not None and tag.code.parent is tag and _is_mark(tag.code)
        if is_mark or set(tag.attrs) == {"id"}:
            return ""
        return gettext('A link is written as in the original, for example <a id="a1">…</a>.')
    if tag.name not in (*_PLAIN, *RAISED):
        text = gettext("The tag <%(tag)s> is not allowed in a passage.")
        return text % {"tag": tag.name}
    if tag.attrs:
        text = gettext("The tag <%(tag)s> cannot have attributes here.")
        return text % {"tag": tag.name}
    return ""
