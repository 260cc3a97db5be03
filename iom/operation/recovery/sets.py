"""A backup: its files, and the manifest that says what they are. With a key, all are encrypted.

The manifest has the size and the SHA-256 of each file as it is stored, and a SHA-256 of its own.
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
from iom.operation.recovery.sealing import Opener, Sealer
from iom.operation.recovery.stores import Store

FORMAT = 1  # of the manifest and of all that it describes
MANIFEST = "manifest.json"
SEALED = ".aes"
_BLOCK = 1024**2
_MOMENT = "%Y%m%dT%H%M%S.%fZ"  # two backups of one second have an order, too

Manifest = dict[str, Any]


class Counted:
    """A stream, with the size and the SHA-256 of what has gone through it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.size, self.digest = stream, 0, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self._count(data)
        return self.stream.write(data)

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self._count(data)
        return data

    def _count(self, data: bytes) -> None:
        self.digest.update(data)
        self.size += len(data)

    def facts(self) -> dict[str, Any]:
        return {"size": self.size, "sha256": self.digest.hexdigest()}


@dataclass
class NewSet:
    """One that is being written."""

    store: Store
    key: str
    started: datetime = field(default_factory=timezone.now)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.name = f"{self.started.astimezone(UTC):{_MOMENT}}-{secrets.token_hex(4)}"

    @contextmanager
    def file(self, name: str) -> Iterator[IO[bytes]]:
        """A file to write."""
        with closing(self.store.create(self.name, stored_name(name, self.key))) as stored:
            counted: Any = Counted(stored)
            if self.key:
                sealer: Any = Sealer(counted, self.key, name)
                yield sealer
                sealer.finish()
            else:
                yield counted
        self.files[name] = counted.facts()

    def finish(self, facts: Manifest) -> Manifest:
        """Writes the manifest, and makes the set visible."""
        times = {"started": self.started.isoformat(), "ended": timezone.now().isoformat()}
        manifest = {"format": FORMAT, **facts, **times, "files": dict(self.files)}
        with self.file(MANIFEST) as file:
            file.write(json.dumps(manifest | {"sha256": _digest(manifest)}, indent=1).encode())
        self.store.complete(self.name)
        return manifest


def stored_name(name: str, key: str) -> str:
    return name + (SEALED if key else "")


def _digest(manifest: Manifest) -> str:
    return hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()


def moment_of(name: str) -> datetime:
    """When the set was begun."""
    return datetime.strptime(name.partition("-")[0], _MOMENT).replace(tzinfo=UTC)


def manifest_of(store: Store, name: str, key: str) -> Manifest:
    """Raises RecoveryError where it cannot be read, or is not as it was written."""
    if stored_name(MANIFEST, key) not in store.files(name):
        told = "is not encrypted: unset BACKUP_KEY to read it" if key else "is encrypted: set BACKUP_KEY"
        raise RecoveryError(f"{name} {told}.")
    try:
        with reading(store, name, MANIFEST, key) as file:
            manifest: Manifest = json.loads(file.read())
        if manifest.pop("sha256") != _digest(manifest):
            raise ValueError
    except (ValueError, KeyError, AttributeError) as error:
        raise RecoveryError(f"The manifest of {name} was changed.") from error
    if manifest["format"] != FORMAT:
        raise RecoveryError(f"{name} has the format {manifest['format']}: a later version of the site reads it.")
    return manifest


@contextmanager
def reading(store: Store, name: str, file: str, key: str) -> Iterator[IO[bytes]]:
    """A file of a set, decrypted where there is a key."""
    with store.open(name, stored_name(file, key)) as stored:
        yield io.BufferedReader(Opener(stored, key, file)) if key else stored


def verify(store: Store, name: str, key: str) -> Manifest:
    """Reads all of a set. Raises RecoveryError where a byte has changed, a file is missing, or the key is another."""
    manifest = manifest_of(store, name, key)
    for file, facts in manifest["files"].items():
        try:
            with store.open(name, stored_name(file, key)) as stored:
                counted: Any = Counted(stored)
                opened = Opener(counted, key, file) if key else counted
                while opened.read(_BLOCK):
                    pass
        except FileNotFoundError as error:
            raise RecoveryError(f"{file} of {name} is missing.") from error
        if counted.facts() != facts:
            raise RecoveryError(f"{file} of {name} was changed: its size or SHA-256 is not that of the manifest.")
    return manifest


def expired(names: list[str], keep: int | None, days: int | None, now: datetime) -> list[str]:
    """The sets that may be deleted: neither among the `keep` newest nor younger than `days`, and not the newest."""
    if keep is None and days is None:
        return []
    before = now - timedelta(days=days or 0)
    return [name for name in sorted(names, reverse=True)[max(keep or 0, 1) :] if moment_of(name) < before]
