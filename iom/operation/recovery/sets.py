"""Reads and writes a backup set: its files, and a manifest that describes them. With a key, all are encrypted.

The manifest has the size and the SHA-256 of each file as it is stored, and a SHA-256 of itself.
"""

import hashlib
import io
import json
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import IO, Any

from django.utils import timezone

from iom.operation.recovery import RecoveryError
from iom.operation.recovery.encryption import DecryptingReader, EncryptingWriter
from iom.operation.recovery.stores import Store

FORMAT = 1  # version of the manifest and of the files that it describes
MANIFEST = "manifest.json"
ENCRYPTED_SUFFIX = ".aes"
_BLOCK = 1024**2
_TIME_FORMAT = "%Y%m%dT%H%M%S.%fZ"  # microseconds put two backups of one second in order

Manifest = dict[str, Any]


class HashingStream:
    """Wraps a stream, and computes the size and the SHA-256 of what is read or written."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.size, self.digest = stream, 0, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self._update(data)
        return self.stream.write(data)

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self._update(data)
        return data

    def _update(self, data: bytes) -> None:
        self.digest.update(data)
        self.size += len(data)

    def facts(self) -> dict[str, Any]:
        return {"size": self.size, "sha256": self.digest.hexdigest()}


@dataclass
class NewSet:
    """A backup set that is being written."""

    store: Store
    key: str
    started: datetime = field(default_factory=timezone.now)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.name = f"{self.started.astimezone(UTC):{_TIME_FORMAT}}-{secrets.token_hex(4)}"

    @contextmanager
    def file(self, name: str) -> Iterator[IO[bytes]]:
        """Opens a new file of the set for writing."""
        with closing(self.store.create(self.name, stored_name(name, self.key))) as stored:
            stream: Any = HashingStream(stored)
            if self.key:
                writer: Any = EncryptingWriter(stream, self.key, name)
                yield writer
                writer.finish()
            else:
                yield stream
        self.files[name] = stream.facts()

    def finish(self, facts: Manifest) -> Manifest:
        """Writes the manifest, and makes the set complete."""
        times = {"started": self.started.isoformat(), "ended": timezone.now().isoformat()}
        manifest = {"format": FORMAT, **facts, **times, "files": dict(self.files)}
        with self.file(MANIFEST) as file:
            file.write(json.dumps(manifest | {"sha256": _digest(manifest)}, indent=1).encode())
        self.store.complete(self.name)
        return manifest


def stored_name(name: str, key: str) -> str:
    return name + (ENCRYPTED_SUFFIX if key else "")


def _digest(manifest: Manifest) -> str:
    return hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()


def start_time(name: str) -> datetime:
    """Returns when the backup was started, which its name says."""
    return datetime.strptime(name.partition("-")[0], _TIME_FORMAT).replace(tzinfo=UTC)


def read_manifest(store: Store, name: str, key: str) -> Manifest:
    """Returns the manifest of a set. Raises RecoveryError where it cannot be read or was changed."""
    if stored_name(MANIFEST, key) not in store.files(name):
        reason = "is not encrypted: unset BACKUP_KEY to read it" if key else "is encrypted: set BACKUP_KEY"
        raise RecoveryError(f"{name} {reason}.")
    try:
        with open_file(store, name, MANIFEST, key) as file:
            manifest: Manifest = json.loads(file.read())
        if manifest.pop("sha256") != _digest(manifest):
            raise ValueError
    except (ValueError, KeyError, AttributeError) as error:
        raise RecoveryError(f"The manifest of {name} was changed.") from error
    if manifest["format"] != FORMAT:
        raise RecoveryError(
            f"{name} has the format {manifest['format']}, which only a later version of the code reads."
        )
    return manifest


@contextmanager
def open_file(store: Store, name: str, file: str, key: str) -> Iterator[IO[bytes]]:
    """Opens a file of a set for reading, decrypted where there is a key."""
    with store.open(name, stored_name(file, key)) as stored:
        yield io.BufferedReader(DecryptingReader(stored, key, file)) if key else stored


def verify(store: Store, name: str, key: str) -> Manifest:
    """Reads all files of a set. Raises RecoveryError where one is missing or changed, or the key is wrong."""
    manifest = read_manifest(store, name, key)
    for file, facts in manifest["files"].items():
        try:
            with store.open(name, stored_name(file, key)) as stored:
                stream: Any = HashingStream(stored)
                reader = DecryptingReader(stream, key, file) if key else stream
                while reader.read(_BLOCK):
                    pass
        except FileNotFoundError as error:
            raise RecoveryError(f"{file} of {name} is missing.") from error
        if stream.facts() != facts:
            raise RecoveryError(f"{file} of {name} was changed: its size or SHA-256 is not that of the manifest.")
    return manifest


def expired_sets(names: list[str], keep: int | None, days: int | None, now: datetime) -> list[str]:
    """Returns the sets that are neither among the `keep` newest nor younger than `days`. The newest is always kept."""
    if keep is None and days is None:
        return []
    before = now - timedelta(days=days or 0)
    return [name for name in sorted(names, reverse=True)[max(keep or 0, 1) :] if start_time(name) < before]
