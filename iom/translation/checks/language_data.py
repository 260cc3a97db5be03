"""The data of each language (`languages/<code>.toml`) for the checks, and functions that split a text into words."""

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
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\s»”]++(?<=\s)(?=[«“A-ZÀ-ÖØ-Þ0-9])")
ADDRESS = re.compile(r"https?://[^\s<>«»]+|www\.[^\s<>«»]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"


def fold(word: str) -> str:
    """Returns the word in lower case, without accents, with straight apostrophes."""
    return without_accents(word.replace("’", "'").casefold())


def words(text: str) -> list[str]:
    return WORD.findall(text)


def sentences(text: str) -> list[str]:
    return [one.strip() for line in text.split("\n") for one in _SENTENCE_END.split(line) if one.strip()]


class Language:
    """The data of a language from its file, empty if it has none, and its number format from CLDR."""

    def __init__(self, code: str) -> None:
        path = _FOLDER / f"{code.partition('-')[0]}.toml"
        self.code = code
        self.table: dict[str, Any] = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
        lists = self.table.get("words", {})
        self.units, self.scales, self.ordinals = map(self._numbers, ("units", "scales", "ordinals"))
        # Words that may correspond to numbers in the other language, in the singular and the plural
        singular = {word: frozenset(map(Decimal, map(str, values))) for word, values in self._items("loose")}
        self.loose = {f"{word}s": values for word, values in singular.items()} | singular
        self.function_words: frozenset[str] = frozenset(lists.get("function", ()))
        # Words in names that are translated, folded
        self.titles = frozenset(map(fold, lists.get("titles", ())))
        self.demonyms = {key: list(map(fold, value.split())) for key, value in self._items("demonyms")}
        self.demonym_ends = tuple(lists.get("demonym_ends", ()))
        # Words with a capital that are not names: function words, days, months, numbers and inhabitants, folded
        dated = [*self.table.get("months", ()), *self.table.get("weekdays", ())]
        inhabitants = [word for values in self.demonyms.values() for word in values]
        self.common = frozenset(map(fold, (*self.function_words, *dated, *self.units, *inhabitants)))
        # Names of places, by a key that is the same in all languages
        self.names: dict[str, str] = dict(self._items("names"))
        # The usual length of a text relative to English
        self.length = float(self.table.get("length", 1.0))
        self.decimal = get_decimal_symbol(languages.cldr(code))
        # The thousands separators, as a character class of a regular expression
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
