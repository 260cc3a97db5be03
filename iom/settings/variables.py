"""Reads environment variables. A wrong value raises an error with the name of the variable and the allowed values."""

import os
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

DATABASE_KINDS = ("postgres", "postgresql", "psql", "pgsql", "sqlite")
# A host name, all subdomains of one (.example.org), or an IP address
HOST = re.compile(r"\.?[\w-]+(\.[\w-]+)*|\[[0-9a-f:.]+\]", re.IGNORECASE)
# Pairs of a pattern and its description for error messages
SITE = (rf"https?://(?i:{HOST.pattern})(:\d+)?/?", "an address without a path, such as https://www.example.org")
EMAIL = (r"([^<>]*<)?[^@\s<>]+@[^@\s<>]+>?", "an email address")
CONTACT = (r"mailto:[^@\s]+@\S+|(https://|tel:)\S+", "an address that begins with mailto:, https:// or tel:")
CACHE_KINDS = [scheme for scheme in environ.Env.CACHE_SCHEMES if not scheme.startswith("valkey")]


# An empty variable counts as unset, such as `NAME=` in a file of variables. It is removed, because gunicorn and
# packages also read the environment.
for _name in [name for name, value in os.environ.items() if not value]:
    del os.environ[_name]


class Variables(environ.Env):
    def number(self, var: str, default: int, *, least: int = 0, most: int = 1_000_000) -> int:
        text = self.str(var, str(default)).strip()
        if not text.isdecimal() or not least <= int(text) <= most:
            raise ImproperlyConfigured(f"{var} must be a whole number from {least} to {most}, not “{text}”.")
        return int(text)

    def switch(self, var: str, default: bool) -> bool:
        on, off = ("true", "1", "yes", "on"), ("false", "0", "no", "off")
        return self.one_of(var, str(default).lower(), *on, *off) in on

    def several(self, var: str, default: str = "") -> list[str]:
        """Splits a value at commas, and strips spaces."""
        return [text.strip() for text in self.str(var, default).split(",") if text.strip()]

    def like(self, var: str, default: str, kind: tuple[str, str]) -> str:
        text = self.str(var, default).strip()
        if not re.fullmatch(kind[0], text):
            raise ImproperlyConfigured(f"{var} must be {kind[1]}.")
        return text

    def site(self, var: str, default: str) -> str:
        """Reads the address of a site: scheme, host and optional port."""
        self.server(var, default, split_address, ("http", "https"))
        return self.like(var, default, SITE).rstrip("/")

    def one_of(self, var: str, default: str, *allowed: str) -> str:
        """Reads one of the allowed values, in lower case."""
        text = self.str(var, default).strip().lower()
        if text not in allowed:
            raise ImproperlyConfigured(f"{var} must be {', '.join(allowed[:-1])} or {allowed[-1]}, not “{text}”.")
        return text

    def server[T](self, var: str, default: str, read: Callable[[str], T], schemes: Iterable[str]) -> T:
        """Parses an address, possibly empty, with `read`. The error does not repeat it: it may contain a password."""
        address = self.str(var, default).strip()
        try:
            if not address or address.partition("://")[0] in schemes:
                return read(address)
        except ValueError:  # the host or the port
            pass
        kinds = ", ".join(f"{scheme}://" for scheme in schemes)
        raise ImproperlyConfigured(
            f"{var} must be a complete address that begins with one of {kinds}. A port must be a number."
        )


def split_address(address: str) -> SplitResult:
    """Splits an address, possibly empty. Raises ValueError without a host, or with an invalid port."""
    parts = urlsplit(address)
    if address and (not parts.hostname or parts.port == 0):
        raise ValueError
    return parts


def cache_settings(address: str) -> dict[str, Any]:
    """Returns the settings of a cache; empty without an address."""
    if "," not in address:  # a comma separates several servers
        urlsplit(address).port  # noqa: B018  (raises ValueError)
    return dict(environ.Env.cache_url_config(address)) if address else {}


def with_timeout(cache: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Adds a timeout to the settings of a cache server. Does not change those of other caches."""
    if not cache["BACKEND"].endswith(".RedisCache"):
        return cache
    timeouts = {"socket_timeout": seconds, "socket_connect_timeout": seconds}
    return cache | {"OPTIONS": cache.get("OPTIONS", {}) | timeouts}


env = Variables()
