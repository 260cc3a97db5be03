"""A cached page: compressed once, with everything that a response needs."""

import gzip
import hashlib
from collections.abc import Iterable
from copy import copy
from functools import lru_cache
from typing import NamedTuple

import brotli
import zstandard

from iom.caching.version import Version

Headers = list[tuple[str, str]]

_COMPRESS = {
    "br": lambda text: brotli.compress(text, quality=5),
    "zstd": lambda text: zstandard.compress(text, 6),
    "gzip": lambda text: gzip.compress(text, 6, mtime=0),
    "identity": bytes,
}
ENCODINGS = tuple(_COMPRESS)  # in order of preference: the shortest result first
_REPLACED_HEADERS = ("content-length", "content-encoding", "etag", "vary", "cache-control")
CONTENT_HEADERS = {"content-type", "content-length", "content-encoding"}  # a 304 response has none of them
OK = "200 OK"
NOT_MODIFIED = "304 Not Modified"


class EncodedResponse(NamedTuple):
    """A response in one encoding. `not_modified`: the headers of a 304 response; `tag`: the ETag."""

    headers: Headers
    not_modified: Headers
    tag: str
    body: bytes


class StoredPage:
    """The response to an address at a content version. `body` is compressed with Brotli.

    `query_digests`: what `iom.caching.revalidation` compares; empty if the page cannot be revalidated.
    """

    def __init__(
        self,
        version: Version,
        headers: Headers,
        body: bytes,
        digest: str,
        query_digests: bytes = b"",
        status: str = OK,
    ) -> None:
        self.version, self.headers, self.body = version, headers, body
        self.digest, self.query_digests, self.status = digest, query_digests, status
        self._encoded: dict[tuple[str, str], EncodedResponse] = {}

    @classmethod
    def from_response(
        cls, version: Version, headers: Headers, text: bytes, query_digests: bytes = b"", status: str = OK
    ) -> "StoredPage":
        """Makes a page of an uncompressed response."""
        kept = [(name, value) for name, value in headers if name.lower() not in _REPLACED_HEADERS]
        return cls(version, kept, _COMPRESS["br"](text), hashlib.sha256(text).hexdigest()[:24], query_digests, status)

    def with_version(self, version: Version) -> "StoredPage":
        """Returns a copy of the page for another version."""
        page = copy(self)
        page.version = version
        return page

    @property
    def size(self) -> int:
        """The approximate size in bytes, with a second encoding."""
        return 2 * len(self.body) + len(self.query_digests) + 2000

    def encode(self, encoding: str, cache_control: str) -> EncodedResponse:
        """Returns the response in one of ENCODINGS, and keeps it for later requests."""
        found = self._encoded.get((encoding, cache_control))
        if found is None:
            found = self._encoded[encoding, cache_control] = self._encode(encoding, cache_control)
        return found

    def _encode(self, encoding: str, cache_control: str) -> EncodedResponse:
        body = self.body if encoding == "br" else _COMPRESS[encoding](brotli.decompress(self.body))
        tag = f'"{self.digest}-{encoding}"'
        common = [("ETag", tag), ("Vary", "Accept-Encoding"), ("Cache-Control", cache_control)]
        encoded = [] if encoding == "identity" else [("Content-Encoding", encoding)]
        headers = [*self.headers, *common, *encoded, ("Content-Length", str(len(body)))]
        not_modified = [one for one in self.headers if one[0].lower() not in CONTENT_HEADERS] + common
        return EncodedResponse(headers, not_modified, tag, body)


def is_not_modified(status: str, tag: str, if_none_match: str) -> bool:
    """Whether the client has this response already (RFC 9110, section 13). False for any status but 200."""
    if status != OK or not tag or not if_none_match:
        return False
    tags = [one.strip().removeprefix("W/") for one in if_none_match.split(",")]
    return tag.removeprefix("W/") in tags or tags == ["*"]


@lru_cache(maxsize=500)
def choose_encoding(accepted: str) -> str:
    """Returns the encoding of the response for an Accept-Encoding header (RFC 9110, section 12.5.3)."""
    qualities = dict(_qualities(accepted))
    every = qualities.get("*", 0.0)
    best = max(ENCODINGS[:-1], key=lambda name: qualities.get(name, every))
    return best if qualities.get(best, every) > 0 else "identity"


def _qualities(accepted: str) -> Iterable[tuple[str, float]]:
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        key, _, value = parameter.partition("=")
        try:
            quality = float(value) if key.strip() == "q" else 1.0
        except ValueError:
            quality = 0.0
        yield name.strip(), quality
