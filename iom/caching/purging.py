"""Empties the HTTP cache in front of the site after each change, beside the scheduler.

Any page may show a change, so all of them are purged: with Varnish that is one ban (deploy/varnish.vcl).
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

PAUSE = 0.1  # seconds between two questions to the database
TIMEOUT = 5  # seconds
RETRY = 1  # seconds after which a cache that did not answer is purged

logger = logging.getLogger(__name__)


def purge() -> None:
    """Raises OSError or HTTPException where the cache does not do it."""
    cache = urlsplit(settings.HTTP_CACHE_URL)
    headers = {"Host": urlsplit(settings.SITE_URL).netloc}
    request = Request(f"{cache.scheme}://{cache.netloc}/*", headers=headers, method="PURGE")  # noqa: S310  (HTTP)
    with urlopen(request, timeout=TIMEOUT):  # noqa: S310
        pass


def run(stop: Event) -> None:
    """Purges at the start, since the code may be another, and after each change, until `stop` is set."""
    seen: version.Version | None = None
    again = 0.0  # when a page that a process has given for the version before may still have been kept
    is_told = False  # that it fails
    while not stop.wait(PAUSE):
        try:
            now = version.of(version.number())
        except (DatabaseError, InterfaceError):
            connection.close()  # nothing can change either
            continue
        if now == seen and not (again and time.monotonic() >= again):
            continue
        again = 0.0 if now == seen else time.monotonic() + MAX_AGE
        try:
            purge()
        except (OSError, HTTPException) as error:
            if not is_told:
                logger.error("The HTTP cache could not be purged, and is asked again until it can: %r", error)
            seen, is_told = None, True
            stop.wait(RETRY)
        else:
            seen, is_told = now, False
