"""The evaluation set: texts in all formats of the archive, each with its expected fields."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsroom.importing.readers import plain_text
from newsroom.importing.readers.passages import Document
from newsroom.importing.structure import parse_press_release
from newsroom.importing.word_counts import ReleaseWords, words
from newsroom.release import Heading, ListBlock, PressRelease

FOLDER = Path(__file__).parent / "texts"
FIELDS = ["title", "dateline", "paragraphs", "quotes", "attribution", "contacts", "others"]


@dataclass(frozen=True)
class Text:
    """A text of the set with its expected fields."""

    path: Path
    expected: dict[str, Any]

    @property
    def name(self) -> str:
        return self.path.stem

    def document(self) -> Document:
        return plain_text.read(self.path.read_bytes())

    def release(self) -> PressRelease:
        return parse_press_release(self.document())


def lost_words(source: str, release: PressRelease) -> list[str]:
    """Returns the words of the source that the release does not contain, sorted."""
    return sorted(ReleaseWords(release).missing_words(source).elements())


def texts() -> Iterator[Text]:
    for path in sorted(FOLDER.glob("*.txt")):
        yield Text(path, json.loads(path.with_suffix(".json").read_text()))


def _same(one: str, other: str) -> bool:
    return words(one) == words(other)


def mismatches(release: PressRelease, expected: dict[str, Any]) -> dict[str, str]:
    """Returns the fields that differ from the expected ones, with their parsed values."""
    found: dict[str, Any] = {}
    if not _same(release.title, expected["title"]):
        found["title"] = release.title
    day = release.date.isoformat() if release.date else None
    if (release.dateline.place, day) != (expected["place"], expected["date"]):
        found["dateline"] = (release.dateline.place, day)
    if len(release.paragraphs) != expected["paragraphs"]:
        found["paragraphs"] = [paragraph.text[:50] for paragraph in release.paragraphs]
    quotes = release.quotations
    if [words(quote.text) for quote in quotes] != [words(quote["text"]) for quote in expected["quotes"]]:
        found["quotes"] = [quote.text for quote in quotes]
    if [words(quote.attribution) for quote in quotes] != [words(quote["attribution"]) for quote in expected["quotes"]]:
        found["attribution"] = [quote.attribution for quote in quotes]
    contacts = [{"name": c.name, "office": c.office, "email": c.email, "phone": c.phone} for c in release.contacts]
    if contacts != expected["contacts"]:
        found["contacts"] = contacts
    if others := list(_others(release, expected)):
        found["others"] = others
    return found


def _others(release: PressRelease, expected: dict[str, Any]) -> Iterator[str]:
    """Yields the differences of locale, kind, scope, picture, lists, headings and left-out texts."""
    picture = release.picture
    found = {
        "locale": release.locale,
        "kind": release.kind,
        "scope": release.scope,
        "caption": picture.caption if picture else "",
        "credit": picture.credit if picture else "",
        "headings": sum(isinstance(block, Heading) for block in release.blocks),
        "lists": [len(block.items) for block in release.blocks if isinstance(block, ListBlock)],
    }
    for name, value in found.items():
        if value != expected.get(name, type(value)()):
            yield f"{name}: {value!r}"
    left = "\n".join(one.text for one in release.left_out)
    yield from (f"not left out: {text}" for text in expected.get("left_out", []) if text not in left)
    if expected.get("proposal") and not (release.proposal and release.proposal.reason):
        yield "no proposal"
    changed = [quote.name_changed for quote in release.quotations]
    if any(
        quote.get("name_changed", False) != is_changed
        for quote, is_changed in zip(expected["quotes"], changed, strict=False)
    ):
        yield f"name changed: {changed}"
