from django.db import migrations, models
from django.db.models.functions import Length

SHORTER = 16


def remove_longer(apps, schema_editor):
    """The earlier version has no page type with such a long name. PostgreSQL would refuse to shorten the columns."""
    EntryFacet = apps.get_model("listing", "EntryFacet")
    FacetBitmap = apps.get_model("listing", "FacetBitmap")
    for model in (EntryFacet, FacetBitmap):
        longer = model.objects.using(schema_editor.connection.alias).annotate(length=Length("value"))
        longer.filter(length__gt=SHORTER).delete()


class Migration(migrations.Migration):
    dependencies = [("listing", "0007_corrected")]

    operations = [
        migrations.AlterField("entryfacet", "value", models.CharField(max_length=100)),
        migrations.AlterField("facetbitmap", "value", models.CharField(max_length=100)),
        migrations.RunPython(migrations.RunPython.noop, remove_longer),
    ]
