"""On PostgreSQL, for the pages that are not published as they were last saved: the list of articles, the dashboard."""

from django.db import migrations

NAME = "listing_page_unfinished"
COLUMNS = "(latest_revision_id) WHERE has_unpublished_changes OR NOT live"


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        table = apps.get_model("wagtailcore", "Page")._meta.db_table
        # What an interrupted attempt has left is no valid index
        schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}")
        schema_editor.execute(f"CREATE INDEX CONCURRENTLY {NAME} ON {table} {COLUMNS}")


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}")


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL makes no index beside readers and writers within a transaction
    dependencies = [
        ("listing", "0004_page_search_index"),
    ]
    operations = [migrations.RunPython(make, remove)]
