"""The articles that are there get their place in lists. Nothing else changes, so that there is nothing to take back."""

from django.db import migrations
from django.db.models import F

from newsroom.dates import place_in_lists


def set_sort_dates(apps, schema_editor):
    NewsArticle = apps.get_model("newsroom", "NewsArticle")
    NewsArticle.objects.update(sort_date=F("date"))
    dated = NewsArticle.objects.filter(date__isnull=False, first_published_at__isnull=False)
    for pk, date, published in dated.values_list("pk", "date", "first_published_at").iterator():
        place = place_in_lists(date, published)
        if place != date:  # only its day is known
            NewsArticle.objects.filter(pk=pk).update(sort_date=place)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0007_dates_at_publication")]
    operations = [migrations.RunPython(set_sort_dates, migrations.RunPython.noop)]
