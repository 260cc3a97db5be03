"""What differs by language (`languages/<code>.toml`), and a text as words."""

import re
import tomllib
import unicodedata
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from babel.numbers import get_decimal_symbol, get_group_symbol

from iom import languages

_FOLDER = Path(__file__).parent / "languages"
WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?(?<!\.)", re.UNICODE)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\s»”]*\s+(?=[«“A-ZÀ-ÖØ-Þ0-9])")
ADDRESS = re.compile(r"https?://[^\s<>«»]+|www\.[^\s<>«»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"


def fold(word: str) -> str:
    """Without accents, in lower case, with one kind of apostrophe."""
    decomposed = unicodedata.normalize("NFKD", word.replace("’", "'").casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def words(text: str) -> list[str]:
    return WORD.findall(text)


def sentences(text: str) -> list[str]:
    return [one.strip() for line in text.split("\n") for one in _SENTENCE_END.split(line) if one.strip()]


class Language:
    """The file of a language; empty for one that has none."""

    def __init__(self, code: str) -> None:
        path = _FOLDER / f"{code.partition('-')[0]}.toml"
        self.code = code
        self.table: dict[str, Any] = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}

    def numbers(self, name: str) -> dict[str, Decimal]:
        return {word: Decimal(value) for word, value in self.table.get(name, {}).items()}

    @cached_property
    def units(self) -> dict[str, Decimal]:
        return self.numbers("units")

    @cached_property
    def scales(self) -> dict[str, Decimal]:
        return self.numbers("scales")

    @cached_property
    def ordinals(self) -> dict[str, Decimal]:
        return self.numbers("ordinals")

    @cached_property
    def loose(self) -> dict[str, frozenset[Decimal]]:
        """Words that may stand for numbers of the other language, in the singular and the plural."""
        table = self.table.get("loose", {})
        values = {word: frozenset(Decimal(str(one)) for one in given) for word, given in table.items()}
        return {f"{word}s": given for word, given in values.items()} | values

    @cached_property
    def function_words(self) -> frozenset[str]:
        return frozenset(self.table.get("words", {}).get("function", ()))

    @cached_property
    def titles(self) -> frozenset[str]:
        """Words of names that are translated, folded."""
        return frozenset(fold(word) for word in self.table.get("words", {}).get("titles", ()))

    @cached_property
    def common(self) -> frozenset[str]:
        """Words that a sentence may begin with, days, months and numbers, folded."""
        dated = [*self.table.get("months", ()), *self.table.get("weekdays", ())]
        demonyms = [word for given in self.demonyms.values() for word in given]
        return frozenset(fold(word) for word in (*self.function_words, *dated, *self.units, *demonyms))

    @cached_property
    def demonym_ends(self) -> tuple[str, ...]:
        return tuple(self.table.get("words", {}).get("demonym_ends", ()))

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of places, by a key that is the same in all languages."""
        return dict(self.table.get("names", {}))

    @cached_property
    def demonyms(self) -> dict[str, list[str]]:
        return {code: [fold(word) for word in given.split()] for code, given in self.table.get("demonyms", {}).items()}

    @cached_property
    def decimal(self) -> str:
        return get_decimal_symbol(languages.cldr(self.code))

    @cached_property
    def group(self) -> str:
        """What separates thousands, as a class of a regular expression."""
        symbol = get_group_symbol(languages.cldr(self.code))
        return "[ \u00a0\u202f\u2009]" if symbol.isspace() else rf"[{re.escape(symbol)}\u00a0\u202f\u2009]"

    @cached_property
    def length(self) -> float:
        """How many letters it takes for the same, English being 1."""
        return float(self.table.get("length", 1.0))


@cache
def language_of(code: str) -> Language:
    return Language(code)
