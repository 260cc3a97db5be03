"""`/-/live` and `/-/ready`: whether the process runs, and what of the site works."""

import logging
import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import cache, partial
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin
from django.views.decorators.cache import never_cache

from iom.caching.replica import REPLICA, time_limit
from iom.publishing import schedule

logger = logging.getLogger(__name__)

LONGEST_PAUSE = timedelta(minutes=5)  # between two rounds of the scheduler, which are a minute apart
STORED_FOR = 60  # seconds
TIMEOUT = 2  # seconds with the storage of files: who asks waits for five (deploy/health.py)
_stored_at = -math.inf


class NotWorking(Exception):
    """What a check raises; its text is for the log."""


class ProbeMiddleware(MiddlewareMixin):
    """Comes first. A probe knows the address of a machine alone: it is answered as if it had named the site."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path in ("/-/live", "/-/ready"):
            site = urlsplit(settings.SITE_URL)
            request.META |= {"HTTP_HOST": site.netloc, "HTTP_X_FORWARDED_PROTO": site.scheme}


@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """Whether the process answers. It queries nothing, so that a slow database causes no restart."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """What works, as JSON: 503 where readers cannot be served, else 200, whatever else does not work."""
    works = {name: works_now(name) for name in CHECKS}
    return JsonResponse(works, status=200 if all(works[name] for name in NEEDED) else 503)


def works_now(name: str) -> bool:
    """Whether the part of that name works. The log says why it does not."""
    try:
        CHECKS[name]()
    except Exception as error:
        logger.warning("Not working: %s (%s: %s)", name, type(error).__name__, error)
        return False
    return True


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations() -> None:
    if waiting := pending_migrations():
        raise NotWorking(", ".join(waiting))


def _cache(name: str) -> None:
    key = f"health-{uuid4()}"
    caches[name].set(key, 1, 10)
    if caches[name].get(key) != 1:
        raise NotWorking("it does not keep what it is given")
    caches[name].delete(key)


def _storage() -> None:
    """Writes, reads and deletes a file, at most once a minute while that works."""
    global _stored_at
    if time.monotonic() - _stored_at < STORED_FOR:
        return
    writer = ThreadPoolExecutor(1)
    try:
        writer.submit(_write_and_read).result(timeout=TIMEOUT)
    except TimeoutError:
        raise NotWorking("it does not answer") from None
    finally:
        writer.shutdown(wait=False)
    _stored_at = time.monotonic()


def _write_and_read() -> None:
    name = default_storage.save(f"health/{uuid4()}.txt", ContentFile(b"ok"))
    try:
        with default_storage.open(name) as file:
            if file.read() != b"ok":
                raise NotWorking("it does not keep what it is given")
    finally:
        default_storage.delete(name)


def _scheduler() -> None:
    last = schedule.last_round()
    if last is None or timezone.now() - last > LONGEST_PAUSE:
        raise NotWorking(f"last round: {last}")


def replica_delay() -> timedelta:
    """How far the replica is behind, in rounds of the scheduler, which writes each minute. Raises DatabaseError where
    the replica does not answer."""
    with time_limit():
        known = schedule.last_round(REPLICA)
    last = schedule.last_round()
    return last - known if last and known else timedelta()


def _replica() -> None:
    if (delay := replica_delay()) > LONGEST_PAUSE:
        raise NotWorking(f"behind its primary by {delay}")


def pending_migrations() -> list[str]:
    """The migrations of this version that the database does not have yet. Not asked again once it has all."""
    try:
        return _all_migrated()
    except NotWorking as pending:
        return list(pending.args)


@cache
def _all_migrated() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        raise NotWorking(*(f"{migration.app_label}.{migration.name}" for migration, _backwards in plan))
    return []


def later_migrations() -> list[str]:
    """The migrations that the database has and this version does not know: another version has written it."""
    loader = MigrationLoader(connection)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    unknown = loader.applied_migrations.keys() - loader.disk_migrations.keys() - replaced
    return [f"{label}.{name}" for label, name in sorted(unknown) if label in loader.migrated_apps]


CHECKS: dict[str, Callable[[], None]] = {
    "database": _database,
    "migrations": _migrations,
    "cache": partial(_cache, "default"),
    "limits": partial(_cache, "limits"),
    "storage": _storage,
    "scheduler": _scheduler,
}
if REPLICA in settings.DATABASES:
    CHECKS["replica"] = _replica
NEEDED = ("database", "migrations")
