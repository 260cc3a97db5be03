"""The words by which the parts of a text are recognized: data, with a file for each language, and one for places."""

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
    """A name as it is compared: `Port-au-Prince` and `port au prince` are the same."""
    return _NOT_LETTERS.sub(" ", fold(name.replace("’", "'"))).strip()


def words(name: str) -> frozenset[str]:
    """A list of words, those of all languages."""
    return frozenset(word for language in BY_LANGUAGE.values() for word in language.get(name, "").split())


def pattern(name: str) -> str:
    """Alternatives of a regular expression, those of all languages; line breaks do not count."""
    return "|".join(language[name].replace("\n", "") for language in BY_LANGUAGE.values() if name in language)


def keys(name: str) -> frozenset[str]:
    """A list of labels, those of all languages, by their keys."""
    return frozenset(key(label) for language in BY_LANGUAGE.values() for label in language.get(name, ()))


def values(name: str) -> dict[str, str]:
    """A table of labels: the value that each label stands for, by its key."""
    tables = (language[name] for language in BY_LANGUAGE.values())
    return {key(label): value for table in tables for value, labels in table.items() for label in labels}


def numbers(name: str, start: int) -> dict[str, int]:
    """The names of months or weekdays with their numbers."""
    lists = (enumerate(language[name], start) for language in BY_LANGUAGE.values())
    return {word: number for names in lists for number, forms in names for word in forms.split()}


def places() -> dict[str, str]:
    """Places by their keys, with the country of each; empty for what is of no country."""
    lines = (_FOLDER / "places.txt").read_text("utf-8").splitlines()
    rows = (line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))
    return {key(name): code.strip("-") for code, names in rows for name in names.split(", ")}
