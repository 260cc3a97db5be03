"""Where pages are kept: in the memory of each process, and in the cache that all processes share."""

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

from iom.caching.stored import StoredPage
from iom.caching.version import Number, Version

BYTES = 32 * 1024 * 1024
KEPT_FOR = 7 * 24 * 3600  # seconds: what nobody asks for any more fills no server
LONGEST_RENDERING = 10  # seconds, after which another process may render the page

_KINDS = {".py", ".html", ".xml", ".txt", ".mo", ".toml", ".json", ".css", ".js", ".svg"}  # of files that make pages

logger = logging.getLogger(__name__)


def release() -> str:
    """A digest of the code, templates, catalogues and static files, the requirements and the settings of pages.

    It tells one release of the code from another: pages that one has made are not given by another.
    """
    found = hashlib.sha256(f"{sys.version} {settings.SITE_URL} {settings.LANGUAGES} {settings.DEBUG}".encode())
    folders = ["iom", "home", "aboutus", "newsroom", "search", "templates", "static"]
    files = [file for folder in folders for file in (settings.BASE_DIR / folder).rglob("*") if file.suffix in _KINDS]
    manifest = Path(settings.STATIC_ROOT).glob("staticfiles.json")
    for file in sorted([*files, settings.BASE_DIR / "requirements.txt", *manifest]):
        found.update(file.read_bytes())
    return found.hexdigest()[:16]


class Memory:
    """The pages that were asked for last."""

    def __init__(self, size: int = BYTES) -> None:
        self._room = size
        self._pages: OrderedDict[str, StoredPage] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, address: str) -> StoredPage | None:
        page = self._pages.get(address)
        with suppress(KeyError):  # it is not there, or another thread has just removed it
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


class Shared:
    """A cache of Django, without which pages are rendered by each process for itself.

    `release` keeps pages of other versions of the code apart.
    """

    def __init__(self, cache: BaseCache, release: str) -> None:
        self._cache, self._release = cache, release

    def get(self, address: str) -> StoredPage | None:
        found = self._ask(lambda: self._cache.get(self._key(address)), None)
        return StoredPage(Version(Number(*found[0]), found[1]), *found[2:]) if found else None

    def put(self, address: str, page: StoredPage) -> None:
        number, until = page.version
        stored = (tuple(number), until, page.headers, page.body, page.digest, page.evidence, page.status)
        self._ask(lambda: self._cache.set(self._key(address), stored, timeout=KEPT_FOR), None)

    def claim(self, address: str, version: Version) -> bool:
        """Whether nobody else is rendering the page for this version."""
        key = self._key(address, version)
        return self._ask(lambda: self._cache.add(key, 1, timeout=LONGEST_RENDERING), True)

    def unclaim(self, address: str, version: Version) -> None:
        self._ask(lambda: self._cache.delete(self._key(address, version)), False)

    def _ask[T](self, question: Callable[[], T], otherwise: T) -> T:
        try:
            return question()
        except OSError as error:  # a full disk, a folder that cannot be written
            logger.warning("Pages cannot be shared: %s", error)
            return otherwise

    def _key(self, address: str, version: Version | None = None) -> str:
        return hashlib.sha256(f"{self._release}\n{address}\n{version or ''}".encode()).hexdigest()
