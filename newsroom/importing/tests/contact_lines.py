"""Contact lines in many formats, each with the expected contacts; an ambiguous line has none."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsroom.importing.readers import plain_text
from newsroom.importing.structure import parse_press_release
from newsroom.release import PressRelease

FILE = Path(__file__).with_suffix(".json")
ABOVE = {
    "fr": "Un pont relie les deux rives\n\nGenève – Le pont a été ouvert hier aux habitants de la vallée.\n\n",
    "en": "A bridge joins both banks\n\nGeneva – The bridge was opened yesterday to the people of the valley.\n\n",
}
RIGHT, SILENT, WRONG = "right", "silent", "wrong"  # silent: an unambiguous line from which no contact was parsed


def lines() -> Iterator[dict[str, Any]]:
    """Yields the contact lines: `locale`, `lines` and the expected `contacts`, none for an ambiguous line."""
    yield from json.loads(FILE.read_text())


def release(line: dict[str, Any]) -> PressRelease:
    """Returns the parsed release of a text that ends with the line."""
    return parse_press_release(plain_text.read_text(ABOVE[line["locale"]] + "\n".join(line["lines"]) + "\n"))


def result(line: dict[str, Any], release: PressRelease) -> str:
    found = [{"name": c.name, "office": c.office, "email": c.email, "phone": c.phone} for c in release.contacts]
    if found == line["contacts"]:
        return RIGHT
    return SILENT if all(one in line["contacts"] for one in found) else WRONG


def results() -> Counter[str]:
    return Counter(result(line, release(line)) for line in lines())
