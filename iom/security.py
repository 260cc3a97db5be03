"""The client's address of a request, and the logger of security events, whose records `iom.operation.logs` extends."""

import logging
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

logger = logging.getLogger(__name__)


def client_address(request: HttpRequest) -> str:
    """Returns the client's IP address, for IPv6 its network (/64); empty where it is not known."""
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
