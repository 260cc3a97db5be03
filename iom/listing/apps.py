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


# Of Wagtail's table of pages, where SQLite has to find what PostgreSQL finds by Wagtail's own indexes:
# - what is below a page, which Wagtail asks by LIKE, and LIKE ignores case there; with the depth, to count it;
# - the pages that were published longest ago, and of each type the one that was changed last, for Wagtail's reports;
# - the few pages that somebody has locked, and the few aliases, for which each publication asks: of the indexes that
#   Django makes, SQLite knows that most rows are alike, and reads all pages instead;
# - the few that are not published as they were last saved, for the list of articles and the dashboard;
# - the root and the home pages, for the top of the tree, and for what a user may do with all pages;
# - whether a page may be shown, for each of a thousand that search finds.
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
_FORMER = "listing_page_path"  # without the depth


def index_pages(sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """After each `migrate`: a migration that makes Wagtail's table again loses the indexes."""
    from wagtail.models import Page

    database, table = connections[using], Page._meta.db_table
    if database.vendor == "sqlite" and table in database.introspection.table_names():
        with database.cursor() as cursor:
            for name, columns in _SQLITE_INDEXES.items():
                cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {table} {columns}")
            cursor.execute(f"DROP INDEX IF EXISTS {_FORMER}")


class ListingConfig(AppConfig):
    name = "iom.listing"
    verbose_name = _("Listing")

    def ready(self) -> None:
        from iom.listing import receivers  # noqa: F401  (it reads models, which are not there before)

        post_migrate.connect(index_pages, sender=self)
        post_migrate.connect(fill, sender=self)
