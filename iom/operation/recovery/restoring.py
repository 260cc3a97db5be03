"""Restores a backup into an empty site: verifies it, then stores the files, then restores the database.

The database comes last and in one transaction, so that a failure before its end leaves the site empty.
"""

import json
from functools import partial
from io import StringIO

from django.apps import apps
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model, QuerySet

from iom.operation.recovery import RecoveryError, databases, media
from iom.operation.recovery.backups import MEDIA, MEDIA_LIST
from iom.operation.recovery.sets import Manifest, open_file, verify
from iom.operation.recovery.stores import Store

# Models whose rows are created by people, never by `migrate`.
_CONTENT_MODELS = ("users.User", "wagtailcore.Revision", "media.SiteImage", "media.SiteDocument")
_HOME_DEPTH = 2  # of the pages that the first `migrate` creates


def restore(store: Store, name: str, key: str) -> Manifest:
    """Restores a backup and returns its manifest.

    Raises RecoveryError. The site is then still empty, unless the message says what is left to do.
    """
    require_empty()
    manifest = verify(store, name, key)
    _require_version(manifest)
    file = partial(open_file, store, name, key=key)
    if manifest["engine"] != connection.vendor:
        call_command("migrate", verbosity=0)
    with file(MEDIA_LIST) as listed:
        known = json.loads(listed.read())
    with file(MEDIA) as files:
        media.restore_from(files, known)
    try:
        databases.restore(manifest["engine"], file)
    except BaseException:
        media.remove(list(known["files"]))
        raise
    try:
        finish(is_other=manifest["engine"] != connection.vendor)
    except Exception as error:
        raise RecoveryError(
            f"All data are restored, but not what is made from them, such as the search index: {error}. "
            "Remove the cause, then run `manage.py restore --finish`."
        ) from error
    return manifest


def finish(is_other: bool = True) -> None:
    """Migrates the database, and builds derived data such as the listing and the search index. May be repeated."""
    for cache in caches.all(initialized_only=False):
        cache.clear()  # its entries belong to another database
    call_command("migrate", verbosity=0)
    for label in media.REBUILT.values():  # the scheduler builds them
        apps.get_model(label)._base_manager.all().delete()
    for command in ("listing", "search"):
        try:
            call_command(command, "--check", verbosity=0, stdout=StringIO())
        except CommandError:
            call_command(command, "--rebuild", verbosity=0)
    if is_other:  # the admin's search index differs by database
        call_command("wagtail_update_index", verbosity=0, stdout=StringIO())


def require_empty() -> None:
    """Raises RecoveryError where the site has files, rows or pages that could be lost."""
    if name := next(media.file_names(), None):
        raise RecoveryError(f"The site is not empty: the uploaded file {name} exists. Restore into an empty site.")
    tables = connection.introspection.table_names()
    if tables and "django_migrations" not in tables:
        raise RecoveryError(
            f"The database is not empty, and is no database of this site: it has the table {tables[0]}."
        )
    found: dict[str, QuerySet[Model]] = {
        apps.get_model(label)._meta.db_table: apps.get_model(label)._base_manager.all() for label in _CONTENT_MODELS
    }
    pages = apps.get_model("wagtailcore", "Page")
    found[pages._meta.db_table] = pages._base_manager.filter(depth__gt=_HOME_DEPTH)
    for table, rows in found.items():
        if table in tables and rows.exists():
            raise RecoveryError(f"The site is not empty: the table {table} has rows. Restore into an empty site.")


def _require_version(manifest: Manifest) -> None:
    """Raises RecoveryError where this version of the code cannot read the database of the backup."""
    applied = {(app, name) for app, names in manifest["migrations"].items() for name in names}
    loader = MigrationLoader(None)
    migrations = loader.disk_migrations
    known = {*migrations, *(key for migration in migrations.values() for key in migration.replaces)}
    if later := sorted(applied - known):
        app, name = later[0]
        raise RecoveryError(
            f"A later version of the code made this backup ({app}.{name}). Install that version, or a later one."
        )
    missing = sorted(migrations.keys() - applied)
    if missing and manifest["engine"] != connection.vendor:
        app, name = missing[0]
        raise RecoveryError(
            f"An earlier version of the code made this backup (without {app}.{name}). To restore it into another "
            "kind of database, install that version, and upgrade afterwards."
        )
