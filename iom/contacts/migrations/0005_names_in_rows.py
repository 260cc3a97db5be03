"""The names and cities of offices become rows, one for each language."""

import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models

import iom.values

LANGUAGES = ("fr", "en")


def make_rows(apps, schema_editor):
    OfficeName = apps.get_model("contacts", "OfficeName")
    OfficeName.objects.bulk_create(
        OfficeName(
            office=office,
            language=language,
            name=getattr(office, f"name_{language}"),
            city=getattr(office, f"city_{language}"),
        )
        for office in apps.get_model("contacts", "Office").objects.order_by("pk")
        for language in LANGUAGES
        if getattr(office, f"name_{language}")
    )


def fill_columns(apps, schema_editor):
    """An office without an English name gets the French one: the column cannot be empty. Other languages are lost."""
    for office in apps.get_model("contacts", "Office").objects.order_by("pk"):
        rows = {row.language: row for row in office.names.all()}
        for language in LANGUAGES:
            row = rows.get(language) or rows.get("fr")
            if row is not None:
                setattr(office, f"name_{language}", row.name)
                setattr(office, f"city_{language}", row.city)
        office.save()


class Migration(migrations.Migration):
    dependencies = [("contacts", "0004_time_zone_of_the_country")]

    operations = [
        migrations.AlterModelOptions("office", {"verbose_name": "office", "verbose_name_plural": "offices"}),
        migrations.CreateModel(
            "OfficeName",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=16, verbose_name="language")),
                ("name", models.CharField(blank=True, max_length=160, verbose_name="name")),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="city")),
                (
                    "office",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="contacts.office"
                    ),
                ),
            ],
            {
                "constraints": [
                    models.UniqueConstraint(fields=("office", "language"), name="office_name_once_per_language")
                ]
            },
            (iom.values.CheckedValues, models.Model),
        ),
        migrations.RunPython(make_rows, fill_columns),
        # When the migration is undone, the columns come back empty before they are filled.
        migrations.AlterField("office", "name_fr", models.CharField(blank=True, max_length=160)),
        migrations.AlterField("office", "name_en", models.CharField(blank=True, max_length=160)),
        migrations.RemoveField("office", "name_fr"),
        migrations.RemoveField("office", "name_en"),
        migrations.RemoveField("office", "city_fr"),
        migrations.RemoveField("office", "city_en"),
    ]
