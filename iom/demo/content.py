"""Reads the demonstration's texts: TOML files with both languages side by side (iom/demo/content/)."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from newsroom.dates import noon

FOLDER = Path(__file__).parent / "content"
LANGUAGES = ("fr", "en")
Table = dict[str, Any]  # as TOML has it
# Names of this space make the keys of pages and blocks, so that a second run finds what the first has made.
_NAMESPACE = UUID("5b3a4f0e-8f5b-4c57-9d0a-3a1f6f0d2c11")


def identity(name: str) -> UUID:
    """The same UUID for the same name, on every machine."""
    return uuid5(_NAMESPACE, name)


def records(kind: str) -> list[Table]:
    """The tables of `<kind>s.toml`: offices, contacts, topics, country texts, pictures, documents, accounts."""
    return tomllib.loads((FOLDER / f"{kind}s.toml").read_text())[kind]


def pages() -> Iterator[Table]:
    """The pages of the tree, each after the one above it."""
    for file in sorted((FOLDER / "pages").glob("*.toml")):
        yield from tomllib.loads(file.read_text())["page"]


def articles() -> list[Table]:
    """The articles as they are written, in the order of their files; iom.demo.fiction adds what each says first."""
    return [tomllib.loads(file.read_text()) for file in sorted((FOLDER / "articles").glob("*.toml"))]


def moment(value: date | datetime) -> datetime:
    """A moment as it is; for a day, its noon in Zurich."""
    return value if isinstance(value, datetime) else noon(value)
