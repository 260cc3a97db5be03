"""Parses untrusted XML without entities, external DTDs and network access, and helps to write XML."""

from typing import Any

from django.utils.translation import gettext
from lxml import etree

from iom.characters import remove_control_characters
from iom.core.files import UnusableFile

XML = "http://www.w3.org/XML/1998/namespace"
LANG, SPACE = f"{{{XML}}}lang", f"{{{XML}}}space"
SAFE_PARSER_OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}  # of lxml's parsers
FIRST_BYTES = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\0", b"\xfe\xff\0<")


def parse(content: bytes) -> etree._Element:
    """Returns the root element. Raises UnusableFile if the file is damaged or declares entities."""
    try:
        root = etree.fromstring(content.lstrip(), etree.XMLParser(**SAFE_PARSER_OPTIONS))
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_INVALID_ENCODING:
            raise UnusableFile(gettext("The file is not in UTF-8. Save it again in UTF-8.")) from error
        raise UnusableFile(gettext("The file is damaged or incomplete. Download it again.")) from error
    check_entities(root)
    return root


def check_entities(element: etree._Element) -> None:
    """Raises UnusableFile if the document declares entities, which could expand to a thousand times its size, or if
    the element contains one, such as those of a DTD that is not read."""
    document_type = element.getroottree().docinfo.internalDTD
    is_declared = document_type is not None and next(iter(document_type.iterentities()), None) is not None
    if is_declared or next(element.iter(etree.Entity), None) is not None:
        raise UnusableFile(gettext("The file declares entities, which is not allowed. Export it again without them."))


def name(element: etree._Element) -> str:
    """Returns the name of an element without its namespace."""
    return etree.QName(element).localname


def namespace(element: etree._Element) -> str:
    return etree.QName(element).namespace or ""


def add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """Appends a child in the namespace of its parent, and returns it."""
    element = etree.SubElement(parent, f"{{{namespace(parent)}}}{tag}" if namespace(parent) else tag)
    for key, value in attributes.items():
        element.set(key.rstrip("_").replace("_", "-"), remove_control_characters(value))
    if text:
        append_text(element, text)
    return element


def append_text(parent: etree._Element, text: str) -> None:
    """Appends text after all children of an element."""
    text = remove_control_characters(text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def serialize(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
