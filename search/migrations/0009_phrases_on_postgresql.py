"""On PostgreSQL, no more texts are compared with a phrase than are needed.

They were compared before they were put in order. Of a period that has more of them than are wanted, each was read.
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
