"""Decides which requests a cached page may answer, and the address that is its cache key.

An address holds everything in a request that a page may depend on, and nothing else. Django receives a request without
the rest, so that a page cannot depend on it.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http.request import split_domain_port, validate_host

PERSONAL_PATH = "/-/"  # part of the address of pages for one person, such as sign-in
MAX_PATH_LENGTH = 1000
MAX_QUERY_LENGTH = 500
# Parameters that other sites add to links to track where readers come from
CAMPAIGN_PREFIXES = (
    "utm_",
    "mtm_",
    "pk_",
    "mc_",
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "yclid",
    "igshid",
    "wbraid",
    "gbraid",
)
# The headers that Django receives besides the address: the origin of the request and the accepted encodings.
_FORWARDED = {"HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_FOR", "HTTP_ACCEPT_ENCODING"}


@lru_cache(maxsize=2000)
def normalize_query(query: str) -> str:
    """Sorts the parameters, without campaign and empty ones: `?b=2&a=1&utm_source=x&c=` becomes `a=1&b=2`."""
    found = [(name, value) for name, value in parse_qsl(query) if not name.startswith(CAMPAIGN_PREFIXES)]
    return urlencode(sorted(found))


def join(path: str, query: str) -> str:
    """Joins a path in WSGI's encoding and a normalized query."""
    return f"{path}?{query}" if query else path


class Addresses:
    """Derives addresses from WSGI requests, by the settings."""

    def __init__(self) -> None:
        self._prefixes = (*(f"/{code}/" for code, _name in settings.LANGUAGES), "/sitemap")
        self._personal_cookies = (f"{settings.SESSION_COOKIE_NAME}=", f"{CookieStorage.cookie_name}=")
        self._secure: tuple[str, str] | None = None
        if settings.SECURE_SSL_REDIRECT:
            self._secure = settings.SECURE_PROXY_SSL_HEADER or ("wsgi.url_scheme", "https")
        self._host = urlsplit(settings.SITE_URL).netloc

    def for_request(self, environ: Mapping[str, Any]) -> str | None:
        """Returns the address, or None if Django must answer: for signed-in users, forms, other hosts, plain HTTP."""
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if not path.startswith(self._prefixes) or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        if PERSONAL_PATH in path:
            return None
        cookies = environ.get("HTTP_COOKIE", "")
        if (cookies and any(name in cookies for name in self._personal_cookies)) or "HTTP_AUTHORIZATION" in environ:
            return None
        if self._secure and environ.get(self._secure[0]) != self._secure[1]:
            return None
        if environ.get("SCRIPT_NAME") or not _is_allowed(environ.get("HTTP_HOST", "")):
            return None
        if len(path) > MAX_PATH_LENGTH or len(query) > MAX_QUERY_LENGTH:
            return None
        return join(path, normalize_query(query)) if query else path

    def reduce(self, environ: Mapping[str, Any], address: str) -> dict[str, Any]:
        """Returns the request without anything that is not part of the address."""
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
