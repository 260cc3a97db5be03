"""Passages as localize stores them: their words, their sentences, the names of their links."""

import html
import re

_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"<br\s*/?>")
_LINK = re.compile(r'<a id="([^"]*)">')
_LINK_TAGS = re.compile(r'<a id="[^"]*">(.*?)</a>', re.DOTALL)
_PIECE = re.compile(r"(<[^>]*>|\s+)")
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")
_CLOSING = "»”’\"')]"
_END = re.compile(rf"[.!?…][\s{re.escape(_CLOSING)}]*$")
_BEGIN = re.compile(r"\s*[«“‘\"(\[—–-]?\s*[A-ZÀ-ÖØ-Þ0-9]")
# « M. Diallo », « U.S. forces », « St. Louis »: the full stop ends no sentence
_ABBREVIATION = re.compile(r"(?:^|[\s(’'.-])(?:[A-Za-z]|MM|Mme|Mlle|Mr|Mrs|Ms|Dr|Pr|St|Ste|No|art|cf|vs|pp?)\.$")


def without_tags(text: str) -> str:
    """The words, with their line breaks: no tags, no entities."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))


def plain(text: str) -> str:
    """The words alone, with single spaces."""
    return _SPACE.sub(" ", without_tags(text)).strip()


def words(text: str) -> str:
    """The words without signs and capitals, between spaces: what tells whether one passage was a part of another."""
    return f" {' '.join(_WORD.findall(plain(text).casefold()))} "


def sentences(text: str) -> list[str]:
    """The sentences of a segment as localize stores it. None is cut within a tag, so that each can stand by itself."""
    sentences, begin, depth, end = [], 0, 0, 0
    for piece in _PIECE.split(text):
        start, end = end, end + len(piece)
        if _BREAK.fullmatch(piece):
            is_cut = depth == 0
        elif piece.startswith("<"):
            depth += -1 if piece.startswith("</") else 1
            continue
        else:
            is_cut = depth == 0 and piece.isspace() and _ends(text[begin:start]) and _begins(text[end:])
        if is_cut:
            sentences.append(text[begin:start])
            begin = end
    sentences.append(text[begin:])
    return [sentence.strip() for sentence in sentences if plain(sentence)]


def _ends(before: str) -> bool:
    text = plain(before)
    return bool(_END.search(text)) and not _ABBREVIATION.search(text)


def _begins(after: str) -> bool:
    return bool(_BEGIN.match(plain(after)))


def sentence_pairs(source: str, target: str) -> list[tuple[str, str]]:
    """Each sentence of a passage with its translation; nothing where one text has more sentences than the other."""
    ours, theirs = sentences(source), sentences(target)
    return list(zip(ours, theirs, strict=True)) if len(ours) == len(theirs) else []


def adapted(target: str, former: str, source: str) -> str:
    """A translation of `former` with the names that its links have in `source`; without them where they differ."""
    old, new = _LINK.findall(former), _LINK.findall(source)
    names = dict(zip(old, new, strict=False))
    if len(old) != len(new) or not names.keys() >= set(_LINK.findall(target)):
        return _LINK_TAGS.sub(r"\1", target)
    return _LINK.sub(lambda link: f'<a id="{names[link[1]]}">', target)
