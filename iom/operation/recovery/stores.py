"""The stores of backups: a folder, or a bucket of an S3 server. Each has a folder for each set.

A set is complete once it has its manifest, which is written last.
"""

import os
import re
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import IO, Any

from iom.operation.recovery import RecoveryError

SET = re.compile(r"\d{8}T\d{6}\.\d{6}Z-[0-9a-f]{8}")
MANIFESTS = ("manifest.json", "manifest.json.aes")
_ABANDONED_AFTER = 24 * 3600  # seconds; no process is still writing a set without manifest after that


class Folder:
    """A local folder. A set that is being written is a hidden folder, which is renamed when it is complete."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self) -> list[str]:
        """Returns the names of the complete sets, the oldest first."""
        found = [path.name for path in self.root.glob("*-*") if any((path / file).is_file() for file in MANIFESTS)]
        return sorted(name for name in found if SET.fullmatch(name))

    def files(self, name: str) -> list[str]:
        """Returns the names of the files of a complete set."""
        return sorted(path.name for path in (self.root / name).iterdir())

    def open(self, name: str, file: str) -> IO[bytes]:
        """Opens a file of a complete set for reading. Raises FileNotFoundError."""
        return (self.root / name / file).open("rb")

    def create(self, name: str, file: str) -> IO[bytes]:
        """Opens a new file of a set that is being written."""
        folder = self._hidden(name)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return (folder / file).open("xb")

    def complete(self, name: str) -> None:
        """Makes a set complete once all its files are written."""
        folder = self._hidden(name)
        for path in (*folder.iterdir(), folder):
            _sync_to_disk(path)
        folder.rename(self.root / name)
        _sync_to_disk(self.root)

    def remove(self, name: str) -> None:
        """Removes a set, complete or not. A set that is only partly removed does not count as complete."""
        with suppress(FileNotFoundError):
            (self.root / name).rename(self._hidden(name))
        shutil.rmtree(self._hidden(name), ignore_errors=True)

    def remove_abandoned(self) -> None:
        """Removes what interrupted backups have left."""
        for path in self.root.glob(".*.partial"):
            if path.stat().st_mtime < time.time() - _ABANDONED_AFTER:
                shutil.rmtree(path, ignore_errors=True)

    def _hidden(self, name: str) -> Path:
        return self.root / f".{name}.partial"


def _translate_errors[**P, R](method: Callable[P, R]) -> Callable[P, R]:
    """Decorates a method so that it raises RecoveryError where the server refuses or does not answer."""

    @wraps(method)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return method(*args, **kwargs)
        except (Boto3Error, BotoCoreError, ClientError) as error:
            raise RecoveryError(f"Error of the server of the bucket: {error}") from error

    return wrapper


class Bucket:
    """A bucket on the server of AWS_ENDPOINT_URL, else Amazon's, with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."""

    def __init__(self, bucket: str, prefix: str) -> None:
        from storages.backends.s3 import S3Storage  # slow to import, and seldom needed

        self.storage: Any = S3Storage(bucket_name=bucket, location=prefix, file_overwrite=True, default_acl=None)

    @_translate_errors
    def names(self) -> list[str]:
        folders, _files = self.storage.listdir("")
        found = [name for name in folders if SET.fullmatch(name)]
        return sorted(name for name in found if any(self.storage.exists(f"{name}/{file}") for file in MANIFESTS))

    @_translate_errors
    def files(self, name: str) -> list[str]:
        return sorted(self.storage.listdir(name)[1])

    @_translate_errors
    def open(self, name: str, file: str) -> IO[bytes]:
        return self.storage.open(f"{name}/{file}", "rb")

    @_translate_errors
    def create(self, name: str, file: str) -> IO[bytes]:
        return self.storage.open(f"{name}/{file}", "wb")

    def complete(self, name: str) -> None:
        """Nothing to do: the set has its manifest."""

    @_translate_errors
    def remove(self, name: str) -> None:
        files = self.files(name)
        # The manifest goes first, so that a set that is only partly removed does not count as complete.
        for file in sorted(files, key=lambda file: file not in MANIFESTS):
            self.storage.delete(f"{name}/{file}")

    @_translate_errors
    def remove_abandoned(self) -> None:
        complete = set(self.names())
        for name in self.storage.listdir("")[0]:
            if SET.fullmatch(name) and name not in complete:
                times = [self.storage.get_modified_time(f"{name}/{file}").timestamp() for file in self.files(name)]
                if times and max(times) < time.time() - _ABANDONED_AFTER:
                    self.remove(name)


Store = Folder | Bucket  # a union, so that mypy checks each call against both classes


def _sync_to_disk(path: Path) -> None:
    """Flushes a file or folder to the disk, so that it survives a crash of the machine."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def get_store(address: str) -> Store:
    """Returns the store of a folder or of `s3://bucket/prefix`. Raises RecoveryError for another address."""
    if "://" not in address:
        return Folder(Path(address).absolute())
    bucket, _, prefix = address.removeprefix("s3://").partition("/")
    if not address.startswith("s3://") or not bucket:
        raise RecoveryError(f"{address} is not a place of backups. Give a folder, or s3://bucket/prefix.")
    return Bucket(bucket, prefix.strip("/"))


def find_set(address: str) -> tuple[Store, str]:
    """Returns the store and the name of the set at an address. Raises RecoveryError without a complete set there."""
    place, _, name = address.rstrip("/").rpartition("/")
    store = get_store(place or ("/" if address.startswith("/") else "."))
    if SET.fullmatch(name) and name in store.names():
        return store, name
    names = get_store(address).names()
    hint = f" Its backups: {', '.join(names)}." if names else ""
    raise RecoveryError(f"{address} is not a complete backup.{hint}")
