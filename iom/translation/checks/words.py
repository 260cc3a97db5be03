"""What differs by language (`languages/<code>.toml`), and a text as words."""

import re
import tomllib
from collections.abc import ItemsView
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from babel.numbers import get_decimal_symbol, get_group_symbol

from iom import languages
from iom.characters import without_accents

_FOLDER = Path(__file__).parent / "languages"
WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?(?<!\.)", re.UNICODE)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\s»”]*\s+(?=[«“A-ZÀ-ÖØ-Þ0-9])")
ADDRESS = re.compile(r"https?://[^\s<>«»]+|www\.[^\s<>«»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"


def fold(word: str) -> str:
    """Without accents, in lower case, with one kind of apostrophe."""
    return without_accents(word.replace("’", "'").casefold())


def words(text: str) -> list[str]:
    return WORD.findall(text)


def sentences(text: str) -> list[str]:
    return [one.strip() for line in text.split("\n") for one in _SENTENCE_END.split(line) if one.strip()]


class Language:
    """The file of a language, empty for one that has none; and how the language writes numbers."""

    def __init__(self, code: str) -> None:
        path = _FOLDER / f"{code.partition('-')[0]}.toml"
        self.code = code
        self.table: dict[str, Any] = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
        said = self.table.get("words", {})
        self.units, self.scales, self.ordinals = map(self._numbers, ("units", "scales", "ordinals"))
        # Words that may stand for numbers of the other language, in the singular and the plural
        singular = {word: frozenset(map(Decimal, map(str, given))) for word, given in self._items("loose")}
        self.loose = {f"{word}s": given for word, given in singular.items()} | singular
        self.function_words: frozenset[str] = frozenset(said.get("function", ()))
        # Words of names that are translated, folded
        self.titles = frozenset(map(fold, said.get("titles", ())))
        self.demonyms = {key: list(map(fold, given.split())) for key, given in self._items("demonyms")}
        self.demonym_ends = tuple(said.get("demonym_ends", ()))
        # Words that a sentence may begin with, days, months and numbers, folded
        dated = [*self.table.get("months", ()), *self.table.get("weekdays", ())]
        inhabitants = [word for given in self.demonyms.values() for word in given]
        self.common = frozenset(map(fold, (*self.function_words, *dated, *self.units, *inhabitants)))
        # Names of places, by a key that is the same in all languages
        self.names: dict[str, str] = dict(self._items("names"))
        # How many letters it takes for the same, English being 1
        self.length = float(self.table.get("length", 1.0))
        self.decimal = get_decimal_symbol(languages.cldr(code))
        # What separates thousands, as a class of a regular expression
        symbol = get_group_symbol(languages.cldr(code))
        self.group = "[ \u00a0\u202f\u2009]" if symbol.isspace() else rf"[{re.escape(symbol)}\u00a0\u202f\u2009]"

    def _items(self, name: str) -> ItemsView[str, Any]:
        table: dict[str, Any] = self.table.get(name, {})
        return table.items()

    def _numbers(self, name: str) -> dict[str, Decimal]:
        return {word: Decimal(value) for word, value in self._items(name)}


@cache
def language_of(code: str) -> Language:
    return Language(code)
