"""Removes from a Word document’s XML what a page cannot show, and reports it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from newsroom.importing.counting import words
from newsroom.importing.readers.decode import clean
from newsroom.importing.readers.word.package import Package
from newsroom.importing.readers.word.xml import Element, local, value
from newsroom.importing.remarks import remark
from newsroom.release import Remark

DELETED = {"del", "moveFrom"}
REFERENCES = {"footnoteReference", "endnoteReference", "commentReference"}
NO_NOTES = {"separator", "continuationSeparator", "continuationNotice"}


@dataclass(slots=True)
class Aside:
    """What is not carried: (text, why); and what the officer should look at."""

    left_out: list[tuple[str, Remark]] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)

    def leave(self, text: str, why: Remark) -> None:
        if text.strip() and (text, why) not in self.left_out:  # a header is there for the first page and the others
            self.left_out.append((text.strip(), why))


def simplify(body: Element, aside: Aside) -> None:
    """The text itself, without tracked changes, references to notes, and boxes: these come after their paragraph."""
    deleted = list(filter(None, _deleted(body)))
    for text in deleted:
        aside.leave(text, remark("deleted"))
    if deleted or any(local(one) in ("ins", "moveTo") and len(one) for one in body.iter()):
        aside.notes.append(remark("tracked changes"))
    _rebuild(body)
    if _lift_boxes(body):
        aside.notes.append(remark("text boxes"))
    struck = [text for run in body.iter() if local(run) == "r" and _is_struck(run) and (text := text_of(run).strip())]
    if struck:
        aside.notes.append(remark("struck through", words=" ".join(struck)))


def read_other_parts(package: Package, aside: Aside) -> None:
    """Headers and footers, notes and comments: each with its words."""
    reasons = {"hdr": "page header", "ftr": "page footer", "footnotes": "footnote", "endnotes": "endnote"}
    objects = set()
    for related, name in package.related():
        if related.kind in ("chart", "diagramData", "oleObject", "package", "aFChunk", "control"):
            objects.add(related.kind)
        if related.is_external or name not in package.parts or not name.endswith(".xml"):
            continue
        tree = package.trees[name]
        _rebuild(tree)
        kind = local(tree)
        if kind in ("footnotes", "endnotes"):
            for note in tree:
                if value(note, "type") not in NO_NOTES:
                    aside.leave(paragraphs_of(note), remark(reasons[kind]))
        elif kind in reasons:
            aside.leave(paragraphs_of(tree), remark(reasons[kind]))
        elif kind == "comments":
            for comment in tree:
                author = value(comment, "author")
                why = remark("comment", author=author) if author else remark("comment of someone")
                aside.leave(paragraphs_of(comment), why)
        elif kind in ("chartSpace", "dataModel"):
            labels = " · ".join(one.text for one in tree.iter() if local(one) in ("t", "v") and one.text)
            aside.leave(labels, remark("chart"))
    if "aFChunk" in objects:
        aside.notes.append(remark("document inside"))
    if objects & {"oleObject", "package", "control"}:
        aside.notes.append(remark("objects inside"))


def without_words(body: Element, have: Counter[str], aside: Aside) -> None:
    """Reports each paragraph of which words are not among those that were read, which it takes from `have`."""
    for text in map(text_of, _paragraphs(body)):
        wanted = Counter(words(clean(text)[0]))
        if any(have[word] < count for word, count in wanted.items()):
            aside.leave(text, remark("not whole"))
        have.subtract(wanted)


def paragraphs_of(element: Element) -> str:
    return "\n".join(text for one in _paragraphs(element) if (text := text_of(one).strip()))


def text_of(element: Element) -> str:
    """The words of a paragraph, without those of paragraphs that it holds."""
    return "".join(_words(element))


def _words(element: Element) -> Iterator[str]:
    for child in element:
        name = local(child)
        if name == "t":
            yield child.text or ""
        elif name in ("tab", "br", "cr"):
            yield " "
        elif name == "noBreakHyphen":
            yield "\N{NON-BREAKING HYPHEN}"
        elif name not in ("p", *DELETED):
            yield from _words(child)


def _paragraphs(element: Element) -> Iterator[Element]:
    return (one for one in element.iter() if local(one) == "p")


def _deleted(body: Element) -> Iterator[str]:
    for one in body.iter():
        if local(one) in DELETED:
            yield "".join(part.text or "" for part in one.iter() if local(part) in ("t", "delText")).strip()


def _rebuild(element: Element) -> None:
    """Puts what `_unwrapped` says in the place of every descendant."""
    children: list[Element] = []
    pending = list(element)[::-1]
    while pending:
        child = pending.pop()
        instead = _unwrapped(child)
        if instead is None:
            _rebuild(child)
            children.append(child)
        else:
            pending += instead[::-1]
    element[:] = children


def _unwrapped(element: Element) -> list[Element] | None:
    """What stands in the place of an element; None: it stays."""
    name = local(element)
    if name == "AlternateContent":
        choices = [one for one in element if len(one)]
        fallback = [one for one in choices if local(one) == "Fallback"]
        return list((fallback or choices)[0]) if choices else []
    if name in ("fldSimple", "ins", "moveTo", "smartTag", "customXml", "bdo", "dir"):
        # Within a paragraph’s own mark they say that the paragraph was added, and hold nothing.
        return list(element)
    if name in REFERENCES or (name in DELETED and len(element)):
        return []
    return None


def _lift_boxes(body: Element) -> bool:
    """Puts the content of text boxes after the paragraph or table that holds them. Whether there were any."""
    children: list[Element] = []
    for block in body:
        children += [block, *(part for box in _take_boxes(block) for part in box)]
    has_boxes = len(children) > len(body)
    body[:] = children
    return has_boxes


def _take_boxes(element: Element) -> list[Element]:
    """The boxes below an element, taken away from it; a box in a box comes after it."""
    found = []
    for child in list(element):
        inner = _take_boxes(child)
        if local(child) == "txbxContent":
            element.remove(child)
            found.append(child)
        found += inner
    return found


def _is_struck(run: Element) -> bool:
    properties = next((one for one in run if local(one) == "rPr"), None)
    return properties is not None and any(
        local(one) in ("strike", "dstrike") and value(one, "val") not in ("0", "false") for one in properties
    )
