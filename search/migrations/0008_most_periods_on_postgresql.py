"""Leaves periods out of a query on PostgreSQL if it would name most of the remaining ones.

PostgreSQL merges the documents of all named periods. Without naming them, reading all matches takes a fifth of the time.
"""

from importlib import import_module

from django.db import migrations

before = import_module("search.migrations.0006_lexemes_on_postgresql")

LATEST = before.LATEST.replace(
    "IF first <= oldest THEN", "IF first - oldest < width THEN  -- less is older\n            first := oldest;"
)


def run(statement):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [("search", "0007_found_on_sqlite")]
    operations = [migrations.RunPython(run(LATEST), run(before.LATEST))]
