"""XLIFF 1.2 (OASIS, 2008): codes are `g` and `x`."""

from collections.abc import Callable

from lxml import etree

from iom.translation.exchange import codes, xliff, xml
from iom.translation.exchange.codes import ALONE, CLOSE, OPEN, Mark
from iom.translation.exchange.document import Document, Passage
from iom.translation.exchange.importing import Entry, Sheet, name_of
from iom.translation.exchange.xliff import AROUND

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
# OASIS has no state for a unit without one; what a program has written there is meant.
FINISHED = ("", "translated", "signed-off", "final")
_KINDS = {"g": AROUND, "x": ALONE, "bx": OPEN, "ex": CLOSE, "bpt": OPEN, "ept": CLOSE, "ph": ALONE, "it": ALONE}
_TAGS = {"bold": "<b>", "italic": "<i>", "lb": codes.BREAK}


def write(document: Document) -> bytes:
    return _written(document, _unit)


def write_copies(document: Document) -> bytes:
    """For OmegaT, which translates what stands in the target and knows no states: what is not finished alone, its
    target being a copy of the original."""
    return _written(document, _copy)


def _written(document: Document, write_unit: Callable[[etree._Element, Document, Passage], None]) -> bytes:
    root = etree.Element(f"{{{NAMESPACE}}}xliff", {"version": "1.2"}, nsmap={None: NAMESPACE})
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
        write_unit(body, document, passage)
    return xml.written(root)


def _copy(body: etree._Element, document: Document, passage: Passage) -> None:
    if not passage.is_finished:
        unit = _begun(body, passage)
        _text(xml.add(unit, "target"), passage, passage.source)
        _describe(unit, passage)


def _unit(body: etree._Element, document: Document, passage: Passage) -> None:
    unit = _begun(body, passage)
    target = xml.add(unit, "target", state=_state(document, passage))
    if passage.former:
        target.set("state-qualifier", "fuzzy-match")
    _text(target, passage, passage.target)
    _describe(unit, passage)
    if passage.former:
        former = xml.add(unit, "alt-trans", alttranstype="previous-version")
        _text(xml.add(former, "source"), passage, passage.former)
        _text(xml.add(former, "target"), passage, passage.target)


def _begun(body: etree._Element, passage: Passage) -> etree._Element:
    unit = xml.add(body, "trans-unit", id=name_of(passage.segment), resname=passage.segment.path)
    unit.set(xml.SPACE, "preserve")
    if passage.place.max_length:
        unit.set("maxwidth", str(passage.place.max_length))
        unit.set("size-unit", "char")
    _text(xml.add(unit, "source"), passage, passage.source)
    return unit


def _describe(unit: etree._Element, passage: Passage) -> None:
    group = xml.add(unit, "context-group", purpose="information")
    xml.add(group, "context", passage.address, context_type="x-editor")
    xml.add(unit, "note", passage.label, from_="field", annotates="general")
    for note in passage.notes:
        xml.add(unit, "note", note, from_="question", annotates="source")


def _state(document: Document, passage: Passage) -> str:
    if passage.is_finished:
        return "final" if document.is_published else "translated"
    return "needs-review-translation" if passage.target else "needs-translation"


def _text(element: etree._Element, passage: Passage, text: str) -> None:
    xliff.write(element, codes.pieces(text, passage.source, is_rich=passage.place.is_rich), _code)


def _code(parent: etree._Element, mark: Mark) -> etree._Element:
    return xml.add(parent, "x" if mark.kind == ALONE else "g", id=mark.number, ctype=xliff.kind_of(mark))


def read(root: etree._Element) -> list[Sheet]:
    """A sheet for each `file` of the document. Raises Unusable."""
    files = xml.children(root, "file")
    return [xliff.sheet(file, file.get("target-language", ""), "trans-unit", _entry) for file in files]


def _entry(unit: etree._Element) -> Entry | None:
    source, target = xml.child(unit, "source"), xml.child(unit, "target")
    if target is None:
        return None
    pieces = xliff.read(target, _KINDS, _tag)
    if not xliff.words(pieces).strip():
        return None
    original = [] if source is None else xliff.read(source, _KINDS, _tag)
    state = target.get("state", "")
    if not state and pieces == original:
        return None  # the copy of `write_copies`, as it was
    is_finished = state in FINISHED or unit.get("approved") == "yes"
    return Entry(unit.get("id", ""), xliff.words(original), pieces, is_finished)


def _tag(element: etree._Element) -> str:
    """The tag of a code that a program has added: `_code` has said in its type what it is."""
    kind = element.get("ctype", "")
    tag, _hyphen, language = kind.removeprefix("x-html-").partition("-")
    if kind.startswith("x-html-") and tag in ("sup", "sub"):
        return f"<{tag}>"
    if kind.startswith("x-html-") and tag == "span" and language.replace("-", "").isalnum():
        return f'<span lang="{language}">'
    return _TAGS.get(kind, "")
