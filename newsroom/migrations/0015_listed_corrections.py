"""Lists mark the articles that have been corrected before."""

from django.db import migrations
from django.db.models import Max


def mark(apps, schema_editor):
    corrections = apps.get_model("newsroom", "Correction").objects.order_by().values("article")
    entries = apps.get_model("listing", "Entry").objects
    for row in corrections.annotate(latest=Max("date")):
        entries.filter(pk=row["article"]).update(corrected_on=row["latest"])


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0014_words"), ("listing", "0006_corrected_on")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
