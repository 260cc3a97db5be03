"""The files of an import as texts: what each says, and the dates of those beside it."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from newsroom.importing import readers
from newsroom.importing.facts import Facts
from newsroom.importing.release import PressRelease
from newsroom.importing.structure import press_release

SUFFIXES = (".txt", ".html", ".docx")  # what a folder is read for
# A file's neighbours in the archive tell its date only from near.
_NEAR = 20
_SMALL = 100_000  # bytes of a file that is kept until its turn comes


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files themselves, and those of a folder and the folders in it, in the order of their names."""
    for path in paths:
        if path.is_dir():
            found = (file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
            yield from (file.resolve() for file in sorted(found))
        else:
            yield path.resolve()


class Text:
    """A file, read when it is asked for. Raises OSError and readers.Refused where it cannot be."""

    def __init__(self, path: Path, facts: Facts) -> None:
        self.path = path
        self.facts = facts

    @cached_property
    def data(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of its bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def printed(self) -> PressRelease:
        """What the text says by itself."""
        return self.release_between(None, None)

    def release_between(self, before: datetime.date | None, after: datetime.date | None) -> PressRelease:
        """What it says, read as lying between two dates."""
        return press_release(readers.read(self.path.name, self.data), self.facts.locale or "auto", (before, after))


class Archive:
    """The files in their order, with the dates that are known of them."""

    def __init__(self, paths: list[Path], facts: Mapping[str, Facts], locale: str) -> None:
        self.paths = paths
        self._facts = facts
        self._locale = locale
        self._dates: dict[int, datetime.date | None] = {}
        self._ahead: dict[int, Text] = {}  # read for their dates, and soon to be imported themselves

    def facts(self, path: Path) -> Facts:
        """What is known of a file beside its text: from the manifest, else the language asked for."""
        facts = self._facts.get(str(path), Facts(file=str(path)))
        return facts if facts.locale or self._locale == "auto" else replace(facts, locale=self._locale)

    def text(self, place: int) -> Text:
        path = self.paths[place]
        return self._ahead.pop(place, None) or Text(path, self.facts(path))

    def release(self, place: int, text: Text) -> PressRelease:
        """What the text says; where it tells no date, its neighbours help to propose one."""
        release = text.printed
        self._dates[place] = text.facts.date or release.date
        if self._dates[place] is None and (release.proposal is None or release.proposal.date is None):
            before, after = self._near(place, -1), self._near(place, 1)
            if before and after and before <= after:
                release = text.release_between(before, after)
        return release

    def _near(self, place: int, step: int) -> datetime.date | None:
        """The date of the nearest file of the same folder, in one direction."""
        for other in range(place + step, place + step * (_NEAR + 1), step):
            if not 0 <= other < len(self.paths) or self.paths[other].parent != self.paths[place].parent:
                return None
            if (date := self._date(other)) is not None:
                return date
        return None

    def _date(self, place: int) -> datetime.date | None:
        if place not in self._dates:
            self._dates[place] = self.facts(self.paths[place]).date or self._printed(place)
        return self._dates[place]

    def _printed(self, place: int) -> datetime.date | None:
        """The date that a text has in itself; the text is kept for when its turn comes."""
        text = self.text(place)
        try:
            date = text.printed.date
        except (OSError, ValueError):
            return None  # its own line says why
        if len(text.data) <= _SMALL:
            self._ahead[place] = text
            if len(self._ahead) > _NEAR:
                del self._ahead[next(iter(self._ahead))]
        return date
