"""Parses the XML of a document's parts and checks it during parsing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from newsroom.importing.readers.passages import Refused

MAX_ELEMENTS = 80_000  # elements of all parts together; thirty pages have up to 30,000
MAX_DEPTH = 100  # nested elements; Word nests about 30

Element = ElementTree.Element


def parse(data: bytes, count: Iterator[int]) -> Element:
    """Parses a part. `count` counts the elements of all parts of a document, from 1.

    Raises Refused where the part declares a document type, is not XML, or exceeds a limit.
    """
    parser = ElementTree.XMLParser(target=_Builder(count))  # noqa: S314  (_Builder refuses document types)
    try:
        parser.feed(data)
        return parser.close()
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Refused(_("The file is damaged: its text cannot be read.")) from error


class _Builder(ElementTree.TreeBuilder):
    def __init__(self, count: Iterator[int]) -> None:
        super().__init__()
        self._count = count
        self._depth = 0

    def doctype(self, *_declared: object) -> NoReturn:
        raise Refused(_("The file contains XML entities, which Word does not use."))

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        self._depth += 1
        if next(self._count) > MAX_ELEMENTS or self._depth > MAX_DEPTH:
            raise Refused(
                _("The structure of the file is too complex. Copy the text into a new document, then import it.")
            )
        return super().start(tag, attributes)

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(tag)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship of a part. `kind` is the last segment of its type, such as “image”."""

    kind: str
    target: str
    is_external: bool


def relationships(tree: Element) -> list[Relationship]:
    return [
        Relationship(
            one.get("Type", "").rstrip("/").rpartition("/")[2],
            one.get("Target", ""),
            one.get("TargetMode", "").strip().lower() == "external",
        )
        for one in tree
    ]


def local_name(element: Element) -> str:
    """Returns the name of an element without its namespace, because Word uses two sets of namespaces."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """Returns an attribute in any namespace, or an empty string."""
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")
