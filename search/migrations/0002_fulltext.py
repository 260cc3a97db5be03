from django.db import migrations

COLUMNS = ("title_tokens", "summary_tokens", "names_tokens", "text_tokens")
NEW, OLD = (", ".join(f"{row}.{column}" for column in COLUMNS) for row in ("new", "old"))
NAMES = ", ".join(COLUMNS)

# The tokens are words of letters and digits, in ASCII where their language allows it: nothing is left to a tokenizer.
SQLITE = [
    f"CREATE VIRTUAL TABLE search_fulltext USING fts5({NAMES}, content='search_document', content_rowid='id', "
    "tokenize='ascii')",
    "CREATE TRIGGER search_document_added AFTER INSERT ON search_document BEGIN "
    f"INSERT INTO search_fulltext(rowid, {NAMES}) VALUES (new.id, {NEW}); END",
    "CREATE TRIGGER search_document_removed AFTER DELETE ON search_document BEGIN "
    f"INSERT INTO search_fulltext(search_fulltext, rowid, {NAMES}) VALUES ('delete', old.id, {OLD}); END",
    "INSERT INTO search_fulltext(search_fulltext) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER search_document_added",
    "DROP TRIGGER search_document_removed",
    "DROP TABLE search_fulltext",
]
VECTOR = " || ".join(
    f"setweight(to_tsvector('simple'::regconfig, {column}), '{weight}')"
    for column, weight in zip(COLUMNS, "ABCD", strict=True)
)
POSTGRESQL = [
    f"ALTER TABLE search_document ADD COLUMN fulltext tsvector GENERATED ALWAYS AS ({VECTOR}) STORED",
    # Without a list of pending entries, which one search after many publications would have to read.
    "CREATE INDEX search_document_fulltext ON search_document USING gin (fulltext) WITH (fastupdate = off)",
]
POSTGRESQL_BACK = ["ALTER TABLE search_document DROP COLUMN fulltext"]


def forwards(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_documents")]
    operations = [migrations.RunPython(forwards, backwards)]
