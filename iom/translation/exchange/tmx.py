"""TMX 1.4b (LISA OSCAR, 2005): pairs of passages out of the memory, and into it. Tags are `bpt`, `ept` and `ph`."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import IO

from bs4 import BeautifulSoup
from django.utils.translation import gettext
from lxml import etree
from wagtail.models import Locale

from iom.characters import remove_control_characters
from iom.core.files import Unusable
from iom.core.inline import MarkupNotAllowed, from_editor, to_editor
from iom.translation.content import markup
from iom.translation.exchange import codes, xliff, xml
from iom.translation.exchange.codes import ALONE, CLOSE, OPEN, Piece
from iom.translation.memory.pairs import Pair

MEDIA_TYPE = "application/x-tmx+xml"
_TIME = "%Y%m%dT%H%M%SZ"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">'
    '<header creationtool="newsroom" creationtoolversion="1" segtype="block" o-tmf="newsroom" adminlang="en"'
    ' srclang="{source}" datatype="html" creationdate="{time}"/>\n<body>\n'
)
_KINDS = {"bpt": OPEN, "ept": CLOSE, "ph": ALONE, "it": ALONE, "ut": ALONE}
_EVERY = "*all*"


def write(pairs: Iterable[Pair], source: str, target: str, now: datetime) -> Iterator[bytes]:
    """The file in parts, so that a large memory needs no more room than a small one."""
    yield _HEAD.format(source=source, time=now.astimezone(UTC).strftime(_TIME)).encode()
    for pair in pairs:
        unit = etree.Element("tu")
        if pair.at:
            unit.set("changedate", pair.at.astimezone(UTC).strftime(_TIME))
        original = to_editor(pair.source)
        for language, data in ((source, original), (target, to_editor(pair.target))):
            variant = etree.SubElement(unit, "tuv", {xml.LANG: language})
            _write_text(etree.SubElement(variant, "seg"), codes.pieces(data, original, is_rich=True))
        yield etree.tostring(unit, encoding="utf-8") + b"\n"
    yield b"</body></tmx>\n"


def _write_text(parent: etree._Element, pieces: list[Piece]) -> None:
    for piece in pieces:
        if isinstance(piece, str):
            xml.append_text(parent, piece)
        elif piece.kind == ALONE:
            xml.add(parent, "ph", piece.tag, x=piece.number, type=xliff.type_of(piece))
        elif piece.kind == OPEN:
            xml.add(parent, "bpt", piece.tag, i=piece.number, x=piece.number, type=xliff.type_of(piece))
        else:
            xml.add(parent, "ept", codes.closing(piece.tag), i=piece.number)


def read(file: IO[bytes], locales: Mapping[str, Locale]) -> Iterator[Pair]:
    """The pairs of a file in the languages that the site has, one unit at a time. Raises Unusable.

    `locales` are by their code. A unit is read from its source language into the others; where it has none, from each
    language into each other.
    """
    default = _EVERY
    try:
        for number, (event, element) in enumerate(etree.iterparse(file, events=("start", "end"), **xml.SAFELY)):
            name = etree.QName(element).localname
            if number == 0:
                _check_root(element, name)
            if event == "start" and name == "header":
                default = element.get("srclang", _EVERY)
            elif event == "end" and name == "tu":
                yield from _pairs(element, element.get("srclang") or default, locales)
                _forget(element)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Unusable(gettext("The file is damaged or incomplete. Download it again.")) from error


def _check_root(root: etree._Element, name: str) -> None:
    xml.check_entities(root)
    if name != "tmx":
        text = gettext("This is no TMX file, but “%(name)s”. Choose another file.")
        raise Unusable(text % {"name": name})


def _forget(element: etree._Element) -> None:
    """Frees the memory of the units that have been read."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _pairs(unit: etree._Element, source: str, locales: Mapping[str, Locale]) -> Iterator[Pair]:
    texts = {}
    for variant in unit.iterchildren("tuv"):
        language = variant.get(xml.LANG) or variant.get("lang") or ""
        locale, segment = _locale(language, locales), variant.find("seg")
        if locale is not None and segment is not None and locale not in texts:
            texts[locale] = _data(segment)
    at = _time(unit.get("changedate") or unit.get("creationdate") or "")
    origin = _locale(source, locales)
    sources = list(texts) if source.lower() == _EVERY else [origin] if origin in texts else []
    for one in sources:
        for other in texts:
            if one is not None and other != one and texts[one] and texts[other]:
                yield Pair(one, other, texts[one], texts[other], at)


def _locale(language: str, locales: Mapping[str, Locale]) -> Locale | None:
    """`FR-fr` is French where the site has no French of its own for France."""
    wanted = language.replace("_", "-").lower()
    known = {code.lower(): locale for code, locale in locales.items()}
    return known.get(wanted) or known.get(wanted.partition("-")[0])


def _time(said: str) -> datetime | None:
    try:
        return datetime.strptime(said, _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None


def _data(segment: etree._Element) -> str:
    """The text as localize stores it. Codes of other programs are left out, and all codes where they do not fit."""
    pieces = xliff.read_text(segment, _KINDS, lambda element: element.text or "")
    words: list[Piece] = [xliff.words(pieces)]
    ours = [piece for piece in pieces if isinstance(piece, str) or codes.is_known(piece.tag)]
    for attempt in (ours, words):
        text = remove_control_characters(codes.typed(attempt, "", is_rich=True)).strip()
        if not markup.is_balanced(text):
            continue
        try:
            return str(BeautifulSoup(from_editor(text.replace("\n", codes.BREAK)), "html.parser"))
        except MarkupNotAllowed:
            continue
    return ""
