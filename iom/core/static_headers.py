from typing import Any

POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"  # drawings (SVG) have styles


def of_static_file(headers: Any, path: str, url: str) -> None:
    """Adds the content security policy to a static file that is opened by itself (`headers` of WSGI)."""
    headers["Content-Security-Policy"] = POLICY
