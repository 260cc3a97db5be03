"""Reads and writes XLIFF 1.2 (OASIS, 2008), which all translation programs support. Codes are `g` and `x` elements."""

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from iom.translation.exchange import inline_codes, xml
from iom.translation.exchange.document import Document, Passage
from iom.translation.exchange.importing import Entry, ParsedTranslation, parse_identity, unit_id
from iom.translation.exchange.inline_codes import ALONE, CLOSE, OPEN, InlineCode, Piece

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_NAMES: dict[str | None, str] = {None: NAMESPACE}
# The standard does not define a missing state; a translation without one counts as finished
FINISHED = ("", "translated", "signed-off", "final")
PAIRED = "paired"  # an element with content, which becomes an opening and a closing code
_ELEMENTS = {"g": PAIRED, "x": ALONE, "bx": OPEN, "ex": CLOSE, "bpt": OPEN, "ept": CLOSE, "ph": ALONE, "it": ALONE}
# The standard's names of codes, which programs show; other tags have a name of our own (`code_type`)
_TYPES = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "a": "link", "br": "lb"}
_TAGS = {"bold": "<b>", "italic": "<i>", "lb": inline_codes.BREAK}


def write(document: Document, *, copies: bool = False) -> bytes:
    """Returns an XLIFF file. `copies` is for OmegaT, which translates the target and ignores states.

    The file then contains only unfinished passages, with copies of the original as targets.
    """
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
            _write_unit(body, passage, passage.target, _state(document, passage), passage.former)
        elif not passage.is_finished:
            _write_unit(body, passage, passage.source)
    return xml.serialize(root)


def _write_unit(body: etree._Element, passage: Passage, translation: str, state: str = "", former: str = "") -> None:
    unit = xml.add(body, "trans-unit", id=unit_id(passage.segment), resname=passage.segment.path)
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
    for piece in inline_codes.to_pieces(text, passage.source, is_rich=passage.place.is_rich):
        if isinstance(piece, str):
            xml.append_text(stack[-1], piece)
        elif piece.kind == CLOSE:
            stack.pop()
        elif piece.kind == ALONE:
            xml.add(stack[-1], "x", id=piece.number, ctype=code_type(piece))
        else:
            stack.append(xml.add(stack[-1], "g", id=piece.number, ctype=code_type(piece)))


def code_type(code: InlineCode) -> str:
    """Returns `bold`, `italic`, `link`, `lb`, or a name with the tag and its language (`x-html-span-es`)."""
    tag = etree.fromstring(f"<{code.tag.strip('<>/')}/>")
    language = f"-{tag.get('lang')}" if tag.get("lang") else ""
    name = str(tag.tag)
    return _TYPES.get(name, f"x-html-{name}{language}")


def read(root: etree._Element) -> list[ParsedTranslation]:
    """Returns a translation for each `file` element of the document. Raises UnusableFile."""
    return [_read_file(file) for file in root.iterfind("file", _NAMES)]


def _read_file(file: etree._Element) -> ParsedTranslation:
    key, exported_at = parse_identity(file.get("original", ""))
    entries = filter(None, map(_read_unit, file.iter(f"{{{NAMESPACE}}}trans-unit")))
    return ParsedTranslation(key, file.get("target-language", ""), exported_at, tuple(entries))


def _read_unit(unit: etree._Element) -> Entry | None:
    """Returns the entry of a unit, or None if the unit has no translation."""
    source, target = unit.find("source", _NAMES), unit.find("target", _NAMES)
    if target is None:
        return None
    pieces = read_text(target, _ELEMENTS, _read_tag)
    if not text_of_pieces(pieces).strip():
        return None
    original = [] if source is None else read_text(source, _ELEMENTS, _read_tag)
    state = target.get("state", "")
    if not state and pieces == original:
        return None  # an unchanged copy of the original, as `write` makes it
    is_finished = state in FINISHED or unit.get("approved") == "yes"
    path = unit.get("resname", "")
    return Entry(unit.get("id", ""), text_of_pieces(original), pieces, is_finished, path, original)


def _read_tag(element: etree._Element) -> str:
    """Returns the tag of a code that a program has added, from its `code_type`, or an empty string."""
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
    """Returns the words and codes of an element that the site or another program has written.

    `kinds`: by element name, PAIRED or the kind of an `InlineCode`. The content of the latter is a code in another
    format and is ignored. The words of all other elements are read.
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
        kind = kinds.get(xml.name(element), "")
        number = element.get("rid") or element.get("id") or ""
        if kind == PAIRED:
            yield InlineCode(OPEN, number, tag_of(element))
            yield from _pieces(element, kinds, tag_of)
            yield InlineCode(CLOSE, number, tag_of(element))
        elif kind:
            yield InlineCode(kind, number, tag_of(element))
        else:
            yield from _pieces(element, kinds, tag_of)
        yield element.tail or ""


def text_of_pieces(pieces: list[Piece]) -> str:
    return "".join(piece for piece in pieces if isinstance(piece, str))
