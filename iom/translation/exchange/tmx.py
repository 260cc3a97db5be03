"""Reads and writes pairs of the memory as TMX 1.4b (LISA OSCAR, 2005). Tags are `bpt`, `ept` and `ph` elements."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import IO

from bs4 import BeautifulSoup
from django.utils.translation import gettext
from lxml import etree
from wagtail.models import Locale

from iom.characters import remove_control_characters
from iom.core.files import UnusableFile
from iom.core.inline_markup import MarkupNotAllowed, from_editor, to_editor
from iom.translation.content import markup
from iom.translation.exchange import inline_codes, xliff, xml
from iom.translation.exchange.inline_codes import ALONE, CLOSE, OPEN, Piece
from iom.translation.memory.entries import Pair

MEDIA_TYPE = "application/x-tmx+xml"
_TIME_FORMAT = "%Y%m%dT%H%M%SZ"
_HEADER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">'
    '<header creationtool="newsroom" creationtoolversion="1" segtype="block" o-tmf="newsroom" adminlang="en"'
    ' srclang="{source}" datatype="html" creationdate="{time}"/>\n<body>\n'
)
_KINDS = {"bpt": OPEN, "ept": CLOSE, "ph": ALONE, "it": ALONE, "ut": ALONE}
_ALL_LANGUAGES = "*all*"


def write(pairs: Iterable[Pair], source: str, target: str, now: datetime) -> Iterator[bytes]:
    """Yields the file in parts, so that the size of the memory does not matter."""
    yield _HEADER.format(source=source, time=now.astimezone(UTC).strftime(_TIME_FORMAT)).encode()
    for pair in pairs:
        unit = etree.Element("tu")
        if pair.at:
            unit.set("changedate", pair.at.astimezone(UTC).strftime(_TIME_FORMAT))
        original = to_editor(pair.source)
        for language, data in ((source, original), (target, to_editor(pair.target))):
            variant = etree.SubElement(unit, "tuv", {xml.LANG: language})
            _write_text(etree.SubElement(variant, "seg"), inline_codes.to_pieces(data, original, is_rich=True))
        yield etree.tostring(unit, encoding="utf-8") + b"\n"
    yield b"</body></tmx>\n"


def _write_text(parent: etree._Element, pieces: list[Piece]) -> None:
    for piece in pieces:
        if isinstance(piece, str):
            xml.append_text(parent, piece)
        elif piece.kind == ALONE:
            xml.add(parent, "ph", piece.tag, x=piece.number, type=xliff.code_type(piece))
        elif piece.kind == OPEN:
            xml.add(parent, "bpt", piece.tag, i=piece.number, x=piece.number, type=xliff.code_type(piece))
        else:
            xml.add(parent, "ept", f"</{inline_codes.tag_name(piece.tag)}>", i=piece.number)


def read(file: IO[bytes], locales: Mapping[str, Locale]) -> Iterator[Pair]:
    """Yields the pairs of a file in the languages of the site, one unit at a time. Raises UnusableFile.

    `locales`: by language code. A unit gives pairs from its source language into each other language; without a source
    language, pairs in all directions.
    """
    default = _ALL_LANGUAGES
    try:
        for number, (event, element) in enumerate(
            etree.iterparse(file, events=("start", "end"), **xml.SAFE_PARSER_OPTIONS)
        ):
            name = etree.QName(element).localname
            if number == 0:
                _check_root(element, name)
            if event == "start" and name == "header":
                default = element.get("srclang", _ALL_LANGUAGES)
            elif event == "end" and name == "tu":
                xml.check_entities(element)
                yield from _read_pairs(element, element.get("srclang") or default, locales)
                _free(element)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise UnusableFile(gettext("The file is damaged or incomplete. Download it again.")) from error


def _check_root(root: etree._Element, name: str) -> None:
    xml.check_entities(root)
    if name != "tmx":
        text = gettext("This is no TMX file, but “%(name)s”. Choose another file.")
        raise UnusableFile(text % {"name": name})


def _free(element: etree._Element) -> None:
    """Removes the units that have been read from the tree, to free their memory."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _read_pairs(unit: etree._Element, source: str, locales: Mapping[str, Locale]) -> Iterator[Pair]:
    texts = {}
    for variant in unit.iterchildren("tuv"):
        language = variant.get(xml.LANG) or variant.get("lang") or ""
        locale, segment = _find_locale(language, locales), variant.find("seg")
        if locale is not None and segment is not None and locale not in texts:
            texts[locale] = _to_data(segment)
    at = _parse_time(unit.get("changedate") or unit.get("creationdate") or "")
    origin = _find_locale(source, locales)
    sources = list(texts) if source.lower() == _ALL_LANGUAGES else [origin] if origin in texts else []
    for one in sources:
        for other in texts:
            if one is not None and other != one and texts[one] and texts[other]:
                yield Pair(one, other, texts[one], texts[other], at)


def _find_locale(language: str, locales: Mapping[str, Locale]) -> Locale | None:
    """Returns the locale of a language code: the exact one, or the one without a region (`FR-fr` is `fr`)."""
    code = language.replace("_", "-").lower()
    by_code = {name.lower(): locale for name, locale in locales.items()}
    return by_code.get(code) or by_code.get(code.partition("-")[0])


def _parse_time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _TIME_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


def _to_data(segment: etree._Element) -> str:
    """Returns the text as localize stores it. Drops unknown codes, or all codes if the markup is not valid."""
    pieces = xliff.read_text(segment, _KINDS, lambda element: element.text or "")
    words: list[Piece] = [xliff.text_of_pieces(pieces)]
    ours = [piece for piece in pieces if isinstance(piece, str) or inline_codes.ALLOWED_TAG.fullmatch(piece.tag)]
    for attempt in (ours, words):
        text = remove_control_characters(inline_codes.from_pieces(attempt, "", is_rich=True)).strip()
        if not markup.is_balanced(text):
            continue
        try:
            return str(BeautifulSoup(from_editor(text.replace("\n", inline_codes.BREAK)), "html.parser"))
        except MarkupNotAllowed:
            continue
    return ""
