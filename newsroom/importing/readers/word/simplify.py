"""Removes from a Word document’s XML what an article cannot show, and reports it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from newsroom.importing.readers.decode import clean
from newsroom.importing.readers.word.package import Package
from newsroom.importing.readers.word.xml import Element, attribute, local_name
from newsroom.importing.remarks import remark
from newsroom.importing.word_counts import words
from newsroom.release import Remark

DELETED = {"del", "moveFrom"}
REFERENCES = {"footnoteReference", "endnoteReference", "commentReference"}
SEPARATOR_NOTES = {"separator", "continuationSeparator", "continuationNotice"}


@dataclass(slots=True)
class Omissions:
    """The texts that are left out, with the reasons, and the notes for the officer."""

    left_out: list[tuple[str, Remark]] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)

    def add(self, text: str, why: Remark) -> None:
        if text.strip() and (text, why) not in self.left_out:  # a document may repeat the header of its first page
            self.left_out.append((text.strip(), why))


def simplify(body: Element, omissions: Omissions) -> None:
    """Accepts tracked changes, removes references to notes, and moves text boxes after their paragraphs."""
    deleted = list(filter(None, _deleted_texts(body)))
    for text in deleted:
        omissions.add(text, remark("deleted"))
    if deleted or any(local_name(one) in ("ins", "moveTo") and len(one) for one in body.iter()):
        omissions.notes.append(remark("tracked changes"))
    _unwrap_descendants(body)
    if _lift_boxes(body):
        omissions.notes.append(remark("text boxes"))
    struck = [
        text
        for run in body.iter()
        if local_name(run) == "r" and _is_struck(run) and (text := paragraph_text(run).strip())
    ]
    if struck:
        omissions.notes.append(remark("struck through", words=" ".join(struck)))


def read_other_parts(package: Package, omissions: Omissions) -> None:
    """Reports the texts of headers, footers, notes, comments and charts, and embedded objects."""
    objects = set()
    for related, name in package.relationships():
        if related.kind in ("chart", "diagramData", "oleObject", "package", "aFChunk", "control"):
            objects.add(related.kind)
        if related.is_external or name not in package.parts or not name.endswith(".xml"):
            continue
        tree = package.trees[name]
        _unwrap_descendants(tree)
        for text, why in _texts_of_part(tree):
            omissions.add(text, why)
    if "aFChunk" in objects:
        omissions.notes.append(remark("document inside"))
    if objects & {"oleObject", "package", "control"}:
        omissions.notes.append(remark("objects inside"))


def _texts_of_part(tree: Element) -> Iterator[tuple[str, Remark]]:
    """Yields the texts of a part of the document, each with the reason why it is left out."""
    match local_name(tree):
        case "hdr":
            yield paragraphs_text(tree), remark("page header")
        case "ftr":
            yield paragraphs_text(tree), remark("page footer")
        case "footnotes" | "endnotes" as kind:
            for note in tree:
                if attribute(note, "type") not in SEPARATOR_NOTES:
                    yield paragraphs_text(note), remark(kind.removesuffix("s"))
        case "comments":
            for comment in tree:
                author = attribute(comment, "author")
                why = remark("comment", author=author) if author else remark("comment of someone")
                yield paragraphs_text(comment), why
        case "chartSpace" | "dataModel":
            labels = (one.text for one in tree.iter() if local_name(one) in ("t", "v") and one.text)
            yield " · ".join(labels), remark("chart")


def report_unread_paragraphs(body: Element, read_words: Counter[str], omissions: Omissions) -> None:
    """Reports each paragraph with words that are missing in `read_words`, from which it subtracts the words."""
    for text in map(paragraph_text, _paragraphs(body)):
        wanted = Counter(words(clean(text)[0]))
        if any(read_words[word] < count for word, count in wanted.items()):
            omissions.add(text, remark("not whole"))
        read_words.subtract(wanted)


def paragraphs_text(element: Element) -> str:
    return "\n".join(text for one in _paragraphs(element) if (text := paragraph_text(one).strip()))


def paragraph_text(element: Element) -> str:
    """Returns the text of a paragraph, without nested paragraphs and deleted text."""
    return "".join(_text_parts(element))


def _text_parts(element: Element) -> Iterator[str]:
    for child in element:
        name = local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in ("tab", "br", "cr"):
            yield " "
        elif name == "noBreakHyphen":
            yield "\N{NON-BREAKING HYPHEN}"
        elif name not in ("p", *DELETED):
            yield from _text_parts(child)


def _paragraphs(element: Element) -> Iterator[Element]:
    return (one for one in element.iter() if local_name(one) == "p")


def _deleted_texts(body: Element) -> Iterator[str]:
    for one in body.iter():
        if local_name(one) in DELETED:
            yield "".join(part.text or "" for part in one.iter() if local_name(part) in ("t", "delText")).strip()


def _unwrap_descendants(element: Element) -> None:
    """Replaces every descendant by its `_replacement`."""
    children: list[Element] = []
    pending = list(element)[::-1]
    while pending:
        child = pending.pop()
        instead = _replacement(child)
        if instead is None:
            _unwrap_descendants(child)
            children.append(child)
        else:
            pending += instead[::-1]
    element[:] = children


def _replacement(element: Element) -> list[Element] | None:
    """Returns the elements that replace an element, or None if it stays."""
    name = local_name(element)
    if name == "AlternateContent":
        choices = [one for one in element if len(one)]
        fallback = [one for one in choices if local_name(one) == "Fallback"]
        return list((fallback or choices)[0]) if choices else []
    if name in ("fldSimple", "ins", "moveTo", "smartTag", "customXml", "bdo", "dir"):
        # In the properties of a paragraph, these elements are empty and mark the paragraph as inserted.
        return list(element)
    if name in REFERENCES or (name in DELETED and len(element)):
        return []
    return None


def _lift_boxes(body: Element) -> bool:
    """Moves the content of text boxes after the paragraph or table around them. Returns whether there were any."""
    children: list[Element] = []
    for block in body:
        children += [block, *(part for box in _take_boxes(block) for part in box)]
    has_boxes = len(children) > len(body)
    body[:] = children
    return has_boxes


def _take_boxes(element: Element) -> list[Element]:
    """Removes the text boxes from an element and returns them. A nested box follows its outer box."""
    found = []
    for child in list(element):
        inner = _take_boxes(child)
        if local_name(child) == "txbxContent":
            element.remove(child)
            found.append(child)
        found += inner
    return found


def _is_struck(run: Element) -> bool:
    properties = next((one for one in run if local_name(one) == "rPr"), None)
    return properties is not None and any(
        local_name(one) in ("strike", "dstrike") and attribute(one, "val") not in ("0", "false") for one in properties
    )
