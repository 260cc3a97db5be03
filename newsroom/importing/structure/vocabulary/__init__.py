"""The words by which the parts of a text are recognized: a TOML file for each language, and a file of places."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from iom.languages import fold

_FOLDER = Path(__file__).parent
BY_LANGUAGE = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in sorted(_FOLDER.glob("*.toml"))}
_NOT_LETTERS = re.compile(r"[\s'’\-‑.]+")


@lru_cache(8192)
def key(name: str) -> str:
    """Returns a name normalized for comparison: `Port-au-Prince` and `port au prince` are equal."""
    return _NOT_LETTERS.sub(" ", fold(name.replace("’", "'"))).strip()


def words(name: str) -> frozenset[str]:
    """Returns a list of words, merged for all languages."""
    return frozenset(word for language in BY_LANGUAGE.values() for word in language.get(name, "").split())


def pattern(name: str) -> str:
    """Returns the alternatives of a regular expression, for all languages. Line breaks are removed."""
    return "|".join(language[name].replace("\n", "") for language in BY_LANGUAGE.values() if name in language)


def keys(name: str) -> frozenset[str]:
    """Returns the keys of a list of labels, for all languages."""
    return frozenset(key(label) for language in BY_LANGUAGE.values() for label in language.get(name, ()))


def values(name: str) -> dict[str, str]:
    """Returns a table of labels: the value of each label by its key."""
    tables = (language[name] for language in BY_LANGUAGE.values())
    return {key(label): value for table in tables for value, labels in table.items() for label in labels}


def numbers(name: str, start: int) -> dict[str, int]:
    """Returns the numbers of the names of months or weekdays, counted from `start`."""
    lists = (enumerate(language[name], start) for language in BY_LANGUAGE.values())
    return {word: number for names in lists for number, forms in names for word in forms.split()}


def places() -> dict[str, str]:
    """Returns the country code of each place by its key; an empty string for a place in no country."""
    lines = (_FOLDER / "places.txt").read_text("utf-8").splitlines()
    rows = (line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))
    return {key(name): code.strip("-") for code, names in rows for name in names.split(", ")}
