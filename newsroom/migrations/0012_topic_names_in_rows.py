"""The names and addresses of topics become rows, one for each language."""

import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models

import iom.values

LANGUAGES = ("fr", "en")


def make_rows(apps, schema_editor):
    TopicName = apps.get_model("newsroom", "TopicName")
    TopicName.objects.bulk_create(
        TopicName(
            topic=topic,
            language=language,
            name=getattr(topic, f"name_{language}"),
            slug=getattr(topic, f"slug_{language}") or f"topic-{topic.pk}",
        )
        for topic in apps.get_model("newsroom", "Topic").objects.order_by("pk")
        for language in LANGUAGES
        if getattr(topic, f"name_{language}")
    )


def fill_columns(apps, schema_editor):
    """Names in other languages are lost."""
    for topic in apps.get_model("newsroom", "Topic").objects.order_by("pk"):
        for row in topic.names.filter(language__in=LANGUAGES):
            setattr(topic, f"name_{row.language}", row.name)
            setattr(topic, f"slug_{row.language}", row.slug)
        topic.save()


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0011_body_field")]

    operations = [
        migrations.AlterModelOptions("topic", {"verbose_name": "topic", "verbose_name_plural": "topics"}),
        migrations.CreateModel(
            "TopicName",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=16, verbose_name="language")),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                ("slug", models.SlugField(blank=True, max_length=80, verbose_name="address")),
                (
                    "topic",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="newsroom.topic"
                    ),
                ),
            ],
            {
                "constraints": [
                    models.UniqueConstraint(fields=("topic", "language"), name="topic_name_once_per_language"),
                    models.UniqueConstraint(
                        fields=("language", "slug"),
                        name="topic_address_once_per_language",
                        violation_error_message="Another topic has this address.",
                    ),
                ]
            },
            (iom.values.CheckedValues, models.Model),
        ),
        migrations.RunPython(make_rows, fill_columns),
        migrations.RemoveConstraint("topic", "topic_address_once_in_fr"),
        migrations.RemoveConstraint("topic", "topic_address_once_in_en"),
        migrations.RemoveField("topic", "name_fr"),
        migrations.RemoveField("topic", "slug_fr"),
        migrations.RemoveField("topic", "name_en"),
        migrations.RemoveField("topic", "slug_en"),
    ]
