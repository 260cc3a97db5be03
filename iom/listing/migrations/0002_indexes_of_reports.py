"""On PostgreSQL, for the reports of pages: those published longest ago, of each type the one changed last, and the locked.

On SQLite, `iom.listing.apps` makes these indexes after each `migrate`. Nobody waits for them to be made.
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
            # What an interrupted attempt has left is no valid index
            schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            schema_editor.execute(f"CREATE INDEX CONCURRENTLY {name} ON {table} {columns}")


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in INDEXES:
            schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL makes no index beside readers and writers within a transaction
    dependencies = [
        ("listing", "0001_listing"),
    ]
    operations = [migrations.RunPython(make, remove)]
