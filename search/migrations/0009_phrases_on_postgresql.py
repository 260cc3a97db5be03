"""Compares no more texts with a phrase than needed on PostgreSQL.

Texts were compared before sorting, so all texts of a period were read, even if it had more than wanted.
"""

from importlib import import_module

from django.db import migrations

before = import_module("search.migrations.0008_most_periods_on_postgresql")

LATEST = (
    before.LATEST.replace("one.country, one.is_article FROM", "one.country, one.is_article, one.fulltext FROM")
    .replace(" AND (follows IS NULL OR one.fulltext @@ follows)", "")
    .replace("WHERE shown.live AND", "WHERE (follows IS NULL OR had.fulltext @@ follows) AND shown.live AND")
)


class Migration(migrations.Migration):
    dependencies = [("search", "0008_most_periods_on_postgresql")]
    operations = [migrations.RunPython(before.run(LATEST), before.run(before.LATEST))]
