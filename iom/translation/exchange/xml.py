"""XML that comes from outside is read without entities, without a document type's file and without the network."""

from typing import Any

from django.utils.translation import gettext
from lxml import etree

from iom.characters import remove_control_characters
from iom.core.files import Unusable

XML = "http://www.w3.org/XML/1998/namespace"
LANG, SPACE = f"{{{XML}}}lang", f"{{{XML}}}space"
SAFELY: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}  # of lxml's parsers
_BEGINNINGS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\0", b"\xfe\xff\0<")


def is_xml(content: bytes) -> bool:
    """Whether it can be nothing else."""
    return content.lstrip().startswith(_BEGINNINGS)


def parse(content: bytes) -> etree._Element:
    """The root element. Raises Unusable where it is damaged, or declares entities."""
    try:
        root = etree.fromstring(content.lstrip(), etree.XMLParser(**SAFELY))
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Unusable(gettext("The file is damaged or incomplete. Download it again.")) from error
    check_entities(root)
    return root


def check_entities(root: etree._Element) -> None:
    """Raises Unusable where the document declares entities, which could be larger than the file a thousand times."""
    document_type = root.getroottree().docinfo.internalDTD
    if document_type is not None and next(iter(document_type.iterentities()), None) is not None:
        raise Unusable(gettext("The file declares entities, which is not allowed. Export it again without them."))


def name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def namespace(element: etree._Element) -> str:
    return etree.QName(element).namespace or ""


def add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """A new last child in the namespace of its parent."""
    element = etree.SubElement(parent, f"{{{namespace(parent)}}}{tag}" if namespace(parent) else tag)
    for key, value in attributes.items():
        element.set(key.rstrip("_").replace("_", "-"), remove_control_characters(value))
    if text:
        append_text(element, text)
    return element


def append_text(parent: etree._Element, text: str) -> None:
    """Adds words after all that the element has."""
    text = remove_control_characters(text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def written(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
