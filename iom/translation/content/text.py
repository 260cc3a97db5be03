"""Functions on the text of a passage as localize stores it (HTML): its words, its sentences and its links."""

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
_SENTENCE_END = re.compile(rf"[.!?…][\s{re.escape(_CLOSING)}]*$")
_SENTENCE_BEGIN = re.compile(r"\s*[«“‘\"(\[—–-]?\s*[A-ZÀ-ÖØ-Þ0-9]")
# In « M. Diallo », « U.S. forces » and « St. Louis » the full stop does not end a sentence
_ABBREVIATION = re.compile(r"(?:^|[\s(’'.-])(?:[A-Za-z]|MM|Mme|Mlle|Mr|Mrs|Ms|Dr|Pr|St|Ste|No|art|cf|vs|pp?)\.$")


def without_tags(text: str) -> str:
    """Returns the text without tags and entities. Line breaks are kept."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))


def plain_text(text: str) -> str:
    """Returns the text without tags and entities, with single spaces."""
    return _SPACE.sub(" ", without_tags(text)).strip()


def normalized_words(text: str) -> str:
    """Returns the words in lower case, without punctuation, with a space before and after each.

    A passage is a part of another one if its result is a substring of the other's.
    """
    return f" {' '.join(_WORD.findall(plain_text(text).casefold()))} "


def sentences(text: str) -> list[str]:
    """Splits a segment into sentences. No sentence is cut within a tag, so each is valid markup."""
    sentences, begin, depth, end = [], 0, 0, 0
    for piece in _PIECE.split(text):
        start, end = end, end + len(piece)
        if _BREAK.fullmatch(piece):
            is_cut = depth == 0
        elif piece.startswith("<"):
            depth += -1 if piece.startswith("</") else 1
            continue
        else:
            is_cut = (
                depth == 0 and piece.isspace() and _ends_sentence(text[begin:start]) and _begins_sentence(text[end:])
            )
        if is_cut:
            sentences.append(text[begin:start])
            begin = end
    sentences.append(text[begin:])
    return [sentence.strip() for sentence in sentences if plain_text(sentence)]


def _ends_sentence(before: str) -> bool:
    text = plain_text(before)
    return bool(_SENTENCE_END.search(text)) and not _ABBREVIATION.search(text)


def _begins_sentence(after: str) -> bool:
    return bool(_SENTENCE_BEGIN.match(plain_text(after)))


def sentence_pairs(source: str, target: str) -> list[tuple[str, str]]:
    """Returns each sentence of a passage with its translation, or [] if the numbers of sentences differ."""
    ours, theirs = sentences(source), sentences(target)
    return list(zip(ours, theirs, strict=True)) if len(ours) == len(theirs) else []


def adapt_links(target: str, former: str, source: str) -> str:
    """Returns the translation `target` of `former` as a translation of `source`: with the link names of `source`.

    The links are removed if both originals do not have the same number of links, or if `target` has other ones.
    """
    old, new = _LINK.findall(former), _LINK.findall(source)
    names = dict(zip(old, new, strict=False))
    if len(old) != len(new) or not names.keys() >= set(_LINK.findall(target)):
        return _LINK_TAGS.sub(r"\1", target)
    return _LINK.sub(lambda link: f'<a id="{names[link[1]]}">', target)
