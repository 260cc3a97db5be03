"""Converts a checked Word document to passages: mammoth converts it to HTML with a style map."""

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

from newsroom.importing.readers import pictures
from newsroom.importing.readers.html import read_markup
from newsroom.importing.readers.passages import Document, PictureFile, Refused
from newsroom.importing.readers.word import simplify, xml
from newsroom.importing.readers.word.package import CONTENT_TYPES, RELATIONSHIPS_PART, Package, open_package
from newsroom.importing.remarks import remark
from newsroom.importing.word_counts import words

Node = Any  # a node of mammoth's document; mammoth has no type hints
MAX_PICTURES = 40
MAX_HTML_LENGTH = 1024 * 1024  # characters of HTML; twenty times the longest release of an archive
MAX_LINE_ABOVE_TITLE = 120  # characters of a line with the issuer, kind or date of the release
# Styles that `_assign_styles` sets; styles.txt maps them and Word's own styles to HTML.
TITLE, HEADING, CAPTION = "release title", "release heading", "release caption"
STYLES = (Path(__file__).parent / "styles.txt").read_text("utf-8")
# Styles that are imported as ordinary text without a remark, by their names in Word and LibreOffice
KNOWN_STYLES = {
    *("", "normal", "normal (web)", "standard", "default", "body text", "text body", "no spacing", "list paragraph"),
    *("list bullet", "list number", "list", "list contents", "table contents", "table heading", "subtitle", "caption"),
    *("default paragraph font", "hyperlink", "internet link", "followedhyperlink", "strong", "emphasis"),
    *("plain text", "body", "first paragraph", "compact", "frame contents"),
    *(TITLE, HEADING, CAPTION),
}
# Markers of picture descriptions that Word has generated
_GENERATED_BY_WORD = ("description automatically generated", "description générée automatiquement", "ai-generated")


def read(data: bytes) -> Document:
    """Reads the passages of a Word document. Raises Refused where it cannot be read or is not allowed."""
    package = open_package(data)
    omissions = simplify.Omissions()
    tree = package.trees[package.main]
    body = next((one for one in tree if xml.local_name(one) == "body"), None)
    if body is None:
        raise Refused(_("The file is named .docx but is not a Word document."))
    simplify.simplify(body, omissions)
    conversion = _Conversion(package, omissions)
    markup = conversion.markup(ElementTree.tostring(tree))
    if len(markup) > MAX_HTML_LENGTH:
        raise Refused(_("The text is too long. Divide it into several files."))
    document = read_markup(markup)
    read_words = Counter(word for passage in document.passages for word in words(passage.words))
    simplify.report_unread_paragraphs(body, read_words, omissions)
    simplify.read_other_parts(package, omissions)
    passages = [replace(one, picture=conversion.with_bytes(one.picture)) for one in document.passages]
    return Document(passages, document.repairs, omissions.left_out, omissions.notes + document.notes)


class _Conversion:
    """One run of mammoth, which gets checked parts only and fetches nothing."""

    def __init__(self, package: Package, omissions: simplify.Omissions) -> None:
        self._package = package
        self._omissions = omissions
        self._files: dict[str, bytes] = {}
        self._styles: dict[str, None] = {}  # styles without a counterpart, in order

    def markup(self, text: bytes) -> str:
        """Returns the HTML of the document with `text` as its main part."""
        try:
            result = mammoth.convert_to_html(
                self._pack(text),
                style_map=STYLES,
                include_default_style_map=False,
                include_embedded_style_map=False,
                external_file_access=False,
                ignore_empty_paragraphs=True,
                transform_document=self._assign_styles,
                convert_image=self._convert_image,
            )
        except (ValueError, KeyError, AttributeError, TypeError, IndexError, OSError, RecursionError) as error:
            raise Refused(_("The file is damaged: its text cannot be read.")) from error
        if self._styles:
            names = ", ".join(list(self._styles)[:10])
            self._omissions.notes.append(remark("styles", names=names))
        return result.value

    def with_bytes(self, named: PictureFile | None) -> PictureFile | None:
        """Returns a picture with its bytes, which the HTML does not contain."""
        return named and replace(named, data=self._files.get(named.name, b""))

    def _pack(self, text: bytes) -> BytesIO:
        """Packs the parts that mammoth reads, and the pictures, into a new ZIP file."""
        package, packed = self._package, BytesIO()
        used = {CONTENT_TYPES, RELATIONSHIPS_PART, package.relationships_part}
        used |= {
            name
            for related, name in package.relationships()
            if not related.is_external and related.kind in ("styles", "numbering", "image")
        }
        with ZipFile(packed, "w") as archive:
            archive.writestr(package.main, text)
            for name in used & package.parts.keys() - {package.main}:
                archive.writestr(name, package.parts[name])
        packed.seek(0)
        return packed

    def _convert_image(self, image: Node) -> list[Node]:
        """Returns an `img` that names the picture. A picture that cannot be shown is left out with its reason."""
        try:
            with image.open() as file:
                data = file.read()
        except (ValueError, KeyError):
            self._omissions.left_out.append((image.alt_text or "", remark("linked picture")))
            return []
        if unsupported := pictures.unsupported_format(data):
            self._omissions.left_out.append((image.alt_text or "", remark("picture format", format=unsupported)))
            return []
        if len(self._files) >= MAX_PICTURES:
            raise Refused(_("The file contains too many pictures. Maximum %(count)s.") % {"count": MAX_PICTURES})
        name = f"picture-{len(self._files) + 1}.{pictures.check_picture(data).lower()}"
        self._files[name] = data
        alt = " ".join((image.alt_text or "").split())
        if any(mark in alt.lower() for mark in _GENERATED_BY_WORD):
            self._omissions.add(alt, remark("word's description"))
            alt = ""
        return [html.element("img", {"src": name, "alt": alt})]

    def _assign_styles(self, document: Node) -> Node:
        """Returns the document with one title, headings below it, and captions only under pictures."""
        title = _find_title(document.children)
        arranged = []
        for before, child in pairwise([None, *document.children]):
            name = _style_name(child)
            style = ""
            if child is title:
                style = TITLE
            elif name == "title" or _is_heading(name):
                style = HEADING
            elif name in ("caption", "légende") and _has_picture(before):
                style = CAPTION
            is_styled = style and isinstance(child, documents.Paragraph)
            arranged.append(child.copy(style_name=style, numbering=None) if is_styled else child)
        document = document.copy(children=arranged)
        self._note_styles(document)
        return document

    def _note_styles(self, element: Node) -> None:
        name = _style_name(element)
        is_text = isinstance(element, documents.Paragraph | documents.Run)
        if is_text and name not in KNOWN_STYLES and not _is_heading(name) and _text_of(element):
            self._styles[element.style_name] = None
        for child in getattr(element, "children", []):
            self._note_styles(child)


def _style_name(element: Node) -> str:
    return (getattr(element, "style_name", None) or "").lower()


def _is_heading(name: str) -> bool:
    kind, _space, level = name.partition(" ")
    return kind == "heading" and (not level or level.isdigit())


def _find_title(children: list[Node]) -> Node:
    """Returns the first paragraph in the style Title; else the first level-1 heading, unless text precedes it."""
    paragraphs = [child for child in children if isinstance(child, documents.Paragraph) and _text_of(child)]
    for paragraph in paragraphs:
        if _style_name(paragraph) == "title":
            return paragraph
    for paragraph in paragraphs:
        if _style_name(paragraph) == "heading 1":
            return paragraph
        if len(_text_of(paragraph)) > MAX_LINE_ABOVE_TITLE:
            break
    return None


def _text_of(element: Node) -> str:
    if isinstance(element, documents.Text):
        return element.value.strip()
    return " ".join(part for child in getattr(element, "children", []) if (part := _text_of(child)))


def _has_picture(element: Node) -> bool:
    return isinstance(element, documents.Image) or any(map(_has_picture, getattr(element, "children", [])))
