"""Adds a second index on SQLite, of titles, summaries and names.

To search one column, SQLite reads the positions of the words in all columns. This index has no positions in texts.
"""

from django.db import migrations

COLUMNS = ("title_tokens", "summary_tokens", "names_tokens")
NEW, OLD = (", ".join(f"{row}.{column}" for column in COLUMNS) for row in ("new", "old"))
NAMES = ", ".join(COLUMNS)
HEADS = "search_fulltext_heads"
FORWARDS = [
    f"CREATE VIRTUAL TABLE {HEADS} USING fts5({NAMES}, content='search_document', content_rowid='id', "
    "tokenize='ascii')",
    "CREATE TRIGGER search_head_added AFTER INSERT ON search_document BEGIN "
    f"INSERT INTO {HEADS}(rowid, {NAMES}) VALUES (new.id, {NEW}); END",
    "CREATE TRIGGER search_head_removed AFTER DELETE ON search_document BEGIN "
    f"INSERT INTO {HEADS}({HEADS}, rowid, {NAMES}) VALUES ('delete', old.id, {OLD}); END",
    f"INSERT INTO {HEADS}({HEADS}) VALUES ('rebuild')",
]
BACKWARDS = ["DROP TRIGGER search_head_added", "DROP TRIGGER search_head_removed", f"DROP TABLE {HEADS}"]


def run(statements):
    def on_sqlite(apps, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            for statement in statements:
                schema_editor.execute(statement)

    return on_sqlite


class Migration(migrations.Migration):
    dependencies = [("search", "0003_drafts")]
    operations = [migrations.RunPython(run(FORWARDS), run(BACKWARDS))]
