"""Decides which requests are reads: a person's browser opens a page, as far as the headers show."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

# Robots with user agents that begin like browsers'. Most contain an address. Cubot is a maker of phones.
_ROBOTS = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|https?:|@|headless|phantom|lighthouse|inspect|monitor|preview|fetch|scan"
    r"|google-|googleother|mediapartners|ptst",
    re.IGNORECASE,
)
_BROWSER_PREFIXES = ("Mozilla/", "Opera/")  # all browsers begin so, for historical reasons
# Headers of browsers that load a page in advance, without a reader
_PREFETCH_HEADERS = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")


def is_read(environ: Mapping[str, Any]) -> bool:
    """Whether a WSGI request is a read."""
    return (
        environ["REQUEST_METHOD"] == "GET"
        and environ.get("HTTP_SEC_FETCH_DEST", "document") == "document"
        and not any(name in environ for name in _PREFETCH_HEADERS)
        and is_browser(environ.get("HTTP_USER_AGENT", ""))
    )


@lru_cache(maxsize=2000)
def is_browser(user_agent: str) -> bool:
    return user_agent.startswith(_BROWSER_PREFIXES) and not _ROBOTS.search(user_agent)
