"""XLIFF 1.2 (OASIS, 2008), which all translation programs read: codes are `g` and `x`."""

from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext
from lxml import etree

from iom.core.files import Unusable
from iom.translation.exchange import codes, xml
from iom.translation.exchange.codes import ALONE, CLOSE, OPEN, Mark, Piece
from iom.translation.exchange.document import Document, Passage
from iom.translation.exchange.importing import Entry, Sheet, identity, name_of

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_NAMES: dict[str | None, str] = {None: NAMESPACE}
# OASIS has no state for a unit without one; what a program has written there is meant.
FINISHED = ("", "translated", "signed-off", "final")
AROUND = "around"  # an element with words in it, which is a code where it begins and one where it ends
_ELEMENTS = {"g": AROUND, "x": ALONE, "bx": OPEN, "ex": CLOSE, "bpt": OPEN, "ept": CLOSE, "ph": ALONE, "it": ALONE}
# How programs may show a tag without its HTML; others have a name of their own.
_TYPES = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "a": "link", "br": "lb"}
_TAGS = {"bold": "<b>", "italic": "<i>", "lb": codes.BREAK}


def write(document: Document, *, copies: bool = False) -> bytes:
    """With `copies` for OmegaT, which translates what stands in the target and knows no states: what is not finished
    alone, its target being a copy of the original."""
    root = etree.Element(f"{{{NAMESPACE}}}xliff", {"version": "1.2"}, nsmap=_NAMES)
    file = xml.add(
        root,
        "file",
        original=document.identity,
        source_language=document.source_language,
        target_language=document.target_language,
        datatype="x-html-passages",
        date=document.exported_at.isoformat(timespec="seconds"),
        product_name=document.title,
    )
    header = xml.add(file, "header")
    xml.add(xml.add(header, "reference"), "external-file", href=document.preview)
    for note in document.notes:
        xml.add(header, "note", note, priority="1")
    body = xml.add(file, "body")
    for passage in document.passages:
        if not copies:
            _unit(body, passage, passage.target, _state(document, passage), passage.former)
        elif not passage.is_finished:
            _unit(body, passage, passage.source)
    return xml.written(root)


def _unit(body: etree._Element, passage: Passage, translation: str, state: str = "", former: str = "") -> None:
    unit = xml.add(body, "trans-unit", id=name_of(passage.segment), resname=passage.segment.path)
    unit.set(xml.SPACE, "preserve")
    if passage.place.max_length:
        unit.set("maxwidth", str(passage.place.max_length))
        unit.set("size-unit", "char")
    _write_text(xml.add(unit, "source"), passage, passage.source)
    target = xml.add(unit, "target", **({"state": state} if state else {}))
    if former:
        target.set("state-qualifier", "fuzzy-match")
    _write_text(target, passage, translation)
    group = xml.add(unit, "context-group", purpose="information")
    xml.add(group, "context", passage.address, context_type="x-editor")
    xml.add(unit, "note", passage.label, from_="field", annotates="general")
    for note in passage.notes:
        xml.add(unit, "note", note, from_="question", annotates="source")
    if former:
        before = xml.add(unit, "alt-trans", alttranstype="previous-version")
        _write_text(xml.add(before, "source"), passage, former)
        _write_text(xml.add(before, "target"), passage, translation)


def _state(document: Document, passage: Passage) -> str:
    if passage.is_finished:
        return "final" if document.state.is_done else "translated"
    return "needs-review-translation" if passage.target else "needs-translation"


def _write_text(element: etree._Element, passage: Passage, text: str) -> None:
    stack = [element]
    for piece in codes.pieces(text, passage.source, is_rich=passage.place.is_rich):
        if isinstance(piece, str):
            xml.append_text(stack[-1], piece)
        elif piece.kind == CLOSE:
            stack.pop()
        elif piece.kind == ALONE:
            xml.add(stack[-1], "x", id=piece.number, ctype=type_of(piece))
        else:
            stack.append(xml.add(stack[-1], "g", id=piece.number, ctype=type_of(piece)))


def type_of(mark: Mark) -> str:
    """`bold`, `italic`, `link`, `lb`, or the name of the tag and of its language (`x-html-span-es`)."""
    tag = etree.fromstring(f"<{mark.tag.strip('<>/')}/>")
    language = f"-{tag.get('lang')}" if tag.get("lang") else ""
    name = str(tag.tag)
    return _TYPES.get(name, f"x-html-{name}{language}")


def read(root: etree._Element) -> list[Sheet]:
    """A sheet for each `file` of the document. Raises Unusable."""
    return [_sheet(file) for file in root.iterfind("file", _NAMES)]


def _sheet(file: etree._Element) -> Sheet:
    key, exported_at = identity(file.get("original", ""))
    found = map(_entry, file.iter(f"{{{NAMESPACE}}}trans-unit"))
    return Sheet(key, file.get("target-language", ""), exported_at, tuple(entry for entry in found if entry))


def _entry(unit: etree._Element) -> Entry | None:
    """None of a unit that has no translation."""
    source, target = unit.find("source", _NAMES), unit.find("target", _NAMES)
    if target is None:
        return None
    pieces = read_text(target, _ELEMENTS, _tag)
    if not words(pieces).strip():
        return None
    original = [] if source is None else read_text(source, _ELEMENTS, _tag)
    state = target.get("state", "")
    if not state and pieces == original:
        return None  # a copy of the original, as it was written
    is_finished = state in FINISHED or unit.get("approved") == "yes"
    return Entry(unit.get("id", ""), words(original), pieces, is_finished)


def _tag(element: etree._Element) -> str:
    """The tag of a code that a program has added: `type_of` has said what it is."""
    kind = element.get("ctype", "")
    tag, _hyphen, language = kind.removeprefix("x-html-").partition("-")
    if kind.startswith("x-html-") and tag in ("sup", "sub"):
        return f"<{tag}>"
    if kind.startswith("x-html-") and tag == "span" and language.replace("-", "").isalnum():
        return f'<span lang="{language}">'
    return _TAGS.get(kind, "")


def read_text(
    parent: etree._Element, kinds: Mapping[str, str], tag_of: Callable[[etree._Element], str]
) -> list[Piece]:
    """The words and codes of an element, as the site or another program has written them.

    `kinds` has the names of the elements that are codes: AROUND, or the kind of a `Mark`. What is written in those of
    a mark is their code in another format, and no text. The words of all other elements are read.
    """
    joined: list[Piece] = []
    for piece in _pieces(parent, kinds, tag_of):
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        elif piece:
            joined.append(piece)
    return joined


def _pieces(
    parent: etree._Element, kinds: Mapping[str, str], tag_of: Callable[[etree._Element], str]
) -> Iterator[Piece]:
    yield parent.text or ""
    for element in parent:
        if not isinstance(element.tag, str):
            raise Unusable(gettext("The file declares entities, which is not allowed. Export it again without them."))
        kind = kinds.get(xml.name(element), "")
        number = element.get("rid") or element.get("id") or ""
        if kind == AROUND:
            yield Mark(OPEN, number, tag_of(element))
            yield from _pieces(element, kinds, tag_of)
            yield Mark(CLOSE, number, tag_of(element))
        elif kind:
            yield Mark(kind, number, tag_of(element))
        else:
            yield from _pieces(element, kinds, tag_of)
        yield element.tail or ""


def words(pieces: list[Piece]) -> str:
    return "".join(piece for piece in pieces if isinstance(piece, str))
