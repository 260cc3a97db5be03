from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

documents = import_module("search.migrations.0002_fulltext")
COLUMNS, NAMES, NEW, OLD = documents.COLUMNS, documents.NAMES, documents.NEW, documents.OLD

# As the index of documents; a draft is written over the one before.
ADDED = f"INSERT INTO search_draft_fulltext(rowid, {NAMES}) VALUES (new.page_id, {NEW})"
REMOVED = f"INSERT INTO search_draft_fulltext(search_draft_fulltext, rowid, {NAMES}) VALUES ('delete', old.page_id, {OLD})"
SQLITE = [
    f"CREATE VIRTUAL TABLE search_draft_fulltext USING fts5({NAMES}, content='search_draft', content_rowid='page_id', "
    "tokenize='ascii')",
    f"CREATE TRIGGER search_draft_added AFTER INSERT ON search_draft BEGIN {ADDED}; END",
    f"CREATE TRIGGER search_draft_removed AFTER DELETE ON search_draft BEGIN {REMOVED}; END",
    f"CREATE TRIGGER search_draft_changed AFTER UPDATE ON search_draft BEGIN {REMOVED}; {ADDED}; END",
]
SQLITE_BACK = [
    "DROP TRIGGER search_draft_added",
    "DROP TRIGGER search_draft_removed",
    "DROP TRIGGER search_draft_changed",
    "DROP TABLE search_draft_fulltext",
]
POSTGRESQL = [
    f"ALTER TABLE search_draft ADD COLUMN fulltext tsvector GENERATED ALWAYS AS ({documents.VECTOR}) STORED",
    "CREATE INDEX search_draft_fulltext ON search_draft USING gin (fulltext) WITH (fastupdate = off)",
]
POSTGRESQL_BACK = ["ALTER TABLE search_draft DROP COLUMN fulltext"]


def forwards(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_fulltext"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("title_tokens", models.TextField()),
                ("summary_tokens", models.TextField()),
                ("names_tokens", models.TextField()),
                ("text_tokens", models.TextField()),
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("revision", models.IntegerField()),
            ],
            options={"abstract": False},
        ),
        migrations.RunPython(forwards, backwards),
    ]
