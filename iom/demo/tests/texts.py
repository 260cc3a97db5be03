"""The prose of the demonstration's files, by language."""

import re
import tomllib

from iom.demo import content

_LINK = re.compile(r"<[^>]*>")
# Values that no reader reads: addresses, codes, keys.
_NO_PROSE = {"slug", "key", "language", "url", "source_url", "image", "file"}


def _strings(value, place):
    if isinstance(value, str):
        yield place, _LINK.sub("", value)
    elif isinstance(value, dict):
        for name, below in value.items():
            if name not in _NO_PROSE:
                yield from _strings(below, f"{place}.{name}")
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from _strings(below, f"{place}[{number}]")


def _in_language(table, language, place):
    """What stands below a key `fr`."""
    if isinstance(table, list):
        for number, below in enumerate(table):
            yield from _in_language(below, language, f"{place}[{number}]")
    elif isinstance(table, dict):
        for name, value in table.items():
            here = f"{place}.{name}"
            if name == language:
                yield from _strings(value, here)
            else:
                yield from _in_language(value, language, here)


def prose(language):
    """Pairs of place and text, the words in Arabic script left out."""
    for file in sorted(content.FOLDER.rglob("*.toml")):
        for place, text in _in_language(tomllib.loads(file.read_text()), language, file.name):
            if text and not re.search("[\u0600-\u06ff]", text):
                yield place, text


def places_of(language, pattern):
    """Where the pattern is found, each with a few words around it."""
    found = []
    for place, text in prose(language):
        for match in re.finditer(pattern, text):
            found.append(f"{place}: …{text[max(0, match.start() - 20) : match.end() + 10]}…")
    return found
