"""Requests an address on the web to find out whether it exists.

The author of a text chooses the addresses, so only public ones are requested, to prevent requests to the internal
network. A name is resolved once, all its IP addresses have to be public, and the connection goes to one of these, not
to what the name resolves to a moment later. The same holds for each redirect. No body is read or stored.
"""

import ipaddress
import socket
import time
from contextlib import suppress
from threading import Timer
from typing import Any
from urllib.parse import urljoin, urlsplit

import urllib3
from django.conf import settings

from iom.checks.models import LinkAddress
from iom.links import WEB

Problem = LinkAddress.Problem
REDIRECTS = 5
TIMEOUT = urllib3.Timeout(connect=5, read=5)  # seconds for each part of a response
DEADLINE = 10  # seconds for a whole response
PORTS = {"http": 80, "https": 443}
# Statuses of a page that exists, but refuses this request
_EXISTS = {401, 402, 403, 405, 406, 407, 408, 409, 418, 423, 425, 426, 428, 429, 451}
# Statuses for HEAD after which a GET may get another response
_RETRY_WITH_GET = {400, 403, 404, 405, 406, 410, 429, 500, 501, 502, 503}


class NotPublic(Exception):
    """The address is in a private network, or has a port or scheme other than those of the web."""


class _DeadlineMixin:
    """Ends a connection after DEADLINE, however slowly the server sends its response."""

    def _new_conn(self) -> socket.socket:
        connection: socket.socket = super()._new_conn()  # type: ignore[misc]
        self.duplicate = connection.dup()  # TLS takes over the original socket
        self.timer = Timer(DEADLINE, _shut_down, [self.duplicate])
        self.timer.daemon = True
        self.timer.start()
        return connection

    def close(self, *args: Any) -> None:
        super().close(*args)  # type: ignore[misc]
        if timer := self.__dict__.pop("timer", None):
            timer.cancel()
            self.duplicate.close()


def _shut_down(connection: socket.socket) -> None:
    with suppress(OSError):  # the server has closed it already
        connection.shutdown(socket.SHUT_RDWR)


class _Connection(_DeadlineMixin, urllib3.connection.HTTPConnection):
    pass


class _TlsConnection(_DeadlineMixin, urllib3.connection.HTTPSConnection):
    pass


def find_problem(url: str) -> str:
    """Requests an address. Returns a value of LinkAddress.Problem, or an empty string where the page exists."""
    try:
        for _hop in range(REDIRECTS + 1):
            status, url = _fetch(url)
            if not url:
                return _problem_of_status(status)
    except NotPublic:
        return Problem.REFUSED
    except (urllib3.exceptions.HTTPError, OSError, ValueError):
        return Problem.SILENT
    return Problem.ERROR  # redirects without end


def _problem_of_status(status: int) -> str:
    if status < 400 or status in _EXISTS:
        return ""
    return Problem.ERROR if status >= 500 else Problem.GONE


def _fetch(url: str) -> tuple[int, str]:
    """Returns the status, and the target of a redirect."""
    status, location = _request("HEAD", url)
    if status in _RETRY_WITH_GET:
        status, location = _request("GET", url)
    return status, urljoin(url, location) if status in (301, 302, 303, 307, 308) and location else ""


def _request(method: str, url: str) -> tuple[int, str]:
    parts = urlsplit(url)
    host, scheme = parts.hostname or "", parts.scheme
    if scheme not in WEB or not host or (parts.port or PORTS[scheme]) != PORTS[scheme] or parts.username:
        raise NotPublic(url)
    host = host.encode("idna").decode() if not host.isascii() else host
    path = urllib3.util.parse_url(url).request_uri
    headers = {"Host": host, "User-Agent": f"link check of {settings.SITE_URL}", "Accept": "*/*"}
    address = public_address(host)
    pool: urllib3.HTTPConnectionPool
    if scheme == "https":
        pool = urllib3.HTTPSConnectionPool(address, PORTS[scheme], server_hostname=host, assert_hostname=host)
    else:
        pool = urllib3.HTTPConnectionPool(address, PORTS[scheme])
    pool.ConnectionCls = _TlsConnection if scheme == "https" else _Connection
    began = time.monotonic()
    with pool:
        response = pool.request(
            method, path, headers=headers, redirect=False, retries=False, preload_content=False, timeout=TIMEOUT
        )
        try:
            if time.monotonic() - began >= DEADLINE:  # the response may be incomplete
                raise TimeoutError
            return response.status, response.headers.get("Location", "")
        finally:
            response.close()  # the body is not read


def public_address(host: str) -> str:
    """Returns an IP address of a host. Raises NotPublic if one of them is not public, OSError if it has none."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    if not all(map(is_public, found)):
        raise NotPublic(host)
    return found[0]


def is_public(address: str) -> bool:
    """False for private, loopback, link-local, multicast and reserved addresses, also inside an IPv6 address."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        embedded = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if embedded:
            return is_public(str(embedded))
        if ip in ipaddress.ip_network("64:ff9b::/96"):  # NAT64
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast
