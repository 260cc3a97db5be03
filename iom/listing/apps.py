from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def fill(sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Fills the listing after `migrate`, if it is empty, there are pages, and all migrations have run."""
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


# Indexes on Wagtail's table of pages for SQLite. PostgreSQL uses those of Wagtail, and of the migrations of this app.
# - tree: descendants of a page, which Wagtail finds with LIKE, which ignores case in SQLite; the depth counts them;
# - published, edited: the oldest publications, and the latest change of each page type, for Wagtail's reports;
# - lock, locked, alias: the few locked pages and aliases, which each publication looks up. SQLite ignores Django's
#   indexes for them, since most rows have the same value, and would read all pages;
# - unfinished: the few pages with unpublished changes, for the list of articles and the dashboard;
# - root, home: the top of the tree, and the permissions of a user for all pages;
# - shown: whether a page is public, for each of a thousand search results.
_SQLITE_INDEXES = {
    "listing_page_tree": "(path COLLATE NOCASE, depth)",
    "listing_page_root": "(path) WHERE depth = 1",
    "listing_page_home": "(path COLLATE NOCASE) WHERE depth = 2",
    "listing_page_published": "(last_published_at)",
    "listing_page_edited": "(content_type_id, latest_revision_created_at)",
    "listing_page_lock": "(locked_by_id) WHERE locked_by_id IS NOT NULL",
    "listing_page_locked": "(locked) WHERE locked",
    "listing_page_unfinished": "(latest_revision_id) WHERE has_unpublished_changes OR NOT live",
    "listing_page_shown": "(id, expire_at) WHERE live",
    "listing_page_alias": "(alias_of_id) WHERE alias_of_id IS NOT NULL",
}
_FORMER_INDEX = "listing_page_path"  # without the depth


def index_pages(sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Creates the indexes after each `migrate`, because a migration that recreates the table drops them."""
    from wagtail.models import Page

    database, table = connections[using], Page._meta.db_table
    if database.vendor == "sqlite" and table in database.introspection.table_names():
        with database.cursor() as cursor:
            for name, columns in _SQLITE_INDEXES.items():
                cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {table} {columns}")
            cursor.execute(f"DROP INDEX IF EXISTS {_FORMER_INDEX}")


class ListingConfig(AppConfig):
    name = "iom.listing"
    verbose_name = _("Listing")

    def ready(self) -> None:
        from iom.listing import receivers  # noqa: F401  (needs the models, which are not loaded earlier)

        post_migrate.connect(index_pages, sender=self)
        post_migrate.connect(fill, sender=self)
