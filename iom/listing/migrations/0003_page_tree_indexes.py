"""On PostgreSQL, for the tree of pages: its root, for which each screen of the admin asks, and to count what is below."""

from django.db import migrations

INDEXES = {
    "listing_page_root": "(path) WHERE depth = 1",
    "listing_page_tree": "(path text_pattern_ops, depth)",
}


def make(apps, schema_editor, indexes=INDEXES):
    if schema_editor.connection.vendor == "postgresql":
        table = apps.get_model("wagtailcore", "Page")._meta.db_table
        for name, columns in indexes.items():
            # What an interrupted attempt has left is no valid index
            schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            schema_editor.execute(f"CREATE INDEX CONCURRENTLY {name} ON {table} {columns}")


def remove(apps, schema_editor, indexes=INDEXES):
    if schema_editor.connection.vendor == "postgresql":
        for name in indexes:
            schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL makes no index beside readers and writers within a transaction
    dependencies = [
        ("listing", "0002_indexes_of_reports"),
    ]
    operations = [migrations.RunPython(make, remove)]
