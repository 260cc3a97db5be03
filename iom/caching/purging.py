"""Purges the HTTP cache in front of the site after each change, in a thread beside the scheduler.

Any page may show a change, so all pages are purged. In Varnish that is one ban (deploy/varnish.vcl).
"""

import logging
import time
from http.client import HTTPException
from threading import Event
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from iom.caching import version
from iom.caching.watch import MAX_AGE

PAUSE = 0.1  # seconds between two queries for the content version
TIMEOUT = 5  # seconds
RETRY = 1  # seconds until the next attempt after a failure

logger = logging.getLogger(__name__)


def purge() -> None:
    """Purges all pages. Raises OSError or HTTPException if the cache fails."""
    cache = urlsplit(settings.HTTP_CACHE_URL)
    headers = {"Host": urlsplit(settings.SITE_URL).netloc}
    request = Request(f"{cache.scheme}://{cache.netloc}/*", headers=headers, method="PURGE")  # noqa: S310  (HTTP)
    with urlopen(request, timeout=TIMEOUT):  # noqa: S310
        pass


def run(stop: Event) -> None:
    """Purges at the start, since the code may have changed, and after each change, until `stop` is set."""
    seen: version.Version | None = None
    again = 0.0  # time of a second purge, after processes may have served pages of the earlier version
    is_logged = False  # one message for a series of failures
    while not stop.wait(PAUSE):
        try:
            now = version.version_for(version.read_number())
        except (DatabaseError, InterfaceError):
            connection.close()  # without a database the content cannot change
            continue
        if now == seen and not (again and time.monotonic() >= again):
            continue
        again = 0.0 if now == seen else time.monotonic() + MAX_AGE
        try:
            purge()
        except (OSError, HTTPException) as error:
            if not is_logged:
                logger.error("The HTTP cache could not be purged; trying again: %r", error)
            seen, is_logged = None, True
            stop.wait(RETRY)
        else:
            seen, is_logged = now, False
