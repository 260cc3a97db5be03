from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def fill(sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """After `migrate`, where there are pages and no listing yet, and all tables are there."""
    from wagtail.models import Page

    from iom.listing import writing
    from iom.listing.models import Entry

    database = connections[using]
    if Entry._meta.db_table not in database.introspection.table_names() or Entry.objects.exists():
        return
    executor = MigrationExecutor(database)
    complete = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    if complete and Page.objects.filter(depth__gt=1, live=True).exists():
        writing.rebuild()


def index_paths(sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Makes SQLite find what is below a page by an index: Wagtail asks by LIKE, which ignores case there.

    And the few pages that somebody has locked: of the index that Django makes, SQLite knows that most rows are alike.

    After each `migrate`: a migration that makes Wagtail's table again loses the index.
    """
    from wagtail.models import Page

    database, table = connections[using], Page._meta.db_table
    if database.vendor == "sqlite" and table in database.introspection.table_names():
        with database.cursor() as cursor:
            cursor.execute(f"CREATE INDEX IF NOT EXISTS listing_page_path ON {table} (path COLLATE NOCASE)")
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS listing_page_lock ON {table} (locked_by_id)"
                " WHERE locked_by_id IS NOT NULL"
            )


class ListingConfig(AppConfig):
    name = "iom.listing"
    verbose_name = _("Listing")

    def ready(self) -> None:
        from iom.listing import receivers  # noqa: F401  (it reads models, which are not there before)

        post_migrate.connect(index_paths, sender=self)
        post_migrate.connect(fill, sender=self)
