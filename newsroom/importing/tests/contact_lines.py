"""Contact lines in many manners, each with whom an import may read in it: nobody where the line leaves a doubt."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsroom.importing.readers import capture
from newsroom.importing.structure import press_release
from newsroom.release import PressRelease

FILE = Path(__file__).with_suffix(".json")
ABOVE = {
    "fr": "Un pont relie les deux rives\n\nGenève – Le pont a été ouvert hier aux habitants de la vallée.\n\n",
    "en": "A bridge joins both banks\n\nGeneva – The bridge was opened yesterday to the people of the valley.\n\n",
}
RIGHT, SILENT, WRONG = "right", "silent", "wrong"  # silent: the line is clear, and nobody was read


def lines() -> Iterator[dict[str, Any]]:
    """Each with its `locale`, its `lines` and the `contacts` that a person reads in them; none where it is unclear."""
    yield from json.loads(FILE.read_text())


def release(line: dict[str, Any]) -> PressRelease:
    """A text that ends with the line."""
    return press_release(capture.read_text(ABOVE[line["locale"]] + "\n".join(line["lines"]) + "\n"))


def result(line: dict[str, Any], release: PressRelease) -> str:
    found = [{"name": c.name, "office": c.office, "email": c.email, "phone": c.phone} for c in release.contacts]
    if found == line["contacts"]:
        return RIGHT
    return SILENT if all(one in line["contacts"] for one in found) else WRONG


def results() -> Counter[str]:
    return Counter(result(line, release(line)) for line in lines())
