"""Indexes on PostgreSQL for the page tree: the root, which each admin screen looks up, and counts of descendants."""

from django.db import migrations

INDEXES = {
    "listing_page_root": "(path) WHERE depth = 1",
    "listing_page_tree": "(path text_pattern_ops, depth)",
}


def make(apps, schema_editor, indexes=INDEXES):
    if schema_editor.connection.vendor == "postgresql":
        table = apps.get_model("wagtailcore", "Page")._meta.db_table
        for name, columns in indexes.items():
            # An interrupted attempt leaves an invalid index
            schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            schema_editor.execute(f"CREATE INDEX CONCURRENTLY {name} ON {table} {columns}")


def remove(apps, schema_editor, indexes=INDEXES):
    if schema_editor.connection.vendor == "postgresql":
        for name in indexes:
            schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL cannot create an index concurrently in a transaction
    dependencies = [
        ("listing", "0002_indexes_of_reports"),
    ]
    operations = [migrations.RunPython(make, remove)]
