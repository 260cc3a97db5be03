"""Indexes on PostgreSQL for the page reports: oldest publications, latest change of each page type, locked pages.

On SQLite, `iom.listing.apps` creates these indexes after each `migrate`. Nobody waits while they are created.
"""

from django.db import migrations

INDEXES = {
    "listing_page_published": "(last_published_at)",
    "listing_page_edited": "(content_type_id, latest_revision_created_at DESC NULLS LAST)",
    "listing_page_locked": "(locked) WHERE locked",
}


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        table = apps.get_model("wagtailcore", "Page")._meta.db_table
        for name, columns in INDEXES.items():
            # An interrupted attempt leaves an invalid index
            schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            schema_editor.execute(f"CREATE INDEX CONCURRENTLY {name} ON {table} {columns}")


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in INDEXES:
            schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL cannot create an index concurrently in a transaction
    dependencies = [
        ("listing", "0001_listing"),
    ]
    operations = [migrations.RunPython(make, remove)]
