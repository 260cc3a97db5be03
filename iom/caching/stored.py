"""A page as it is kept: compressed once, with all that an answer needs."""

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
PREFERRED = tuple(_COMPRESS)  # of those that a browser accepts alike, the shortest
_OURS = ("content-length", "content-encoding", "etag", "vary", "cache-control")
OK = "200 OK"
NOT_MODIFIED = "304 Not Modified"


class Answer(NamedTuple):
    headers: Headers
    not_modified: Headers
    tag: str
    body: bytes


class StoredPage:
    """The response to an address at a content version. `body` is compressed with Brotli; `evidence`: see there."""

    def __init__(
        self, version: Version, headers: Headers, body: bytes, digest: str, evidence: bytes = b"", status: str = OK
    ) -> None:
        self.version, self.headers, self.body, self.digest, self.evidence = version, headers, body, digest, evidence
        self.status = status
        self._answers: dict[tuple[str, str], Answer] = {}

    @classmethod
    def of(
        cls, version: Version, headers: Headers, text: bytes, evidence: bytes = b"", status: str = OK
    ) -> "StoredPage":
        """Of a response that is not compressed."""
        kept = [(name, value) for name, value in headers if name.lower() not in _OURS]
        return cls(version, kept, _COMPRESS["br"](text), hashlib.sha256(text).hexdigest()[:24], evidence, status)

    def at(self, version: Version) -> "StoredPage":
        """The same page, which counts at another version."""
        page = copy(self)
        page.version = version
        return page

    @property
    def size(self) -> int:
        """In bytes, about; with what answers in a second encoding add to it."""
        return 2 * len(self.body) + len(self.evidence) + 2000

    def answer(self, encoding: str, cache_control: str) -> Answer:
        """`encoding`: one of PREFERRED."""
        found = self._answers.get((encoding, cache_control))
        if found is None:
            found = self._answers[encoding, cache_control] = self._make(encoding, cache_control)
        return found

    def _make(self, encoding: str, cache_control: str) -> Answer:
        body = self.body if encoding == "br" else _COMPRESS[encoding](brotli.decompress(self.body))
        tag = f'"{self.digest}-{encoding}"'
        common = [("ETag", tag), ("Vary", "Accept-Encoding"), ("Cache-Control", cache_control)]
        encoded = [] if encoding == "identity" else [("Content-Encoding", encoding)]
        headers = [*self.headers, *common, *encoded, ("Content-Length", str(len(body)))]
        return Answer(headers, common, tag, body)


def is_known(status: str, tag: str, if_none_match: str) -> bool:
    """Whether who asks has this answer already: RFC 9110, section 13. Of another status than 200 nobody has it."""
    if status != OK or not tag or not if_none_match:
        return False
    tags = [one.strip().removeprefix("W/") for one in if_none_match.split(",")]
    return tag.removeprefix("W/") in tags or tags == ["*"]


@lru_cache(maxsize=500)
def chosen_encoding(accepted: str) -> str:
    """The encoding to answer with, of a header Accept-Encoding: RFC 9110, section 12.5.3."""
    qualities = dict(_qualities(accepted))
    every = qualities.get("*", 0.0)
    best = max(PREFERRED[:-1], key=lambda name: qualities.get(name, every))
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
