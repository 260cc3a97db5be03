"""Pages of translations were recorded as belonging to whoever wrote the original, who could delete them."""

from django.db import migrations


def forget_owners(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    TranslationState = apps.get_model("translation", "TranslationState")
    Page.objects.filter(pk__in=TranslationState.objects.values("page")).update(owner=None)


class Migration(migrations.Migration):
    dependencies = [("translation", "0001_initial")]
    # Nobody knows any more whose they were; nothing asks.
    operations = [migrations.RunPython(forget_owners, migrations.RunPython.noop, elidable=True)]
