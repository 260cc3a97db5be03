"""The places of backups: a folder, or a bucket of an S3 server. Each has one folder for each set.

A set is there once it has its manifest, which is written last.
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
_ABANDONED = 24 * 3600  # seconds after which a set without manifest belongs to no process any more


class Folder:
    """A set that is being written is a hidden folder, which is renamed in the end."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self) -> list[str]:
        """Of the complete sets, the oldest first."""
        found = [path.name for path in self.root.glob("*-*") if any((path / file).is_file() for file in MANIFESTS)]
        return sorted(name for name in found if SET.fullmatch(name))

    def files(self, name: str) -> list[str]:
        """Of a complete set."""
        return sorted(path.name for path in (self.root / name).iterdir())

    def open(self, name: str, file: str) -> IO[bytes]:
        """A file of a complete set. Raises FileNotFoundError."""
        return (self.root / name / file).open("rb")

    def create(self, name: str, file: str) -> IO[bytes]:
        """A file of a set that is being written."""
        folder = self._hidden(name)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return (folder / file).open("xb")

    def complete(self, name: str) -> None:
        """Makes visible a set whose files are all written."""
        folder = self._hidden(name)
        for path in (*folder.iterdir(), folder):
            _to_disk(path)
        folder.rename(self.root / name)
        _to_disk(self.root)

    def remove(self, name: str) -> None:
        """A set, complete or not; one that is removed in part is none."""
        with suppress(FileNotFoundError):
            (self.root / name).rename(self._hidden(name))
        shutil.rmtree(self._hidden(name), ignore_errors=True)

    def remove_abandoned(self) -> None:
        """What interrupted backups have left."""
        for path in self.root.glob(".*.partial"):
            if path.stat().st_mtime < time.time() - _ABANDONED:
                shutil.rmtree(path, ignore_errors=True)

    def _hidden(self, name: str) -> Path:
        return self.root / f".{name}.partial"


def _told[**P, R](ask: Callable[P, R]) -> Callable[P, R]:
    """A method that raises RecoveryError where the server refuses or does not answer."""

    @wraps(ask)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return ask(*args, **kwargs)
        except (Boto3Error, BotoCoreError, ClientError) as error:
            raise RecoveryError(f"The server of the bucket says: {error}") from error

    return answer


class Bucket:
    """The same on the server of AWS_ENDPOINT_URL, else Amazon's, with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."""

    def __init__(self, bucket: str, prefix: str) -> None:
        from storages.backends.s3 import S3Storage  # slow to import, and seldom needed

        self.storage: Any = S3Storage(bucket_name=bucket, location=prefix, file_overwrite=True, default_acl=None)

    @_told
    def names(self) -> list[str]:
        folders, _files = self.storage.listdir("")
        found = [name for name in folders if SET.fullmatch(name)]
        return sorted(name for name in found if any(self.storage.exists(f"{name}/{file}") for file in MANIFESTS))

    @_told
    def files(self, name: str) -> list[str]:
        return sorted(self.storage.listdir(name)[1])

    @_told
    def open(self, name: str, file: str) -> IO[bytes]:
        return self.storage.open(f"{name}/{file}", "rb")

    @_told
    def create(self, name: str, file: str) -> IO[bytes]:
        return self.storage.open(f"{name}/{file}", "wb")

    def complete(self, name: str) -> None:
        """It is, as it has its manifest."""

    @_told
    def remove(self, name: str) -> None:
        files = self.files(name)
        for file in sorted(files, key=lambda file: file not in MANIFESTS):  # the manifest first
            self.storage.delete(f"{name}/{file}")

    @_told
    def remove_abandoned(self) -> None:
        complete = set(self.names())
        for name in self.storage.listdir("")[0]:
            if SET.fullmatch(name) and name not in complete:
                times = [self.storage.get_modified_time(f"{name}/{file}").timestamp() for file in self.files(name)]
                if times and max(times) < time.time() - _ABANDONED:
                    self.remove(name)


Store = Folder | Bucket  # mypy fails where one lacks what is asked of both


def _to_disk(path: Path) -> None:
    """Returns once a file or folder is kept, whatever happens to the machine."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def store_at(address: str) -> Store:
    """That of a folder, or of `s3://bucket/prefix`. Raises RecoveryError."""
    if "://" not in address:
        return Folder(Path(address).absolute())
    bucket, _, prefix = address.removeprefix("s3://").partition("/")
    if not address.startswith("s3://") or not bucket:
        raise RecoveryError(f"{address} is no place of backups: a folder, or s3://bucket/prefix.")
    return Bucket(bucket, prefix.strip("/"))


def set_at(address: str) -> tuple[Store, str]:
    """The store and the name of a set. Raises RecoveryError where there is no complete one."""
    place, _, name = address.rstrip("/").rpartition("/")
    store = store_at(place or ("/" if address.startswith("/") else "."))
    if SET.fullmatch(name) and name in store.names():
        return store, name
    there = store_at(address).names()
    hint = f" It has these: {', '.join(there)}." if there else ""
    raise RecoveryError(f"{address} is not a complete backup.{hint}")
