"""Each text that has been published gets its reference number, in the order of the dates."""

from collections import defaultdict
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Min, Q


def number(apps, schema_editor):
    articles = apps.get_model("newsroom", "NewsArticle").objects
    reference = apps.get_model("newsroom", "Reference").objects
    published = articles.filter(Q(live=True) | Q(first_published_at__isnull=False), date__isnull=False).order_by()
    texts = published.values("translation_key").annotate(first=Min("date"), key=F("translation_key")).order_by("first", "key")
    numbers = defaultdict(int)
    for text in texts.values_list("key", "first"):
        key, first = text
        year = first.astimezone(ZoneInfo(settings.TIME_ZONE)).year
        numbers[year] += 1
        reference.create(translation_key=key, year=year, number=numbers[year])
        articles.filter(pk__in=articles.filter(translation_key=key).values("pk")).filter(
            Q(live=True) | Q(first_published_at__isnull=False)
        ).update(reference=f"{year}-{numbers[year]:03}")


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0017_topic_texts")]

    operations = [
        migrations.CreateModel(
            name="Reference",
            fields=[
                ("translation_key", models.UUIDField(primary_key=True, serialize=False)),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("year", "number"), name="reference_once")],
            },
        ),
        migrations.AddField(
            model_name="newsarticle",
            name="reference",
            field=models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=16, verbose_name="reference number"
            ),
        ),
        migrations.RunPython(number, migrations.RunPython.noop),
    ]
