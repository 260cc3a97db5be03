"""Asks an address on the web whether it is there, and nothing else of it.

Whoever writes a text decides which addresses are asked. Only public ones are: a name is resolved once, each of its
addresses must be public, and the connection goes to one of these, not to what the name says a moment later. So does
each redirect. Little is read, and nothing is kept.
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
TIMEOUT = urllib3.Timeout(connect=5, read=5)  # seconds: of each part of an answer
DEADLINE = 10  # seconds: of a whole one
PORTS = {"http": 80, "https": 443}
_THERE = {401, 402, 403, 405, 406, 407, 408, 409, 418, 423, 425, 426, 428, 429, 451}  # it answers, though not to us
_NO_HEAD = {400, 403, 404, 405, 406, 410, 429, 500, 501, 502, 503}  # to which a reader's GET may get another answer


class NotPublic(Exception):
    """The address leads into a private network, or has another port or scheme than the web."""


class _Cut:
    """Of a connection: it ends after DEADLINE, however slowly the server sends its answer."""

    def _new_conn(self) -> socket.socket:
        line: socket.socket = super()._new_conn()  # type: ignore[misc]
        self.same_line = line.dup()  # TLS takes the other over
        self.timer = Timer(DEADLINE, _end, [self.same_line])
        self.timer.daemon = True
        self.timer.start()
        return line

    def close(self, *args: Any) -> None:
        super().close(*args)  # type: ignore[misc]
        if timer := self.__dict__.pop("timer", None):
            timer.cancel()
            self.same_line.close()


def _end(line: socket.socket) -> None:
    with suppress(OSError):  # the server has ended it
        line.shutdown(socket.SHUT_RDWR)


class _Connection(_Cut, urllib3.connection.HTTPConnection):
    pass


class _TlsConnection(_Cut, urllib3.connection.HTTPSConnection):
    pass


def problem_of(url: str) -> str:
    """What is wrong with the address, a value of LinkAddress.Problem; empty where it answers."""
    try:
        for _hop in range(REDIRECTS + 1):
            status, url = _ask(url)
            if not url:
                return _meaning(status)
    except NotPublic:
        return Problem.REFUSED
    except (urllib3.exceptions.HTTPError, OSError, ValueError):
        return Problem.SILENT
    return Problem.ERROR  # redirects without end


def _meaning(status: int) -> str:
    if status < 400 or status in _THERE:
        return ""
    return Problem.ERROR if status >= 500 else Problem.GONE


def _ask(url: str) -> tuple[int, str]:
    """The status, and where a redirect leads."""
    status, location = _request("HEAD", url)
    if status in _NO_HEAD:
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
            if time.monotonic() - began >= DEADLINE:  # what has come is a part
                raise TimeoutError
            return response.status, response.headers.get("Location", "")
        finally:
            response.close()  # the body is not read


def public_address(host: str) -> str:
    """The IP address of a host. Raises NotPublic if one of its addresses is not public, OSError if it has none."""
    found = [str(one[4][0]) for one in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    if not all(map(is_public, found)):
        raise NotPublic(host)
    return found[0]


def is_public(address: str) -> bool:
    """Not private, loopback, link-local, multicast or reserved, nor such an IPv4 address within an IPv6 one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        within = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if within:
            return is_public(str(within))
        if ip in ipaddress.ip_network("64:ff9b::/96"):  # NAT64
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast
