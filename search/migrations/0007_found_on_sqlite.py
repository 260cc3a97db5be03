"""Adds a covering index on SQLite for the columns that are read of each match, so that SQLite does not read texts."""

from importlib import import_module

from django.db import migrations

run = import_module("search.migrations.0004_heads").run

FORWARDS = ["CREATE INDEX search_found ON search_document (id, page_id, country, is_article, until)"]
BACKWARDS = ["DROP INDEX search_found"]


class Migration(migrations.Migration):
    dependencies = [("search", "0006_lexemes_on_postgresql")]
    operations = [migrations.RunPython(run(FORWARDS), run(BACKWARDS))]
