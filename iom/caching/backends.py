"""Caches of Django that several processes share, for more entries than Django's and for servers that may be away."""

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
PAUSE = 5  # seconds for which a server that did not answer is not asked


class FolderCache(FileBasedCache):
    """Django's cache of files in many folders, with an atomic `add`.

    Django lists all files whenever it writes one, and deletes at random; here, one folder is listed, and what has
    expired is deleted first, then what is oldest.
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
        """A file stays otherwise until its folder is full."""
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
        """`set` has done it."""

    def _cull_folder(self, folder: Path) -> None:
        files = list(folder.glob(f"*{self.cache_suffix}"))
        room = self._max_entries / FOLDERS - len(files)
        if room > 0:
            return
        left = [file for file in files if not self._has_expired(file)]
        if len(left) == len(files):
            left.sort(key=_written)
            for file in left[: len(left) // self._cull_frequency + 1]:
                file.unlink(missing_ok=True)

    def _has_expired(self, file: Path) -> bool:
        """Deletes it if it has."""
        try:
            with file.open("rb") as opened:
                return bool(self._is_expired(opened))  # type: ignore[attr-defined]
        except FileNotFoundError:
            return True


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """No process adds an entry there meanwhile."""
    with (folder / "lock").open("a") as lock:
        locks.lock(lock, locks.LOCK_EX)  # released with the file
        yield


def _written(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0


class AvailableRedisCache(RedisCache):
    """Valkey or Redis, without which the site goes on as if nothing were kept."""

    _away_until: dict[str, float] = {}  # by server: each thread has its own cache

    def _ask[T](self, question: Callable[..., T], otherwise: T, *given: Any) -> T:
        server = str(self._servers[0])  # type: ignore[attr-defined]
        if self._away_until.get(server, 0) > time.monotonic():
            return otherwise
        try:
            return question(*given)
        except (RedisError, OSError) as error:
            self._away_until[server] = time.monotonic() + PAUSE
            logger.warning("The cache does not answer: %s", error)
            return otherwise

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask(super().get, default, key, default, version)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return self._ask(super().get_many, {}, keys, version)

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._ask(super().has_key, False, key, version)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._ask(super().set, None, key, value, timeout, version)

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[Any]:
        return self._ask(super().set_many, list(data), data, timeout, version)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._ask(super().add, True, key, value, timeout, version)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._ask(super().delete, False, key, version)

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._ask(super().delete_many, None, keys, version)
