"""TBX-Basic (ISO 30042:2019), the glossary for translation programs. Written in the style DCT; read in DCT and DCA."""

from collections.abc import Iterator

from django.utils.translation import gettext
from lxml import etree

from iom.core.files import Unusable
from iom.translation.exchange import xml
from iom.translation.glossary import files
from iom.translation.glossary.rows import Forms, Row
from iom.translation.models import Concept

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_NAMES: dict[str | None, str] = {None: NAMESPACE}
MIN, BASIC = "http://www.tbxinfo.net/ns/min", "http://www.tbxinfo.net/ns/basic"
_PREFERRED, _ACCEPTED, _FORBIDDEN = "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"
_WRONG = (_FORBIDDEN, "supersededTerm-admn-sts")
# TBX-Basic has no element for these; programs show a subset as a label.
KEPT = "not translated"


def write(rows: list[Row], language: str) -> bytes:
    """A concept for each row; `language` is the reader’s. Raises `Unusable`: TBX has no file without one."""
    if not rows:
        raise Unusable(gettext("The glossary has no terms."))
    root = etree.Element(
        f"{{{NAMESPACE}}}tbx",
        {"type": "TBX-Basic", "style": "dct", xml.LANG: language},
        nsmap=_NAMES | {"min": MIN, "basic": BASIC},
    )
    source = xml.add(xml.add(xml.add(root, "tbxHeader"), "fileDesc"), "sourceDesc")
    xml.add(source, "p", gettext("Glossary"))
    body = xml.add(xml.add(root, "text"), "body")
    for row in rows:
        _concept(body, row)
    return xml.written(root)


def _concept(body: etree._Element, row: Row) -> None:
    concept = xml.add(body, "conceptEntry", id=f"c{row.key}")
    if row.domain:
        _data(concept, MIN, "subjectField", row.domain)
    for subset in (row.status, *([KEPT] if row.is_kept else [])):
        _data(concept, BASIC, "projectSubset", subset)
    if row.note:
        xml.add(concept, "note", row.note)
    for code, forms in row.terms.items():
        section = xml.add(concept, "langSec")
        section.set(xml.LANG, code)
        for status, terms in (
            (_PREFERRED, (forms.preferred,)),
            (_ACCEPTED, forms.accepted),
            (_FORBIDDEN, forms.forbidden),
        ):
            for term in terms:
                part = xml.add(section, "termSec")
                xml.add(part, "term", term)
                _data(part, MIN, "administrativeStatus", status)


def _data(parent: etree._Element, module: str, name: str, text: str) -> None:
    xml.append_text(etree.SubElement(parent, f"{{{module}}}{name}"), text)


def read(content: bytes) -> list[Row]:
    """The concepts of a file. Raises `Unusable`."""
    root = xml.parse(content)
    if xml.namespace(root) != NAMESPACE or xml.name(root) != "tbx":
        text = gettext("This is no TBX file of the edition of 2019, but “%(name)s”. Choose another file.")
        raise Unusable(text % {"name": xml.name(root)})
    rows = [_row(concept) for concept in root.iter(f"{{{NAMESPACE}}}conceptEntry")]
    if not rows:
        raise Unusable(gettext("The file contains no terms."))
    return rows


def _row(concept: etree._Element) -> Row:
    subsets = list(_values(concept, "projectSubset"))
    terms: dict[str, Forms] = {}
    for section in concept.iterfind("langSec", _NAMES):
        code = section.get(xml.LANG, "").lower()
        forms = _forms(section)
        if code and forms is not None and code not in terms:
            terms[code] = forms
    note = concept.find("note", _NAMES)
    name = concept.get("id", "")
    return Row(
        terms=terms,
        key=_key(name),
        domain=next(_values(concept, "subjectField"), ""),
        status=next((one for one in subsets if one in Concept.Status.values), Concept.Status.PROPOSED),
        is_kept=KEPT in subsets,
        note="" if note is None else _text(note),
        where=gettext("Entry “%(name)s”") % {"name": name},
    )


def _forms(section: etree._Element) -> Forms | None:
    """The terms of a language. The first that is not wrong is preferred where the file prefers none."""
    found = []
    for part in section.iterfind("termSec", _NAMES):
        term = part.find("term", _NAMES)
        if term is not None and _text(term):
            found.append((_text(term), next(_values(part, "administrativeStatus"), _ACCEPTED)))
    right = [(term, status) for term, status in found if status not in _WRONG]
    if not right:
        return None
    preferred = next((term for term, status in right if status == _PREFERRED), right[0][0])
    accepted = tuple(term for term, _status in right if term != preferred)
    return Forms(preferred, accepted, tuple(term for term, status in found if status in _WRONG))


def _values(parent: etree._Element, name: str) -> Iterator[str]:
    """What a data category says there, alone or in a group: an element of its name (DCT), or of its type (DCA)."""
    for child in parent:
        grouped = list(child) if xml.name(child).endswith("Grp") else [child]
        for element in grouped:
            if name in (xml.name(element), element.get("type")) and _text(element):
                yield _text(element)


def _text(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _key(name: str) -> str:
    """The UUID in the identifier of a concept that `write` has written; those of other programs are none of ours."""
    key = name.removeprefix("c")
    return key if len(key) == 36 and key.count("-") == 4 else ""


files.FORMATS["tbx"] = files.Format(".tbx", "TBX", "application/x-tbx+xml", read, write)
