"""Reads the texts of the demonstration: TOML files with both languages (iom/demo/content/)."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from newsroom.dates import noon

FOLDER = Path(__file__).parent / "content"
LANGUAGES = ("fr", "en")
Table = dict[str, Any]  # a table of TOML
# The namespace of the UUIDs of pages and blocks, by which a second run finds what the first created
_NAMESPACE = UUID("5b3a4f0e-8f5b-4c57-9d0a-3a1f6f0d2c11")


def stable_uuid(name: str) -> UUID:
    """Returns the same UUID for the same name, on every machine."""
    return uuid5(_NAMESPACE, name)


def read_records(kind: str) -> list[Table]:
    """Returns the tables of `<kind>s.toml`: offices, contacts, topics, country texts, images, documents, socials."""
    return tomllib.loads((FOLDER / f"{kind}s.toml").read_text())[kind]


def read_pages() -> Iterator[Table]:
    """Yields the pages of the tree, each after its parent."""
    for file in sorted((FOLDER / "pages").glob("*.toml")):
        yield from tomllib.loads(file.read_text())["page"]


def read_articles() -> list[Table]:
    """Returns the articles without their notices (`iom.demo.notices`), in the order of their files."""
    return [tomllib.loads(file.read_text()) for file in sorted((FOLDER / "articles").glob("*.toml"))]


def to_datetime(value: date | datetime) -> datetime:
    """Returns a datetime unchanged; for a date, its noon in Zurich."""
    return value if isinstance(value, datetime) else noon(value)
