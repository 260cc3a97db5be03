"""Answers anonymous readers before Django does: with pages that are kept for the content version.

A header says where an answer comes from. `X-Page-Cache: hit`: kept, and of the present version; `revalidated`: kept
before a change that the page does not show; `miss`: just rendered, and kept; `stale`: of an earlier version, for less
than a second, or because the database is away; `pass`: not kept.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.conf import settings
from django.core.cache import caches

from iom.caching.addresses import Addresses
from iom.caching.evidence import Comparison, evidence_of
from iom.caching.marking import HEADER
from iom.caching.recording import recorded
from iom.caching.replica import SETTLED
from iom.caching.stored import NOT_MODIFIED, OK, Headers, StoredPage, chosen_encoding, is_known
from iom.caching.stores import Memory, Shared, release
from iom.caching.version import ENVIRON, Version
from iom.caching.watch import ENVIRON as WATCH
from iom.caching.watch import Watch, watch

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

LONGEST_WAIT = 1.0  # seconds, for a page that another process is rendering
PAUSE = 0.02  # seconds between two looks whether it is there
OF_CONTENT = {"content-type", "content-length", "content-encoding"}  # what is not modified has none
RETRY_AFTER = ("Retry-After", "30")  # seconds
TO_BROWSERS = "no-cache"  # a browser keeps the page, and asks each time whether it has changed
# An HTTP cache gives it for a minute, unless it is purged before.
TO_HTTP_CACHES = f"{TO_BROWSERS}, s-maxage=60, stale-while-revalidate=5, stale-if-error=86400"

logger = logging.getLogger(__name__)


class PageCache:
    """A WSGI application before Django's."""

    def __init__(
        self,
        application: Application,
        watched: Watch | None = None,
        answered: Callable[[Environ], None] | None = None,
    ) -> None:
        """`answered` is called with each request that is answered by a page that visitors share."""
        self._application = application
        self._answered = answered
        self._addresses = Addresses()
        self._watch = watched or watch()
        self._memory = Memory()
        self._comparison = Comparison()
        self._shared = Shared(caches["pages"], release())
        self._cache_control = TO_HTTP_CACHES if settings.HTTP_CACHE_URL else TO_BROWSERS

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        address = self._addresses.of(environ)
        if address is None:
            return self._application(environ | {WATCH: self._watch}, start_response)
        version, _seen, is_away = self._watch.observe()
        page = self._find(address, version)
        if page and is_away:
            return self._answer(page, "stale", environ, start_response)
        if page and page.version == version:
            return self._answer(page, "hit", environ, start_response)
        if version is None:
            return self._render(address, None, page, environ, start_response)
        with self._claim(address, version) as is_ours:
            if not is_ours:
                if page and self._watch.is_in_grace(page.version):
                    return self._answer(page, "stale", environ, start_response)
                if found := self._wait_for(address, version):
                    return self._answer(found, "hit", environ, start_response)
            if page and self._comparison.holds(page.evidence, page.version, version):
                return self._answer(self._keep(address, page.at(version)), "revalidated", environ, start_response)
            return self._render(address, version, page, environ, start_response)

    def _keep(self, address: str, page: StoredPage) -> StoredPage:
        self._memory.put(address, page)
        self._shared.put(address, page)
        return page

    def _find(self, address: str, version: Version | None) -> StoredPage | None:
        """As this process has kept it; where that is of another version, as some process has kept it last."""
        page = self._memory.get(address)
        if (page is None or page.version != version) and (shared := self._shared.get(address)):
            self._memory.put(address, shared)
            return shared
        return page

    @contextmanager
    def _claim(self, address: str, version: Version) -> Iterator[bool]:
        """Whether this thread is to render the page."""
        is_ours = self._shared.claim(address, version)
        try:
            yield is_ours
        finally:
            if is_ours:
                self._shared.unclaim(address, version)

    def _wait_for(self, address: str, version: Version) -> StoredPage | None:
        """The page that another process or thread renders, unless it takes too long."""
        end = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < end:
            time.sleep(PAUSE)
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
        """Django's answer. What began to be rendered before a change is not kept after it."""
        began = time.monotonic()
        with recorded() as recording:
            status, headers, text = self._ask_django(environ, address, version)
        mark = next((value for name, value in headers if name == HEADER), "")
        headers = [(name, value) for name, value in headers if name != HEADER]
        if status.startswith("5") and self._watch.observe(newer_than=began).is_away:
            if outdated:
                return self._answer(outdated, "stale", environ, start_response)
            headers = [one for one in headers if one[0] != RETRY_AFTER[0]]
            status, headers = "503 Service Unavailable", [*headers, RETRY_AFTER]
        if mark and version and _is_for_everyone(headers):
            if mark != address or self._watch.observe().version != version:
                page = StoredPage.of(version, headers, text, status=status)
                return self._answer(page, "pass", environ, start_response)
            page = StoredPage.of(version, headers, text, evidence_of(recording), status)
            return self._answer(self._keep(address, page), "miss", environ, start_response)
        headers = [*headers, ("X-Page-Cache", "pass")]
        tag = next((value for name, value in headers if name.lower() == "etag"), "")
        # Django was not told which answer the reader has (`Addresses.reduced`).
        if is_known(status, tag, environ.get("HTTP_IF_NONE_MATCH", "")):
            start_response(NOT_MODIFIED, [one for one in headers if one[0].lower() not in OF_CONTENT])
            return []
        start_response(status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [text]

    def _ask_django(self, environ: Environ, address: str, version: Version | None) -> tuple[str, Headers, bytes]:
        started: list[tuple[str, Headers]] = []

        def start_response(status: str, headers: Headers, exc_info: Any = None) -> None:
            started.append((status, headers))

        is_settled = version is not None and self._watch.is_settled(version)
        request = self._addresses.reduced(environ, address) | {ENVIRON: version, SETTLED: is_settled}
        result: Any = self._application(request, start_response)
        with closing(result):
            text = b"".join(result)
        return *started[-1], text

    def _answer(
        self, page: StoredPage, source: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        if self._answered and page.status == OK:
            self._answered(environ)
        # What is not kept here no other cache may keep.
        control = TO_BROWSERS if source in ("stale", "pass") else self._cache_control
        answer = page.answer(chosen_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")), control)
        if is_known(page.status, answer.tag, environ.get("HTTP_IF_NONE_MATCH", "")):
            start_response(NOT_MODIFIED, [*answer.not_modified, ("X-Page-Cache", source)])
            return []
        start_response(page.status, [*answer.headers, ("X-Page-Cache", source)])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


def _is_for_everyone(headers: Headers) -> bool:
    """Whether an answer neither sets a cookie nor depends on one. The view has said so; this is asked as well."""
    given = {name.lower(): value.lower() for name, value in headers}
    return "set-cookie" not in given and "cookie" not in given.get("vary", "")
