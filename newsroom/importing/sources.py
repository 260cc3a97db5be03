"""The files of an import: the text of each, and the dates of the files beside it."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from newsroom.importing import readers
from newsroom.importing.metadata import Metadata
from newsroom.importing.structure import press_release
from newsroom.release import PressRelease

# How many files away a neighbour in the archive may be to tell the date.
_NEAR = 20
_SMALL = 100_000  # bytes of a file that is kept until its turn comes


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files themselves, and those of a folder and the folders in it, in the order of their names."""
    for path in paths:
        if path.is_dir():
            found = (file for file in path.rglob("*") if file.suffix.lower() in readers.READERS and file.is_file())
            yield from (file.resolve() for file in sorted(found))
        else:
            yield path.resolve()


def unread(paths: Iterable[Path]) -> list[Path]:
    """The files of the folders, and of those in them, that are of other kinds; hidden ones are nobody's."""
    found = (file for path in paths if path.is_dir() for file in path.rglob("*") if file.is_file())
    return sorted(file for file in found if file.suffix.lower() not in readers.READERS and file.name[0] != ".")


@dataclass
class Source:
    """A file, read when it is asked for. Raises OSError and readers.Refused where it cannot be."""

    path: Path
    metadata: Metadata

    @cached_property
    def data(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of its bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def printed(self) -> PressRelease:
        """The release without the dates of other files."""
        return self.release_between(None, None)

    def release_between(self, before: datetime.date | None, after: datetime.date | None) -> PressRelease:
        """The release, where the files beside it are of these dates."""
        return press_release(readers.read(self.path.name, self.data), self.metadata.locale or "auto", (before, after))


class Archive:
    """The files in their order, with the dates that are known of them."""

    def __init__(self, paths: list[Path], metadata: Mapping[str, Metadata], locale: str) -> None:
        self.paths = paths
        self._metadata = metadata
        self._locale = locale
        self._dates: dict[int, datetime.date | None] = {}
        self._ahead: dict[int, Source] = {}  # read for their dates before their turn

    def metadata(self, path: Path) -> Metadata:
        """The manifest's metadata of a file, else the language asked for."""
        metadata = self._metadata.get(str(path), Metadata(file=str(path)))
        return metadata if metadata.locale or self._locale == "auto" else replace(metadata, locale=self._locale)

    def source(self, place: int) -> Source:
        path = self.paths[place]
        return self._ahead.pop(place, None) or Source(path, self.metadata(path))

    def release(self, place: int, source: Source) -> PressRelease:
        """The release of a source; where it prints no date, one is proposed from its neighbours."""
        release = source.printed
        self._dates[place] = source.metadata.date or release.date
        if self._dates[place] is None and (release.proposal is None or release.proposal.date is None):
            before, after = self._near(place, -1), self._near(place, 1)
            if before and after and before <= after:
                release = source.release_between(before, after)
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
            self._dates[place] = self.metadata(self.paths[place]).date or self._printed(place)
        return self._dates[place]

    def _printed(self, place: int) -> datetime.date | None:
        """The date that the text prints. A small source is kept until its turn comes."""
        source = self.source(place)
        try:
            date = source.printed.date
        except (OSError, ValueError):
            return None  # its own line in the report says why
        if len(source.data) <= _SMALL:
            self._ahead[place] = source
            if len(self._ahead) > _NEAR:
                del self._ahead[next(iter(self._ahead))]
        return date
