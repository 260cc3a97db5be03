"""Takes a backup: the database, then the files that it may refer to, then the manifest."""

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
from iom.operation.recovery.sets import Manifest, NewSet, expired, manifest_of, moment_of
from iom.operation.recovery.stores import Store, store_at

logger = logging.getLogger(__name__)

MEDIA, MEDIA_LIST = "media.tar", "media.json"
_LATEST = "operation.latest_backup"
_REMEMBERED = 300  # seconds


def take(store: Store, key: str) -> tuple[str, Manifest]:
    """The name and the manifest of a new set. Raises RecoveryError; then there is no set."""
    new = NewSet(store, key)
    try:
        databases.back_up(new)
        wanted = media.named_by_rows()
        with new.file(MEDIA) as file:
            known = media.copy_to(file, wanted)
        with new.file(MEDIA_LIST) as file:
            file.write(json.dumps(known).encode())
        manifest = new.finish(_facts() | {"media": len(known["files"]), "missing": known["missing"]})
    except BaseException as error:
        _remove(store, new.name)
        if isinstance(error, Exception):  # whatever a database, a disk or a server says
            raise RecoveryError(f"No backup was taken: {error}") from error
        raise
    cache.delete(_LATEST)
    store.remove_abandoned()
    return new.name, manifest


def _remove(store: Store, name: str) -> None:
    try:
        store.remove(name)
    except Exception:  # the reason why there is no backup is the one to tell
        logger.exception("What was written of the backup %s could not be removed", name)


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


def _names(store: Store) -> list[str]:
    """The sets of until now. Those of a clock that was ahead are kept, and count for nothing until then."""
    return [name for name in store.names() if moment_of(name) <= timezone.now()]


def prune(store: Store, keep: int | None, days: int | None) -> list[str]:
    """Deletes the sets that both the number and the age allow to delete; returns their names."""
    names = expired(_names(store), keep, days, timezone.now())
    for name in names:
        store.remove(name)
    return names


def latest_backup() -> datetime | None:
    """When the latest complete backup at BACKUP_TO ended; None where there is none. Remembered for some minutes.

    Raises RecoveryError, or an error of the storage, where it cannot be read.
    """

    def ended() -> str:
        store = store_at(settings.BACKUP_TO)
        names = _names(store)
        return manifest_of(store, names[-1], settings.BACKUP_KEY)["ended"] if names else ""

    text = cache.get_or_set(_LATEST, ended, _REMEMBERED) if settings.BACKUP_TO else ""
    return datetime.fromisoformat(text) if text else None
