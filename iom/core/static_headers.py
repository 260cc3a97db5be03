"""HTTP headers of static files (`WHITENOISE_ADD_HEADERS_FUNCTION`)."""

from typing import Any

POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"  # SVG files contain styles


def add_security_headers(headers: Any, path: str, url: str) -> None:
    """Adds the content security policy, for a file that is opened by itself. `headers` are those of WSGI."""
    headers["Content-Security-Policy"] = POLICY
