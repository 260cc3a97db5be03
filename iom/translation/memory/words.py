"""Words of a passage as the memory compares and searches them, and the keys of passages and of their rarest words."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from wagtail.models import Locale

from iom import languages
from iom.translation.content.text import plain

_WORD = re.compile(r"[^\W_]+")
_MARK = re.compile(r"[\u0300-\u036f]")  # accents
_LONGEST = 40  # letters of a word that is compared
_SPACE = re.compile(r"\s+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def folded(text: str) -> str:
    """In lower case, without accents."""
    return _MARK.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(_LIGATURES)


def content_words(text: str, language: str) -> list[str]:
    """The stems of the words of plain text, in their order, without the commonest ones of the language.

    A word is stemmed before its accents are removed: « déplacé » and « déplacée » are one word.
    """
    lowered = unicodedata.normalize("NFKC", text.casefold()).replace("\u00ad", "")
    common = _common_words(language)
    return [_stem(word, language) for word in _WORD.findall(lowered) if word not in common]


@lru_cache(maxsize=50_000)
def _stem(word: str, language: str) -> str:
    return folded(languages.stem_of(word[:_LONGEST], language))


@cache
def _common_words(language: str) -> frozenset[str]:
    return frozenset(languages.convention("COMMON_WORDS", language).split())


def token(word: str, language: str) -> str:
    """A word as the full-text index has it: whatever side it stands on, its language belongs to it."""
    return f"{_WORD.findall(language)[0]}0{word}"


def tokens(text: str, language: str) -> str:
    """What the full-text index has of a passage as localize stores it."""
    return " ".join(token(word, language) for word in content_words(plain(text), language))


def pair_of(source: Locale, target: Locale) -> str:
    """The name of a pair of languages."""
    return f"{source.language_code}>{target.language_code}"


def key(text: str, pair: str) -> int:
    """The same for passages with the same words and signs, whatever their capitals, spaces and markup."""
    words = _SPACE.sub(" ", plain(text).replace("’", "'").casefold())
    return _hash(f"{pair}\0{words}")


def grams_of(text: str, source: Locale, target: Locale) -> Iterator[tuple[int, int]]:
    """Each word of a passage and each pair of neighbours: its hash, and its length in letters."""
    words, pair = content_words(plain(text), source.language_code), pair_of(source, target)
    for parts in (words, [f"{one} {other}" for one, other in pairwise(words)]):
        for part in dict.fromkeys(parts):
            yield _hash(f"{pair}\0{part}"), len(part)


def _hash(text: str) -> int:
    """64 bits, as the database stores them: with a sign."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), signed=True)
