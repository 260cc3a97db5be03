"""The probes `/-/live` and `/-/ready`, and the health checks of the parts of the site."""

import logging
import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin
from django.views.decorators.cache import never_cache

from iom.caching.replica import REPLICA, time_limit
from iom.publishing import database_version, schedule

logger = logging.getLogger(__name__)

MAX_PAUSE = timedelta(minutes=5)  # between two rounds of the scheduler, which are a minute apart
STORAGE_CHECK_INTERVAL = 60  # seconds
STORAGE_TIMEOUT = 2  # seconds; the health check of the image waits for five (deploy/health.py)
_storage_checked_at = -math.inf


class CheckFailed(Exception):
    """Raised by a health check; the message is for the log."""


class ProbeMiddleware(MiddlewareMixin):
    """Gives probes the host and the scheme of the site: they know only the address of a machine. Comes first."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path in ("/-/live", "/-/ready"):
            site = urlsplit(settings.SITE_URL)
            request.META |= {"HTTP_HOST": site.netloc, "HTTP_X_FORWARDED_PROTO": site.scheme}


@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """Liveness probe. It queries nothing, so that a slow database causes no restart."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Readiness probe: the result of each check as JSON. 503 where a required check fails, else 200."""
    works = {name: is_working(name) for name in CHECKS}
    return JsonResponse(works, status=200 if all(works[name] for name in REQUIRED_CHECKS) else 503)


def is_working(name: str) -> bool:
    """Runs the check of that name. Returns False where it fails, and logs the reason."""
    try:
        CHECKS[name]()
    except Exception as error:
        logger.warning("Not working: %s (%s: %s)", name, type(error).__name__, error)
        return False
    return True


def _check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _check_migrations() -> None:
    if waiting := database_version.pending_migrations():
        raise CheckFailed(", ".join(waiting))


def _check_cache(name: str) -> None:
    key = f"health-{uuid4()}"
    caches[name].set(key, 1, 10)
    if caches[name].get(key) != 1:
        raise CheckFailed("what was written could not be read")
    caches[name].delete(key)


def _check_storage() -> None:
    """Writes, reads and deletes a file, at most once a minute while that works."""
    global _storage_checked_at
    if time.monotonic() - _storage_checked_at < STORAGE_CHECK_INTERVAL:
        return
    writer = ThreadPoolExecutor(1)
    try:
        writer.submit(_write_and_read).result(timeout=STORAGE_TIMEOUT)
    except TimeoutError:
        raise CheckFailed("it does not answer") from None
    finally:
        writer.shutdown(wait=False)
    _storage_checked_at = time.monotonic()


def _write_and_read() -> None:
    name = default_storage.save(f"health/{uuid4()}.txt", ContentFile(b"ok"))
    try:
        with default_storage.open(name) as file:
            if file.read() != b"ok":
                raise CheckFailed("what was written could not be read")
    finally:
        default_storage.delete(name)


def _check_scheduler() -> None:
    last = schedule.last_round()
    if last is None or timezone.now() - last > MAX_PAUSE:
        raise CheckFailed(f"the last round ended at {last}" if last else "no round has ended yet")


def replica_delay() -> timedelta:
    """How far the replica is behind, in rounds of the scheduler, which writes each minute. Raises DatabaseError where
    the replica does not answer."""
    with time_limit():
        known = schedule.last_round(REPLICA)
    last = schedule.last_round()
    return last - known if last and known else timedelta()


def _check_replica() -> None:
    if (delay := replica_delay()) > MAX_PAUSE:
        raise CheckFailed(f"behind its primary by {delay}")


CHECKS: dict[str, Callable[[], None]] = {
    "database": _check_database,
    "migrations": _check_migrations,
    "cache": partial(_check_cache, "default"),
    "limits": partial(_check_cache, "limits"),
    "storage": _check_storage,
    "scheduler": _check_scheduler,
}
if REPLICA in settings.DATABASES:
    CHECKS["replica"] = _check_replica
REQUIRED_CHECKS = ("database", "migrations")
