"""XLIFF 2.1 (OASIS, 2018): codes are `pc` and `ph`, whose HTML is kept as original data."""

from operator import itemgetter

from lxml import etree

from iom.translation.exchange import codes, xliff, xml
from iom.translation.exchange.codes import ALONE, CLOSE, OPEN, Mark
from iom.translation.exchange.document import Document, Passage
from iom.translation.exchange.importing import Entry, Sheet, name_of
from iom.translation.exchange.xliff import AROUND

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"  # of 2.0 and 2.1
# Of the standard: a segment without a state is in its initial one.
FINISHED = ("translated", "reviewed", "final")
_KINDS = {"pc": AROUND, "sc": OPEN, "ec": CLOSE, "ph": ALONE}
_SHOWN = {"bold": ("fmt", "xlf:b"), "italic": ("fmt", "xlf:i"), "lb": ("fmt", "xlf:lb"), "link": ("link", "")}


def write(document: Document) -> bytes:
    root = etree.Element(f"{{{NAMESPACE}}}xliff", {"version": "2.1"}, nsmap={None: NAMESPACE})
    root.set("srcLang", document.source_language)
    root.set("trgLang", document.target_language)
    file = xml.add(root, "file", id="page", original=document.identity)
    notes = xml.add(file, "notes")
    xml.add(notes, "note", document.title, category="title")
    xml.add(notes, "note", document.preview, category="preview")
    for note in document.notes:
        xml.add(notes, "note", note, category="instructions", priority="1")
    for passage in document.passages:
        _unit(file, document, passage)
    return xml.written(root)


def _unit(file: etree._Element, document: Document, passage: Passage) -> None:
    unit = xml.add(file, "unit", id=name_of(passage.segment), name=passage.segment.path)
    unit.set(xml.SPACE, "preserve")
    _notes(xml.add(unit, "notes"), passage)
    is_rich = passage.place.is_rich
    source = codes.pieces(passage.source, is_rich=is_rich)
    target = codes.pieces(passage.target, passage.source, is_rich=is_rich)
    tags = list(dict.fromkeys(piece.tag for piece in (*source, *target) if isinstance(piece, Mark)))
    if tags:
        kept = xml.add(unit, "originalData")
        for number, tag in enumerate(tags, 1):
            xml.add(kept, "data", tag, id=f"d{number}")

    def code(parent: etree._Element, mark: Mark) -> etree._Element:
        return _code(parent, mark, f"d{tags.index(mark.tag) + 1}")

    segment = xml.add(unit, "segment", state=_state(document, passage))
    if passage.former:
        segment.set("subState", "site:original-changed")
    xliff.write(xml.add(segment, "source"), source, code)
    if target:
        xliff.write(xml.add(segment, "target"), target, code)


def _notes(notes: etree._Element, passage: Passage) -> None:
    xml.add(notes, "note", passage.label, category="field")
    xml.add(notes, "note", passage.address, category="editor")
    if passage.place.max_length:
        xml.add(notes, "note", str(passage.place.max_length), category="max-length")
    if passage.former:
        xml.add(notes, "note", passage.former, category="former-original", appliesTo="source")
    for note in passage.notes:
        xml.add(notes, "note", note, category="question", appliesTo="source")


def _state(document: Document, passage: Passage) -> str:
    if passage.is_finished:
        return "final" if document.is_published else "translated"
    return "initial"


def _code(parent: etree._Element, mark: Mark, data: str) -> etree._Element:
    kind, sub_kind = _SHOWN.get(xliff.kind_of(mark), ("other", ""))
    if mark.kind == ALONE:
        element = xml.add(parent, "ph", id=mark.number, type=kind, dataRef=data)
    else:
        element = xml.add(parent, "pc", id=mark.number, type=kind, dataRefStart=data)
    if sub_kind:
        element.set("subType", sub_kind)
    if kind == "link":
        element.set("canDelete", "no")
    return element


def read(root: etree._Element) -> list[Sheet]:
    """A sheet for each `file` of the document. Raises Unusable."""
    language = root.get("trgLang", "")
    return [xliff.sheet(file, language, "unit", _entry) for file in xml.children(root, "file")]


def _entry(unit: etree._Element) -> Entry | None:
    """The unit, whose segments a program may have split; what stands between them is taken from the original.

    The parts of the translation may stand in another order than those of the original (`order` of `target`).
    """
    kept = xml.child(unit, "originalData")
    data = {} if kept is None else {one.get("id", ""): one.text or "" for one in xml.children(kept, "data")}

    def tag(element: etree._Element) -> str:
        return data.get(element.get("dataRefStart") or element.get("dataRef") or "", "")

    source, states = list[codes.Piece](), list[str]()
    targets: list[tuple[int, list[codes.Piece]]] = []
    parts = unit.iterchildren(f"{{{NAMESPACE}}}segment", f"{{{NAMESPACE}}}ignorable")
    for place, part in enumerate(parts, start=1):
        texts = [(child, xliff.read(child, _KINDS, tag)) for child in part if xml.name(child) in ("source", "target")]
        said = {xml.name(child): pieces for child, pieces in texts}
        is_segment = xml.name(part) == "segment"
        source += said.get("source", [])
        order = next((child.get("order", "") for child, _pieces in texts if xml.name(child) == "target"), "")
        pieces = said.get("target", [] if is_segment else said.get("source", []))
        targets.append((int(order) if order.isdecimal() else place, pieces))
        if is_segment:
            states.append(part.get("state", "initial") if xliff.words(said.get("target", [])).strip() else "initial")
    target = [piece for _order, pieces in sorted(targets, key=itemgetter(0)) for piece in pieces]
    if not xliff.words(target).strip() or not states:
        return None
    return Entry(unit.get("id", ""), xliff.words(source), target, all(state in FINISHED for state in states))
