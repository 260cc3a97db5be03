"""Cache backends that several processes share: files in many folders, and a Redis server that may be down."""

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache
from django.core.files import locks
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

FOLDERS = 256
PAUSE = 5  # seconds without requests to a server that did not respond


class FolderCache(FileBasedCache):
    """Django's file-based cache, with many folders and an atomic `add`.

    Django lists all files at each write and deletes random ones. This backend lists one folder, and deletes expired
    files first, then the oldest.
    """

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        folder = Path(self._key_to_file(key, version)).parent
        folder.mkdir(parents=True, exist_ok=True)
        self._cull_folder(folder)
        super().set(key, value, timeout, version)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        folder = Path(self._key_to_file(key, version)).parent
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            return super().add(key, value, timeout, version)

    def delete_expired(self) -> None:
        """Deletes expired files, which otherwise stay until their folder is full."""
        for folder in Path(self._dir).glob("*/"):  # type: ignore[attr-defined]
            with _locked(folder):
                for file in folder.glob(f"*{self.cache_suffix}"):
                    self._has_expired(file)

    def _key_to_file(self, key: Any, version: int | None = None) -> str:
        folder, name = os.path.split(super()._key_to_file(key, version))  # type: ignore[misc]
        return os.path.join(folder, name[:2], name)

    def _list_cache_files(self) -> list[str]:
        return [str(file) for file in Path(self._dir).glob(f"*/*{self.cache_suffix}")]  # type: ignore[attr-defined]

    def _cull(self) -> None:
        """Does nothing: `set` has culled the folder."""

    def _cull_folder(self, folder: Path) -> None:
        files = list(folder.glob(f"*{self.cache_suffix}"))
        room = self._max_entries / FOLDERS - len(files)
        if room > 0:
            return
        left = [file for file in files if not self._has_expired(file)]
        if len(left) == len(files):
            left.sort(key=_modified_at)
            for file in left[: len(left) // self._cull_frequency + 1]:
                file.unlink(missing_ok=True)

    def _has_expired(self, file: Path) -> bool:
        """Whether the file has expired. If so, deletes it."""
        try:
            with file.open("rb") as opened:
                return bool(self._is_expired(opened))  # type: ignore[attr-defined]
        except FileNotFoundError:
            return True


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keeps other processes from adding entries to the folder during the block."""
    with (folder / "lock").open("a") as lock:
        locks.lock(lock, locks.LOCK_EX)  # released when the file is closed
        yield


def _modified_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0


class AvailableRedisCache(RedisCache):
    """Valkey or Redis. While the server is down, the site works as with an empty cache."""

    _away_until: dict[str, float] = {}  # by server, since each thread has its own instance

    def _try[T](self, operation: Callable[..., T], default_result: T, *arguments: Any) -> T:
        server = str(self._servers[0])  # type: ignore[attr-defined]
        if self._away_until.get(server, 0) > time.monotonic():
            return default_result
        try:
            return operation(*arguments)
        except (RedisError, OSError) as error:
            self._away_until[server] = time.monotonic() + PAUSE
            logger.warning("The cache does not answer: %s", error)
            return default_result

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._try(super().get, default, key, default, version)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return self._try(super().get_many, {}, keys, version)

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._try(super().has_key, False, key, version)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._try(super().set, None, key, value, timeout, version)

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[Any]:
        return self._try(super().set_many, list(data), data, timeout, version)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._try(super().add, True, key, value, timeout, version)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._try(super().delete, False, key, version)

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._try(super().delete_many, None, keys, version)
