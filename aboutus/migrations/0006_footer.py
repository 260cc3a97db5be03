"""Pages of the footer say so themselves; those that stood there for their place keep it."""

from django.db import migrations, models


def keep_the_footer(apps, schema_editor):
    AboutPage = apps.get_model("aboutus", "AboutPage")
    Revision = apps.get_model("wagtailcore", "Revision")
    pages = AboutPage.objects.filter(depth=3, show_in_menus=False)
    keys = [str(pk) for pk in pages.values_list("pk", flat=True)]
    pages.update(in_footer=True)
    drafts = Revision.objects.filter(
        object_id__in=keys, content_type__app_label="aboutus", content_type__model="aboutpage"
    )
    for revision in drafts.iterator():
        revision.content["in_footer"] = True
        revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("aboutus", "0005_table_block"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [
        migrations.AddField(
            model_name="aboutpage",
            name="in_footer",
            field=models.BooleanField(
                default=False,
                help_text="On every page, wherever this page stands in the menu.",
                verbose_name="show in the footer",
            ),
        ),
        migrations.RunPython(keep_the_footer, migrations.RunPython.noop),
    ]
