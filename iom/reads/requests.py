"""Which requests are reads: those by which a person's browser opens a page, as far as its headers tell."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

# Programs whose names begin as those of browsers. Most name an address where they are explained. Cubot makes phones.
_PROGRAMS = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|https?:|@|headless|phantom|lighthouse|inspect|monitor|preview|fetch|scan"
    r"|google-|googleother|mediapartners|ptst",
    re.IGNORECASE,
)
_BROWSERS = ("Mozilla/", "Opera/")  # so do all browsers begin, for historical reasons
# What browsers say of a page that they load before, or without, anybody having opened it
_IN_ADVANCE = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")


def is_read(environ: Mapping[str, Any]) -> bool:
    """Whether a request of WSGI is one."""
    return (
        environ["REQUEST_METHOD"] == "GET"
        and environ.get("HTTP_SEC_FETCH_DEST", "document") == "document"
        and not any(name in environ for name in _IN_ADVANCE)
        and is_browser(environ.get("HTTP_USER_AGENT", ""))
    )


@lru_cache(maxsize=2000)
def is_browser(user_agent: str) -> bool:
    return user_agent.startswith(_BROWSERS) and not _PROGRAMS.search(user_agent)
