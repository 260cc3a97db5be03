"""Reads and writes the glossary as TBX-Basic (ISO 30042:2019). Writes the style DCT; reads DCT and DCA."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext
from lxml import etree

from iom.core.files import UnusableFile
from iom.translation.exchange import xml
from iom.translation.glossary import files
from iom.translation.glossary.rows import Row, TermForms
from iom.translation.models import Concept

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_NAMES: dict[str | None, str] = {None: NAMESPACE}
MIN, BASIC = "http://www.tbxinfo.net/ns/min", "http://www.tbxinfo.net/ns/basic"
_PREFERRED, _ACCEPTED, _FORBIDDEN = "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"
_FORBIDDEN_STATUSES = (_FORBIDDEN, "supersededTerm-admn-sts")
# A `projectSubset`, which programs show as a label: TBX-Basic has no element for terms that are not translated
NOT_TRANSLATED = "not translated"


def write(rows: list[Row], language: str) -> bytes:
    """A concept for each row; `language` is the reader’s. Raises `UnusableFile`: TBX has no file without one."""
    if not rows:
        raise UnusableFile(gettext("The glossary has no terms."))
    root = etree.Element(
        f"{{{NAMESPACE}}}tbx",
        {"type": "TBX-Basic", "style": "dct", xml.LANG: language},
        nsmap=_NAMES | {"min": MIN, "basic": BASIC},
    )
    source = xml.add(xml.add(xml.add(root, "tbxHeader"), "fileDesc"), "sourceDesc")
    xml.add(source, "p", gettext("Glossary"))
    body = xml.add(xml.add(root, "text"), "body")
    for row in rows:
        _write_concept(body, row)
    return xml.serialize(root)


def _write_concept(body: etree._Element, row: Row) -> None:
    concept = xml.add(body, "conceptEntry", id=f"c{row.key}")
    if row.domain:
        _write_data(concept, MIN, "subjectField", row.domain)
    for subset in (row.status, *([NOT_TRANSLATED] if row.is_kept else [])):
        _write_data(concept, BASIC, "projectSubset", subset)
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
                _write_data(part, MIN, "administrativeStatus", status)


def _write_data(parent: etree._Element, module: str, name: str, text: str) -> None:
    xml.append_text(etree.SubElement(parent, f"{{{module}}}{name}"), text)


def read(content: bytes) -> list[Row]:
    """Returns the concepts of a file. Raises `UnusableFile`."""
    root = xml.parse(content)
    if xml.namespace(root) != NAMESPACE or xml.name(root) != "tbx":
        text = gettext("This is no TBX file of the edition of 2019, but “%(name)s”. Choose another file.")
        raise UnusableFile(text % {"name": xml.name(root)})
    rows = [_read_concept(concept) for concept in root.iter(f"{{{NAMESPACE}}}conceptEntry")]
    if not rows:
        raise UnusableFile(gettext("The file contains no terms."))
    return rows


def _read_concept(concept: etree._Element) -> Row:
    subsets = list(_read_values(concept, "projectSubset"))
    terms: dict[str, TermForms] = {}
    for section in concept.iterfind("langSec", _NAMES):
        code = section.get(xml.LANG, "").lower()
        forms = _read_forms(section)
        if code and forms is not None and code not in terms:
            terms[code] = forms
    note = concept.find("note", _NAMES)
    name = concept.get("id", "")
    row = Row(
        terms=terms,
        key=_parse_key(name),
        domain=next(_read_values(concept, "subjectField"), ""),
        status=next((one for one in subsets if one in Concept.Status.values), Concept.Status.PROPOSED),
        is_kept=NOT_TRANSLATED in subsets,
        note="" if note is None else _text(note),
        where=gettext("Entry “%(name)s”") % {"name": name},
    )
    return replace(row, absent=frozenset(_absent_values(row, subsets)))


def _absent_values(row: Row, subsets: list[str]) -> Iterator[str]:
    """Yields the values that an entry does not have. An entry of this site without a note has lost its note."""
    if not set(subsets) & set(Concept.Status.values):
        yield "status"
        if not row.is_kept:
            yield "is_kept"
    if row.key:
        return
    yield from (name for name in ("domain", "note") if not getattr(row, name))
    for code, forms in row.terms.items():
        yield from (f"{name}_{code}" for name in ("accepted", "forbidden") if not getattr(forms, name))


def _read_forms(section: etree._Element) -> TermForms | None:
    """Returns the terms of a language, or None if all are forbidden. The first is preferred if none is marked so."""
    found = []
    for part in section.iterfind("termSec", _NAMES):
        term = part.find("term", _NAMES)
        if term is not None and _text(term):
            found.append((_text(term), next(_read_values(part, "administrativeStatus"), _ACCEPTED)))
    right = [(term, status) for term, status in found if status not in _FORBIDDEN_STATUSES]
    if not right:
        return None
    preferred = next((term for term, status in right if status == _PREFERRED), right[0][0])
    accepted = tuple(term for term, _status in right if term != preferred)
    return TermForms(preferred, accepted, tuple(term for term, status in found if status in _FORBIDDEN_STATUSES))


def _read_values(parent: etree._Element, name: str) -> Iterator[str]:
    """Yields the values of a data category, alone or in a group: elements of that name (DCT) or type (DCA)."""
    for child in parent:
        grouped = list(child) if xml.name(child).endswith("Grp") else [child]
        for element in grouped:
            if name in (xml.name(element), element.get("type")) and _text(element):
                yield _text(element)


def _text(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _parse_key(name: str) -> str:
    """Returns the UUID in the identifier of a concept, or an empty string if it comes from another program."""
    key = name.removeprefix("c")
    return key if len(key) == 36 and key.count("-") == 4 else ""


files.FORMATS["tbx"] = files.Format(".tbx", "TBX", "application/x-tbx+xml", read, write)
