"""The files of an import: finds them, parses each once, and dates a file by its neighbours in the archive."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from newsroom.importing import readers
from newsroom.importing.metadata import Metadata
from newsroom.importing.structure import parse_press_release
from newsroom.release import PressRelease

_MAX_DISTANCE = 20  # files, to a neighbour in the archive whose date counts
_MAX_KEPT_SIZE = 100_000  # bytes of a file that is kept in memory until it is imported


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yields the given files, and the supported files below the given folders in the order of their paths."""
    for path in paths:
        if path.is_dir():
            found = (file for file in path.rglob("*") if file.suffix.lower() in readers.READERS and file.is_file())
            yield from (file.resolve() for file in sorted(found))
        else:
            yield path.resolve()


def find_unsupported_files(paths: Iterable[Path]) -> list[Path]:
    """Returns the files below the folders that no reader supports, without hidden files."""
    found = (file for path in paths if path.is_dir() for file in path.rglob("*") if file.is_file())
    return sorted(file for file in found if file.suffix.lower() not in readers.READERS and file.name[0] != ".")


@dataclass
class Source:
    """A file, read and parsed on first access. Raises OSError or readers.Refused where this fails."""

    path: Path
    metadata: Metadata

    @cached_property
    def data(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def release(self) -> PressRelease:
        """The release, parsed without the dates of its neighbours."""
        return self.release_with_neighbours(None, None)

    def release_with_neighbours(self, before: datetime.date | None, after: datetime.date | None) -> PressRelease:
        """Returns the release, parsed with the dates of the files before and after it."""
        return parse_press_release(
            readers.read(self.path.name, self.data), self.metadata.locale or "auto", (before, after)
        )


class Archive:
    """The files of an import in their order, with their dates as far as known."""

    def __init__(self, paths: list[Path], metadata: Mapping[str, Metadata], locale: str) -> None:
        self.paths = paths
        self._metadata = metadata
        self._locale = locale
        self._dates: dict[int, datetime.date | None] = {}
        self._read_ahead: dict[int, Source] = {}  # read for their dates before they are imported

    def metadata(self, path: Path) -> Metadata:
        """Returns the manifest's metadata of a file, with the import's language where the manifest gives none."""
        metadata = self._metadata.get(str(path), Metadata(file=str(path)))
        return metadata if metadata.locale or self._locale == "auto" else replace(metadata, locale=self._locale)

    def source(self, position: int) -> Source:
        path = self.paths[position]
        return self._read_ahead.pop(position, None) or Source(path, self.metadata(path))

    def release(self, position: int, source: Source) -> PressRelease:
        """Returns the release of a source. Where the text has no date, its neighbours' dates help to propose one."""
        release = source.release
        self._dates[position] = source.metadata.date or release.date
        if self._dates[position] is None and (release.proposal is None or release.proposal.date is None):
            before, after = self._nearest_date(position, -1), self._nearest_date(position, 1)
            if before and after and before <= after:
                release = source.release_with_neighbours(before, after)
        return release

    def _nearest_date(self, position: int, step: int) -> datetime.date | None:
        """Returns the date of the nearest dated file of the same folder, in the direction of `step`."""
        for other in range(position + step, position + step * (_MAX_DISTANCE + 1), step):
            if not 0 <= other < len(self.paths) or self.paths[other].parent != self.paths[position].parent:
                return None
            if (date := self._get_date(other)) is not None:
                return date
        return None

    def _get_date(self, position: int) -> datetime.date | None:
        if position not in self._dates:
            self._dates[position] = self.metadata(self.paths[position]).date or self._read_date(position)
        return self._dates[position]

    def _read_date(self, position: int) -> datetime.date | None:
        """Returns the date in the text. A small source is kept until it is imported."""
        source = self.source(position)
        try:
            date = source.release.date
        except (OSError, readers.Refused):
            return None  # the file's own line in the report gives the reason
        if len(source.data) <= _MAX_KEPT_SIZE:
            self._read_ahead[position] = source
            if len(self._read_ahead) > _MAX_DISTANCE:
                del self._read_ahead[next(iter(self._read_ahead))]
        return date
