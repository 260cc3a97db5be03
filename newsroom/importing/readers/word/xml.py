"""The XML of a document's parts: checked while it streams by, and read only then."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn
from xml.etree import ElementTree
from xml.parsers import expat

from django.utils.translation import gettext as _

from newsroom.importing.readers.refusal import Refused

ELEMENTS = 80_000  # of all parts together; thirty pages have as many as thirty thousand
DEPTH = 100  # of elements in each other; Word’s own go to about thirty

Element = ElementTree.Element


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part refers to. `kind`: the last word of its type, such as “image”."""

    id: str
    kind: str
    target: str
    is_external: bool


class Counter:
    """Counts the elements of all parts, and looks at how they are nested."""

    def __init__(self) -> None:
        self._elements = 0
        self._depth = 0

    def check(self, data: bytes) -> None:
        """Raises Refused where the part declares a document type, is not XML, or is more than a document has."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse_document_type
        parser.EntityDeclHandler = _refuse_document_type
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        self._depth = 0
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            if isinstance(error, Refused):
                raise
            raise Refused(_("The file is damaged: its text cannot be read.")) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > ELEMENTS or self._depth > DEPTH:
            raise Refused(_("The file is too intricate: a release has a few pages."))

    def _end(self, name: str) -> None:
        self._depth -= 1


def _refuse_document_type(*_declared: object) -> NoReturn:
    raise Refused(_("The file declares XML entities, which Word never does."))


def parse(data: bytes) -> Element:
    """The tree of a part that has been checked."""
    return ElementTree.fromstring(data)  # noqa: S314  (no document type passes `Counter.check`)


def local(element: Element) -> str:
    """The name of an element without its namespace: Word has two sets of these."""
    return element.tag.rpartition("}")[2]


def value(element: Element, name: str) -> str:
    """An attribute, whatever its namespace."""
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")


def root(data: bytes) -> str:
    return local(parse(data))


def relationships(data: bytes) -> list[Relationship]:
    return [
        Relationship(
            one.get("Id", ""),
            one.get("Type", "").rstrip("/").rpartition("/")[2],
            one.get("Target", ""),
            one.get("TargetMode", "").strip().lower() == "external",
        )
        for one in parse(data)
    ]


def types(data: bytes) -> Iterator[str]:
    """All content types that a document says its parts have."""
    yield from (one.get("ContentType", "") for one in (parse(data) if data else ()))


def overrides(data: bytes) -> dict[str, str]:
    """The content types that are said of single parts."""
    return {one.get("PartName", ""): one.get("ContentType", "") for one in parse(data)}
