"""Whether a translation is older than its original is told by versions; until now it was by the clock."""

from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery


def from_times(apps, schema_editor):
    Original, State, Version = (
        apps.get_model("translation", name) for name in ("Original", "TranslationState", "TranslationVersion")
    )
    Original.objects.exclude(published_at=None).update(version=1)
    Original.objects.exclude(meaning_changed_at=None).update(version=2, meaning_version=2)
    original = Original.objects.filter(pk=OuterRef("original"))
    now, changed = Subquery(original.values("version")), Subquery(original.values("meaning_changed_at"))
    published = State.objects.exclude(published_at=None).annotate(changed=changed)
    published.filter(published_at__lt=F("changed")).update(source_version=1)
    published.filter(Q(changed=None) | Q(published_at__gte=F("changed"))).update(source_version=now)
    states = State.objects.filter(pk=OuterRef("translation"))
    theirs = Subquery(states.values("original__version"))
    changed = Subquery(states.values("original__meaning_changed_at"))
    versions = Version.objects.annotate(changed=changed, known=Subquery(states.values("pk"))).exclude(known=None)
    versions.filter(saved_at__lt=F("changed")).update(source_version=1)
    versions.filter(Q(changed=None) | Q(saved_at__gte=F("changed"))).update(source_version=theirs)


def to_times(apps, schema_editor):
    original = apps.get_model("translation", "Original")
    original.objects.filter(meaning_version__gt=0).update(meaning_changed_at=F("published_at"))


class Migration(migrations.Migration):
    dependencies = [("translation", "0002_translations_have_no_owner")]

    operations = [
        migrations.AddField("original", "version", models.PositiveIntegerField(default=0)),
        migrations.AddField("original", "meaning_version", models.PositiveIntegerField(default=0)),
        migrations.AddField("translationstate", "source_version", models.PositiveIntegerField(default=0)),
        migrations.AddField("translationversion", "source_version", models.PositiveIntegerField(default=0)),
        migrations.RunPython(from_times, to_times),
        migrations.RemoveField("original", "meaning_changed_at"),
    ]
