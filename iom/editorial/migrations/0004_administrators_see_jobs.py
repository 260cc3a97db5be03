"""Administrators see the scheduler's jobs, and have those that have failed tried again."""

from django.db import migrations

GROUP = "Administrators"


def let_them_see_jobs(apps, schema_editor):
    group = apps.get_model("auth", "Group").objects.filter(name=GROUP).first()
    if group is None:
        print(f"\n  The group “{GROUP}” is not there by this name: this migration gives it nothing.", end="")
        return
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="publishing", model="job"
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename="change_job", defaults={"name": "Can change job"}
    )
    group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("editorial", "0003_collections"), ("publishing", "0002_job")]
    operations = [migrations.RunPython(let_them_see_jobs, migrations.RunPython.noop)]
