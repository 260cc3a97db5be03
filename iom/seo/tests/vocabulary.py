"""Validates JSON-LD against the vocabulary of schema.org, a part of which is in `vocabulary.json`."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_VOCABULARY = json.loads(Path(__file__).with_suffix(".json").read_text())
_TYPES: dict[str, list[str]] = _VOCABULARY["types"]
_PROPERTIES: dict[str, dict[str, list[str]]] = _VOCABULARY["properties"]
_DATE = r"\d{4}-\d\d-\d\d"
_FORMS = {
    "Date": re.compile(_DATE),
    "DateTime": re.compile(rf"{_DATE}T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"),
    "URL": re.compile(r"https?://[^\s/]+/\S*"),
    "Text": re.compile(r".*\S.*", re.DOTALL),
}


def errors(thing: dict[str, Any], where: str = "") -> Iterator[str]:
    """Yields each unknown type or property, each property of another type, and each value of a wrong type."""
    if set(thing) == {"@id"}:
        if not _FORMS["URL"].fullmatch(thing["@id"]):
            yield f"{where}: {thing['@id']} is no address"
        return
    kind = thing.get("@type", "")
    if kind not in _TYPES:
        yield f"{where}: unknown type {kind!r}"
        return
    for name, value in thing.items():
        if not name.startswith("@"):
            yield from _errors_of(kind, name, value, f"{where}/{kind}.{name}")


def _errors_of(kind: str, name: str, value: Any, where: str) -> Iterator[str]:
    declared = _PROPERTIES.get(name)
    if declared is None or not _is_a(kind, declared["on"]):
        yield f"{where}: not a property of {kind}"
        return
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            if "@type" in one and not _is_a(one["@type"], declared["values"]):
                yield f"{where}: takes no {one['@type']}"
            yield from errors(one, where)
        elif not _is_data(one, declared["values"]):
            yield f"{where}: {one!r} is none of {declared['values']}"


def _is_a(kind: str, wanted: list[str]) -> bool:
    return kind in wanted or any(_is_a(above, wanted) for above in _TYPES.get(kind, []))


def _is_data(value: Any, wanted: list[str]) -> bool:
    if isinstance(value, bool):
        return "Boolean" in wanted
    if isinstance(value, int):
        return not {"Integer", "Number"}.isdisjoint(wanted)
    return isinstance(value, str) and any(_FORMS[name].fullmatch(value) for name in wanted if name in _FORMS)
