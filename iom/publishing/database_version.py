"""Whether the database has the version of this code."""

from functools import cache

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader


class _Pending(Exception):
    """Raised with the names of migrations, since `cache` keeps every result that a function returns."""


def pending_migrations() -> list[str]:
    """Returns the migrations of this version that are not applied yet. The result is cached once all are applied."""
    try:
        return _all_migrated()
    except _Pending as pending:
        return list(pending.args)


@cache
def _all_migrated() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        raise _Pending(*(f"{migration.app_label}.{migration.name}" for migration, _backwards in plan))
    return []


def later_migrations() -> list[str]:
    """Returns the applied migrations that this version does not know: a later version has migrated the database."""
    loader = MigrationLoader(connection)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    unknown = loader.applied_migrations.keys() - loader.disk_migrations.keys() - replaced
    return [f"{label}.{name}" for label, name in sorted(unknown) if label in loader.migrated_apps]
