"""Whose request it is, and the log of what concerns security, to whose lines `iom.operation.logs` adds it."""

import logging
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

logger = logging.getLogger(__name__)


def client_of(request: HttpRequest) -> str:
    """The client's address, for IPv6 its network; empty where it is not known."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")
        address = forwarded[-settings.TRUSTED_PROXIES] if len(forwarded) >= settings.TRUSTED_PROXIES else ""
    try:
        client = ip_address(address.strip())
    except ValueError:
        return ""
    if isinstance(client, IPv6Address):
        return str(client.ipv4_mapped or int(client) >> 64)
    return str(client)
