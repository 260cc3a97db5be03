"""A WSGI application that answers anonymous readers with cached pages, before Django.

The header `X-Page-Cache` names the source of a response. `hit`: cached for the current content version; `revalidated`:
cached before a change that the page does not show; `miss`: rendered now and cached; `stale`: cached for an earlier
version, and served for less than a second or while the database is down; `pass`: not cached.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.conf import settings
from django.core.cache import caches

from iom.caching.addresses import Addresses
from iom.caching.marking import CACHEABLE_HEADER
from iom.caching.recording import record_queries
from iom.caching.replica import SETTLED_KEY
from iom.caching.revalidation import Revalidator, pack_digests
from iom.caching.stored_page import (
    CONTENT_HEADERS,
    NOT_MODIFIED,
    OK,
    Headers,
    StoredPage,
    choose_encoding,
    is_not_modified,
)
from iom.caching.stores import MemoryStore, SharedStore, code_digest
from iom.caching.version import VERSION_KEY, Version
from iom.caching.watch import WATCH_KEY, Watch, get_watch

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

MAX_WAIT = 1.0  # seconds, for a page that another process is rendering
POLL_INTERVAL = 0.02  # seconds between two look-ups while waiting
RETRY_AFTER = ("Retry-After", "30")  # seconds
TO_BROWSERS = "no-cache"  # a browser stores the page, and validates it at each visit
# An HTTP cache serves the page for a minute, unless it is purged earlier.
TO_HTTP_CACHES = f"{TO_BROWSERS}, s-maxage=60, stale-while-revalidate=5, stale-if-error=86400"

logger = logging.getLogger(__name__)


class PageCache:
    """The WSGI application in front of Django's. There is one in each process."""

    def __init__(
        self,
        application: Application,
        watch: Watch | None = None,
        on_shared_page: Callable[[Environ], None] | None = None,
    ) -> None:
        """`on_shared_page` is called with each request that is answered with a page that all visitors share."""
        self._application = application
        self._on_shared_page = on_shared_page
        self._addresses = Addresses()
        self._watch = watch or get_watch()
        self._memory = MemoryStore()
        self._revalidator = Revalidator()
        self._shared = SharedStore(caches["pages"], code_digest())
        self._cache_control = TO_HTTP_CACHES if settings.HTTP_CACHE_URL else TO_BROWSERS

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        address = self._addresses.for_request(environ)
        if address is None:
            return self._application(environ | {WATCH_KEY: self._watch}, start_response)
        version, _seen, is_away = self._watch.observe()
        page = self._find(address, version)
        if page and is_away:
            return self._respond(page, "stale", environ, start_response)
        if page and page.version == version:
            return self._respond(page, "hit", environ, start_response)
        if version is None:
            return self._render(address, None, page, environ, start_response)
        with self._claim(address, version) as is_ours:
            if not is_ours:
                if page and self._watch.is_in_grace(page.version):
                    return self._respond(page, "stale", environ, start_response)
                if found := self._wait_for(address, version):
                    return self._respond(found, "hit", environ, start_response)
            if page and self._revalidator.is_unchanged(page.query_digests, page.version, version):
                return self._respond(
                    self._store(address, page.with_version(version)), "revalidated", environ, start_response
                )
            return self._render(address, version, page, environ, start_response)

    def _store(self, address: str, page: StoredPage) -> StoredPage:
        self._memory.put(address, page)
        self._shared.put(address, page)
        return page

    def _find(self, address: str, version: Version | None) -> StoredPage | None:
        """Returns this process's copy, or the copy that all processes share if the former has another version."""
        page = self._memory.get(address)
        if (page is None or page.version != version) and (shared := self._shared.get(address)):
            self._memory.put(address, shared)
            return shared
        return page

    @contextmanager
    def _claim(self, address: str, version: Version) -> Iterator[bool]:
        """Yields whether this thread has the claim to render the page."""
        is_ours = self._shared.claim(address, version)
        try:
            yield is_ours
        finally:
            if is_ours:
                self._shared.release_claim(address, version)

    def _wait_for(self, address: str, version: Version) -> StoredPage | None:
        """Waits for the page that another process or thread renders; returns None after MAX_WAIT."""
        end = time.monotonic() + MAX_WAIT
        while time.monotonic() < end:
            time.sleep(POLL_INTERVAL)
            page = self._find(address, version)
            if page and page.version == version:
                return page
        return None

    def _render(
        self,
        address: str,
        version: Version | None,
        outdated: StoredPage | None,
        environ: Environ,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        """Returns Django's response, and caches it unless the content has changed since the rendering began."""
        began = time.monotonic()
        with record_queries() as recording:
            status, headers, text = self._call_django(environ, address, version)
        mark = next((value for name, value in headers if name == CACHEABLE_HEADER), "")
        headers = [(name, value) for name, value in headers if name != CACHEABLE_HEADER]
        if status.startswith("5") and self._watch.observe(newer_than=began).is_away:
            if outdated:
                return self._respond(outdated, "stale", environ, start_response)
            headers = [one for one in headers if one[0] != RETRY_AFTER[0]]
            status, headers = "503 Service Unavailable", [*headers, RETRY_AFTER]
        if mark and version and _is_public(headers):
            if mark != address or self._watch.observe().version != version:
                page = StoredPage.from_response(version, headers, text, status=status)
                return self._respond(page, "pass", environ, start_response)
            page = StoredPage.from_response(version, headers, text, pack_digests(recording), status)
            return self._respond(self._store(address, page), "miss", environ, start_response)
        return _pass(status, headers, text, environ, start_response)

    def _call_django(self, environ: Environ, address: str, version: Version | None) -> tuple[str, Headers, bytes]:
        started: list[tuple[str, Headers]] = []

        def start_response(status: str, headers: Headers, exc_info: Any = None) -> None:
            started.append((status, headers))

        is_settled = version is not None and self._watch.is_settled(version)
        request = self._addresses.reduce(environ, address) | {VERSION_KEY: version, SETTLED_KEY: is_settled}
        result: Any = self._application(request, start_response)
        with closing(result):
            text = b"".join(result)
        return *started[-1], text

    def _respond(
        self, page: StoredPage, source: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        if self._on_shared_page and page.status == OK:
            self._on_shared_page(environ)
        # No other cache may store what this one does not.
        control = TO_BROWSERS if source in ("stale", "pass") else self._cache_control
        answer = page.encode(choose_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")), control)
        if is_not_modified(page.status, answer.tag, environ.get("HTTP_IF_NONE_MATCH", "")):
            start_response(NOT_MODIFIED, [*answer.not_modified, ("X-Page-Cache", source)])
            return []
        start_response(page.status, [*answer.headers, ("X-Page-Cache", source)])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


def _is_public(headers: Headers) -> bool:
    """Whether a response neither sets a cookie nor varies by one. A second check, after the view's own mark."""
    given = {name.lower(): value.lower() for name, value in headers}
    return "set-cookie" not in given and "cookie" not in given.get("vary", "")


def _pass(
    status: str, headers: Headers, text: bytes, environ: Environ, start_response: StartResponse
) -> Iterable[bytes]:
    """Passes on a response that is not cached."""
    headers = [*headers, ("X-Page-Cache", "pass")]
    tag = next((value for name, value in headers if name.lower() == "etag"), "")
    # Django has not seen the If-None-Match header, which `Addresses.reduce` removes.
    if is_not_modified(status, tag, environ.get("HTTP_IF_NONE_MATCH", "")):
        start_response(NOT_MODIFIED, [one for one in headers if one[0].lower() not in CONTENT_HEADERS])
        return []
    start_response(status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [text]
