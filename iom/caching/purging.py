"""Empties the HTTP cache in front of the site after each change, beside the scheduler.

Any page may show a change, so all of them are purged: with Varnish that is one ban (deploy/varnish.vcl).
"""

import logging
import time
from threading import Event

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from wagtail.contrib.frontend_cache.utils import get_backends

from iom.caching import version
from iom.caching.watch import FRESH

PAUSE = 0.1  # seconds between two questions to the database
EVERYTHING = f"{settings.SITE_URL}/*"

logger = logging.getLogger(__name__)


def purge() -> None:
    for backend in get_backends().values():
        backend.purge_batch([EVERYTHING])


def run(stop: Event) -> None:
    """Purges at the start, since the code may be another, and after each change, until `stop` is set."""
    seen: version.Version | None = None
    again = 0.0  # when a page that a process has given for the version before may still have been kept
    while not stop.wait(PAUSE):
        try:
            number = version.number()
            now = None if number is None else version.of(number)
        except (DatabaseError, InterfaceError):
            connection.close()  # nothing can change either
            continue
        if now != seen:
            seen, again = now, time.monotonic() + FRESH
            purge()
        elif again and time.monotonic() >= again:
            again = 0.0
            purge()
