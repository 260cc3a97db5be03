"""Adds a column and an index of titles, summaries and names on PostgreSQL.

The index of all words does not know their columns, so all texts were read for words that few titles and many texts
have. The planner finds rare words better with more words in its statistics.
"""

from importlib import import_module

from django.db import migrations

documents = import_module("search.migrations.0002_fulltext")
HEADS = " || ".join(documents.VECTOR.split(" || ")[:3])
FORWARDS = [
    f"ALTER TABLE search_document ADD COLUMN heads tsvector GENERATED ALWAYS AS ({HEADS}) STORED",
    "ALTER TABLE search_document ALTER COLUMN heads SET STATISTICS 500, ALTER COLUMN fulltext SET STATISTICS 500",
    "CREATE INDEX search_document_heads ON search_document USING gin (heads) WITH (fastupdate = off)",
    "ANALYZE search_document",
]
BACKWARDS = [
    "ALTER TABLE search_document DROP COLUMN heads",
    "ALTER TABLE search_document ALTER COLUMN fulltext SET STATISTICS -1",
]


def run(statements):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [("search", "0004_heads")]
    operations = [migrations.RunPython(run(FORWARDS), run(BACKWARDS))]
