"""A checked Word document to passages: mammoth makes HTML of it, by a map of styles."""

from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import mammoth
from django.utils.translation import gettext as _
from mammoth import documents, html

from newsroom.importing.counting import words
from newsroom.importing.readers import pictures
from newsroom.importing.readers.html import read_markup
from newsroom.importing.readers.passages import Document, PictureFile, Refused
from newsroom.importing.readers.word import simplify, xml
from newsroom.importing.readers.word.package import CONTENT_TYPES, RELATIONS, Package, open_package
from newsroom.importing.remarks import remark

Node = Any  # of a document; mammoth has no types
PICTURES = 40
LONGEST = 1024 * 1024  # characters of HTML; the longest release of an archive has a twentieth
LONGEST_ABOVE_TITLE = 120  # characters of a line that says who issues the release, its kind, its day
# Styles that `_arranged` gives, beside Word's own; styles.txt says what becomes of them.
TITLE, HEADING, CAPTION = "release title", "release heading", "release caption"
STYLES = (Path(__file__).parent / "styles.txt").read_text("utf-8")
# Styles that look like ordinary text here, by their names in Word and LibreOffice.
ORDINARY = {
    *("", "normal", "normal (web)", "standard", "default", "body text", "text body", "no spacing", "list paragraph"),
    *("list bullet", "list number", "list", "list contents", "table contents", "table heading", "subtitle", "caption"),
    *("default paragraph font", "hyperlink", "internet link", "followedhyperlink", "strong", "emphasis"),
    *("plain text", "body", "first paragraph", "compact", "frame contents"),
    *(TITLE, HEADING, CAPTION),
}
# Word's own descriptions of pictures that nobody has described.
_WRITTEN_BY_WORD = ("description automatically generated", "description générée automatiquement", "ai-generated")


def read(data: bytes) -> Document:
    """The passages of a Word document. Raises Refused with the reason where it is not read."""
    package = open_package(data)
    aside = simplify.Aside()
    tree = package.trees[package.main]
    body = next((one for one in tree if xml.local(one) == "body"), None)
    if body is None:
        raise Refused(_("The file is named .docx but is not a Word document."))
    simplify.simplify(body, aside)
    conversion = _Conversion(package, aside)
    markup = conversion.markup(ElementTree.tostring(tree))
    if len(markup) > LONGEST:
        raise Refused(_("The text is too long. Divide it into several files."))
    document = read_markup(markup)
    have = Counter(word for passage in document.passages for word in words(passage.words))
    simplify.without_words(body, have, aside)
    simplify.read_other_parts(package, aside)
    passages = [replace(one, picture=conversion.with_bytes(one.picture)) for one in document.passages]
    return Document(passages, document.repairs, aside.left_out, aside.notes + document.notes)


class _Conversion:
    """One run of mammoth, which sees nothing but parts that have been checked, and fetches nothing."""

    def __init__(self, package: Package, aside: simplify.Aside) -> None:
        self._package = package
        self._aside = aside
        self._files: dict[str, bytes] = {}
        self._styles: dict[str, None] = {}  # those without a counterpart, in their order

    def markup(self, text: bytes) -> str:
        """The HTML of the document whose main part is `text`."""
        try:
            result = mammoth.convert_to_html(
                self._pack(text),
                style_map=STYLES,
                include_default_style_map=False,
                include_embedded_style_map=False,
                external_file_access=False,
                ignore_empty_paragraphs=True,
                transform_document=self._arranged,
                convert_image=self._image,
            )
        except Refused:
            raise
        except (ValueError, KeyError, AttributeError, TypeError, IndexError, OSError, RecursionError) as error:
            raise Refused(_("The file is damaged: its text cannot be read.")) from error
        if self._styles:
            names = ", ".join(list(self._styles)[:10])
            self._aside.notes.append(remark("styles", names=names))
        return result.value

    def with_bytes(self, named: PictureFile | None) -> PictureFile | None:
        """A picture with its bytes, which the HTML does not carry."""
        return named and replace(named, data=self._files.get(named.name, b""))

    def _pack(self, text: bytes) -> BytesIO:
        """The few parts that mammoth reads, and the pictures."""
        package, packed = self._package, BytesIO()
        used = {CONTENT_TYPES, RELATIONS, package.relations}
        used |= {
            name
            for related, name in package.related()
            if not related.is_external and related.kind in ("styles", "numbering", "image")
        }
        with ZipFile(packed, "w") as archive:
            archive.writestr(package.main, text)
            for name in used & package.parts.keys() - {package.main}:
                archive.writestr(name, package.parts[name])
        packed.seek(0)
        return packed

    def _image(self, image: Node) -> list[Node]:
        """An `img` that names the picture; what cannot be shown is left out with its reason."""
        try:
            with image.open() as file:
                data = file.read()
        except (ValueError, KeyError):
            self._aside.left_out.append((image.alt_text or "", remark("linked picture")))
            return []
        if other := pictures.other_format(data):
            self._aside.left_out.append((image.alt_text or "", remark("picture format", format=other)))
            return []
        if len(self._files) >= PICTURES:
            raise Refused(_("The file contains too many pictures. Maximum %(count)s.") % {"count": PICTURES})
        name = f"picture-{len(self._files) + 1}.{pictures.check(data).lower()}"
        self._files[name] = data
        alt = " ".join((image.alt_text or "").split())
        if any(mark in alt.lower() for mark in _WRITTEN_BY_WORD):
            self._aside.leave(alt, remark("word's description"))
            alt = ""
        return [html.element("img", {"src": name, "alt": alt})]

    def _arranged(self, document: Node) -> Node:
        """With one title, headings below it, and captions only under pictures."""
        title = _title(document.children)
        arranged = []
        for before, child in pairwise([None, *document.children]):
            name = _style(child)
            style = ""
            if child is title:
                style = TITLE
            elif name == "title" or _is_heading(name):
                style = HEADING
            elif name in ("caption", "légende") and _shows_picture(before):
                style = CAPTION
            is_styled = style and isinstance(child, documents.Paragraph)
            arranged.append(child.copy(style_name=style, numbering=None) if is_styled else child)
        document = document.copy(children=arranged)
        self._note_styles(document)
        return document

    def _note_styles(self, element: Node) -> None:
        name = _style(element)
        is_text = isinstance(element, documents.Paragraph | documents.Run)
        if is_text and name not in ORDINARY and not _is_heading(name) and _words_of(element):
            self._styles[element.style_name] = None
        for child in getattr(element, "children", []):
            self._note_styles(child)


def _style(element: Node) -> str:
    return (getattr(element, "style_name", None) or "").lower()


def _is_heading(name: str) -> bool:
    kind, _space, level = name.partition(" ")
    return kind == "heading" and (not level or level.isdigit())


def _title(children: list[Node]) -> Node:
    """The paragraph in the style Title; else the first heading of the first level, unless text stands above it."""
    paragraphs = [child for child in children if isinstance(child, documents.Paragraph) and _words_of(child)]
    for paragraph in paragraphs:
        if _style(paragraph) == "title":
            return paragraph
    for paragraph in paragraphs:
        if _style(paragraph) == "heading 1":
            return paragraph
        if len(_words_of(paragraph)) > LONGEST_ABOVE_TITLE:
            break
    return None


def _words_of(element: Node) -> str:
    if isinstance(element, documents.Text):
        return element.value.strip()
    return " ".join(part for child in getattr(element, "children", []) if (part := _words_of(child)))


def _shows_picture(element: Node) -> bool:
    return isinstance(element, documents.Image) or any(map(_shows_picture, getattr(element, "children", [])))
