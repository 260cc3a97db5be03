"""The stores of cached pages: the memory of each process, and the cache that all processes share."""

import hashlib
import logging
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.cache import BaseCache

from iom.caching.stored_page import StoredPage
from iom.caching.version import Number, Version

MAX_BYTES = 32 * 1024 * 1024
TIMEOUT = 7 * 24 * 3600  # seconds until a page that nobody requests is dropped
CLAIM_TIMEOUT = 10  # seconds until another process may render the page

# Suffixes of the files that affect pages
_SUFFIXES = {".py", ".html", ".xml", ".txt", ".mo", ".toml", ".json", ".css", ".js", ".svg"}

logger = logging.getLogger(__name__)


def code_digest() -> str:
    """Returns a digest of the code, templates, catalogues, static files, requirements and the settings of pages.

    Pages that one version of the code has rendered are not served by another.
    """
    found = hashlib.sha256(f"{sys.version} {settings.SITE_URL} {settings.LANGUAGES} {settings.DEBUG}".encode())
    folders = ["iom", "home", "aboutus", "newsroom", "search", "templates", "static"]
    files = [
        file for folder in folders for file in (settings.BASE_DIR / folder).rglob("*") if file.suffix in _SUFFIXES
    ]
    manifest = Path(settings.STATIC_ROOT).glob("staticfiles.json")
    for file in sorted([*files, settings.BASE_DIR / "requirements.txt", *manifest]):
        found.update(file.read_bytes())
    return found.hexdigest()[:16]


class MemoryStore:
    """The most recently requested pages, in the memory of this process."""

    def __init__(self, size: int = MAX_BYTES) -> None:
        self._room = size
        self._pages: OrderedDict[str, StoredPage] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, address: str) -> StoredPage | None:
        page = self._pages.get(address)
        with suppress(KeyError):  # missing, or just removed by another thread
            self._pages.move_to_end(address)
        return page

    def put(self, address: str, page: StoredPage) -> None:
        with self._lock:
            before = self._pages.pop(address, None)
            self._room += before.size if before else 0
            self._room -= page.size
            self._pages[address] = page
            while self._room < 0 and self._pages:
                self._room += self._pages.popitem(last=False)[1].size


class SharedStore:
    """The pages that all processes share, in a Django cache. Without it each process renders its own.

    `code_digest` separates the pages of other versions of the code.
    """

    def __init__(self, cache: BaseCache, code_digest: str) -> None:
        self._cache, self._code_digest = cache, code_digest

    def get(self, address: str) -> StoredPage | None:
        found = self._try(lambda: self._cache.get(self._key(address)), None)
        return StoredPage(Version(Number(*found[0]), found[1]), *found[2:]) if found else None

    def put(self, address: str, page: StoredPage) -> None:
        number, until = page.version
        stored = (tuple(number), until, page.headers, page.body, page.digest, page.query_digests, page.status)
        self._try(lambda: self._cache.set(self._key(address), stored, timeout=TIMEOUT), None)

    def claim(self, address: str, version: Version) -> bool:
        """Claims the rendering of the page for this version. Returns False if another process has the claim."""
        key = self._key(address, version)
        return self._try(lambda: self._cache.add(key, 1, timeout=CLAIM_TIMEOUT), True)

    def release_claim(self, address: str, version: Version) -> None:
        self._try(lambda: self._cache.delete(self._key(address, version)), False)

    def _try[T](self, operation: Callable[[], T], default: T) -> T:
        try:
            return operation()
        except OSError as error:  # the disk is full, or the folder is read-only
            logger.warning("The shared cache of pages does not work: %s", error)
            return default

    def _key(self, address: str, version: Version | None = None) -> str:
        return hashlib.sha256(f"{self._code_digest}\n{address}\n{version or ''}".encode()).hexdigest()
