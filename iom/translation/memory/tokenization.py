"""Tokenizes passages for the memory: stems for comparison and full-text search, keys of texts, and hashed grams."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from wagtail.models import Locale

from iom import languages
from iom.translation.content.text import plain_text

_WORD = re.compile(r"[^\W_]+")
_MARK = re.compile(r"[\u0300-\u036f]")  # accents
_MAX_WORD_LENGTH = 40  # letters of a word that is compared
_SPACE = re.compile(r"\s+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def content_words(text: str, language: str) -> list[str]:
    """Returns the stems of the words of plain text, in their order, without stop words.

    A word is stemmed before its accents are removed, so that « déplacé » and « déplacée » have one stem.
    """
    lowered = unicodedata.normalize("NFKC", text.casefold()).replace("\u00ad", "")
    stop_words = _stop_words(language)
    return [_stem(word, language) for word in _WORD.findall(lowered) if word not in stop_words]


@lru_cache(maxsize=50_000)
def _stem(word: str, language: str) -> str:
    """Returns the stem in lower case, without accents and ligatures."""
    stem = languages.stem_of(word[:_MAX_WORD_LENGTH], language).casefold()
    return _MARK.sub("", unicodedata.normalize("NFKD", stem)).translate(_LIGATURES)


@cache
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(languages.convention("COMMON_WORDS", language).split())


def index_token(word: str, language: str) -> str:
    """Returns a stem as the full-text index contains it: with its language, because the index has both sides."""
    return f"{_WORD.findall(language)[0]}0{word}"


def index_tokens(text: str, language: str) -> str:
    """Returns the tokens of a passage (in localize's form) for the full-text index, separated by spaces."""
    return " ".join(index_token(word, language) for word in content_words(plain_text(text), language))


def language_pair(source: Locale, target: Locale) -> str:
    """Returns the name of a pair of languages, such as "fr>en"."""
    return f"{source.language_code}>{target.language_code}"


def text_key(text: str, pair: str) -> int:
    """Returns the key of a text in a pair of languages, a signed 64-bit hash.

    Texts that differ only in capitals, spaces, apostrophes or markup have the same key.
    """
    words = _SPACE.sub(" ", plain_text(text).replace("’", "'").casefold())
    return _hash(f"{pair}\0{words}")


def hash_grams(text: str, source: Locale, target: Locale) -> Iterator[tuple[int, int]]:
    """Yields the grams of a passage: for each word and each pair of neighbouring words, its hash and its length."""
    words, pair = content_words(plain_text(text), source.language_code), language_pair(source, target)
    for parts in (words, [f"{one} {other}" for one, other in pairwise(words)]):
        for part in dict.fromkeys(parts):
            yield _hash(f"{pair}\0{part}"), len(part)


def _hash(text: str) -> int:
    """Returns a signed 64-bit hash, which fits a BigIntegerField."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), signed=True)
