"""Takes backups, deletes expired ones, and finds the latest.

A backup copies the database first, then the uploaded files, so that the files to which rows refer are there.
"""

import json
import logging
from datetime import datetime
from importlib import metadata

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from iom.operation.recovery import RecoveryError, databases, media
from iom.operation.recovery.sets import Manifest, NewSet, expired_sets, read_manifest, start_time
from iom.operation.recovery.stores import Store, get_store

logger = logging.getLogger(__name__)

MEDIA, MEDIA_LIST = "media.tar", "media.json"
_LATEST_KEY = "operation.latest_backup"
_LATEST_TIMEOUT = 300  # seconds


def take(store: Store, key: str) -> tuple[str, Manifest]:
    """Takes a backup, and returns the name and the manifest of the set. Raises RecoveryError, and leaves no set."""
    new = NewSet(store, key)
    try:
        databases.back_up(new)
        expected = media.referenced_files()
        with new.file(MEDIA) as file:
            copied = media.copy_to(file, expected)
        with new.file(MEDIA_LIST) as file:
            file.write(json.dumps(copied).encode())
        manifest = new.finish(_facts() | {"media": len(copied["files"]), "missing": copied["missing"]})
    except BaseException as error:
        _remove(store, new.name)
        if isinstance(error, Exception):  # any error of a database, a disk or a server
            raise RecoveryError(f"No backup was taken: {error}") from error
        raise
    cache.delete(_LATEST_KEY)
    store.remove_abandoned()
    return new.name, manifest


def _remove(store: Store, name: str) -> None:
    try:
        store.remove(name)
    except Exception:  # the caller reports why the backup failed, which matters more
        logger.exception("The incomplete backup %s could not be removed", name)


def _facts() -> Manifest:
    applied: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        applied.setdefault(app, []).append(name)
    return {
        "site": settings.SITE_URL,
        "engine": connection.vendor,
        "versions": {name: metadata.version(name) for name in ("django", "wagtail", "wagtail-localize")},
        "migrations": applied,
    }


def _past_sets(store: Store) -> list[str]:
    """Returns the sets that do not lie in the future. Those of a clock that was ahead are ignored until their time."""
    return [name for name in store.names() if start_time(name) <= timezone.now()]


def prune(store: Store, keep: int | None, days: int | None) -> list[str]:
    """Deletes the expired sets, and returns their names."""
    names = expired_sets(_past_sets(store), keep, days, timezone.now())
    for name in names:
        store.remove(name)
    return names


def latest_backup() -> datetime | None:
    """Returns when the latest complete backup at BACKUP_TO ended, or None. The result is cached for five minutes.

    Raises RecoveryError, or an error of the storage, where it cannot be read.
    """

    def ended() -> str:
        store = get_store(settings.BACKUP_TO)
        names = _past_sets(store)
        return read_manifest(store, names[-1], settings.BACKUP_KEY)["ended"] if names else ""

    text = cache.get_or_set(_LATEST_KEY, ended, _LATEST_TIMEOUT) if settings.BACKUP_TO else ""
    return datetime.fromisoformat(text) if text else None
