"""Which requests a kept page may answer, and the address under which it is kept.

An address consists of what a page may depend on, and of nothing else that a client sends. Django is given no more, so
that it cannot depend on it.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http.request import split_domain_port, validate_host

OF_ONE_PERSON = "/-/"  # sign-in, in the address of a page that no two people share
LONGEST_PATH = 1000
LONGEST_QUERY = 500
# Parameters that others add to links, to see where readers come from
CAMPAIGN = ("utm_", "mtm_", "pk_", "mc_", "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "wbraid", "gbraid")
# What Django is told about the request, besides the address: where it comes from, and what it may be compressed with.
_FORWARDED = {"HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_FOR", "HTTP_ACCEPT_ENCODING"}


@lru_cache(maxsize=2000)
def normalized(query: str) -> str:
    """The parameters that say something, in one order: `?b=2&a=1&utm_source=x&c=` is `a=1&b=2`."""
    found = [(name, value) for name, value in parse_qsl(query) if not name.startswith(CAMPAIGN)]
    return urlencode(sorted(found))


def join(path: str, query: str) -> str:
    """`path` as WSGI has it, `query` normalized."""
    return f"{path}?{query}" if query else path


class Addresses:
    """Reads the addresses of requests by the settings."""

    def __init__(self) -> None:
        self._beginnings = (*(f"/{code}/" for code, _name in settings.LANGUAGES), "/sitemap")
        self._personal = (f"{settings.SESSION_COOKIE_NAME}=", f"{CookieStorage.cookie_name}=")
        self._secure: tuple[str, str] | None = None
        if settings.SECURE_SSL_REDIRECT:
            self._secure = settings.SECURE_PROXY_SSL_HEADER or ("wsgi.url_scheme", "https")
        self._host = urlsplit(settings.SITE_URL).netloc

    def of(self, environ: Mapping[str, Any]) -> str | None:
        """The address, or None where Django has to answer: for someone signed in, a form, another host, plain HTTP."""
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if not path.startswith(self._beginnings) or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        if OF_ONE_PERSON in path:
            return None
        cookies = environ.get("HTTP_COOKIE", "")
        if (cookies and any(name in cookies for name in self._personal)) or "HTTP_AUTHORIZATION" in environ:
            return None
        if self._secure and environ.get(self._secure[0]) != self._secure[1]:
            return None
        if environ.get("SCRIPT_NAME") or not _is_allowed(environ.get("HTTP_HOST", "")):
            return None
        if len(path) > LONGEST_PATH or len(query) > LONGEST_QUERY:
            return None
        return join(path, normalized(query)) if query else path

    def reduced(self, environ: Mapping[str, Any], address: str) -> dict[str, Any]:
        """The request without what the address does not have."""
        kept = {
            name: value
            for name, value in environ.items()
            if name in _FORWARDED or not name.startswith(("HTTP_", "CONTENT_", "RAW_URI", "REQUEST_URI"))
        }
        query = address.partition("?")[2]
        return kept | {"REQUEST_METHOD": "GET", "QUERY_STRING": query, "HTTP_HOST": self._host}


@lru_cache(maxsize=100)
def _is_allowed(host: str) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
