"""Makes `iom/seo/tests/vocabulary.json` from the vocabulary of schema.org (`make vocabulary`).

It is read from the npm package `schema-dts` (Apache 2.0), whose version and checksum are locked in `.ci/node`: the
types and properties of schema.org as TypeScript. The vocabulary itself is that of https://schema.org (CC BY-SA 3.0).
Only the types that the site uses, their supertypes and the properties of both are kept.
"""

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / ".ci/node/node_modules/schema-dts"
TARGET = ROOT / "iom/seo/tests/vocabulary.json"
USED = (
    "BreadcrumbList",
    "ContactPoint",
    "CorrectionComment",
    "Country",
    "GovernmentOrganization",
    "ImageObject",
    "ListItem",
    "NewsArticle",
    "Person",
    "WebPage",
)
DATA_TYPES = ("Boolean", "Date", "DateTime", "Integer", "Number", "Text", "URL")

_INTERFACE = re.compile(r"^(?:export )?interface (\w+?)(?:Base|Leaf) extends (.+?) \{$")
_PARENT = re.compile(r"\b([A-Z]\w+)Base\b")  # types of other vocabularies begin with a small letter
_PROPERTY = re.compile(r'^    "(\w+)"\?: SchemaValue<(.+), "\1">;$')


def parse_interfaces(source: str) -> tuple[dict[str, set[str]], dict[str, dict[str, set[str]]]]:
    """Returns the supertypes of each type, and the types of values of each of its properties."""
    above: dict[str, set[str]] = defaultdict(set)
    properties: dict[str, dict[str, set[str]]] = defaultdict(dict)
    current = ""
    for line in source.splitlines():
        if interface := _INTERFACE.match(line):
            current = interface[1]
            above[current] |= set(_PARENT.findall(interface[2])) - {current}
        elif found := _PROPERTY.match(line):
            properties[current][found[1]] = set(found[2].split(" | "))
    return above, properties


def build_vocabulary(source: str) -> dict[str, Any]:
    """Returns `types` with the supertypes of each, and `properties` with the types that have each, and its values'."""
    above, properties = parse_interfaces(source)
    kept = set[str]()
    waiting = list(USED)
    while waiting:
        kind = waiting.pop()
        kept.add(kind)
        waiting += above[kind] - kept
    known = kept | set(DATA_TYPES)
    by_name: dict[str, dict[str, set[str]]] = defaultdict(lambda: {"on": set(), "values": set()})
    for kind in kept:
        for name, values in properties[kind].items():
            by_name[name]["on"].add(kind)
            by_name[name]["values"] |= values & known
    return {
        "types": {kind: sorted(above[kind]) for kind in sorted(kept)},
        "properties": {
            name: {"on": sorted(by_name[name]["on"]), "values": sorted(by_name[name]["values"])}
            for name in sorted(by_name)
            if by_name[name]["values"]
        },
    }


def to_json(source: str, vocabulary: dict[str, Any]) -> str:
    """Returns the vocabulary as JSON with a line for each type and each property."""
    parts = [f'"source": {json.dumps(source)}']
    for part, rows in vocabulary.items():
        lines = ",\n".join(f'"{name}": {json.dumps(value)}' for name, value in rows.items())
        parts.append(f'"{part}": {{\n{lines}\n}}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> None:
    version = json.loads((PACKAGE / "package.json").read_text())["version"]
    source = f"schema.org (CC BY-SA 3.0), by schema-dts {version} (Apache-2.0); made by tools/vocabulary.py"
    TARGET.write_text(to_json(source, build_vocabulary((PACKAGE / "dist/schema.d.ts").read_text())))


if __name__ == "__main__":
    main()
