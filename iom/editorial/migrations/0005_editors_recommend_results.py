"""Editors and administrators recommend results of the search, and see what is searched."""

from django.db import migrations

GROUPS = ("Newsroom editors", "Administrators")


def let_them_recommend(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailsearchpromotions", model="searchpromotion"
    )
    permissions = [
        apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type,
            codename=f"{action}_searchpromotion",
            defaults={"name": f"Can {action} search promotion"},
        )[0]
        for action in ("add", "change", "delete")
    ]
    for name in GROUPS:
        group = apps.get_model("auth", "Group").objects.filter(name=name).first()
        if group is None:
            print(f"\n  The group “{name}” is not there by this name: this migration gives it nothing.", end="")
        else:
            group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0004_administrators_see_jobs"),
        ("wagtailsearchpromotions", "0008_query_verbose_name"),
    ]
    operations = [migrations.RunPython(let_them_recommend, migrations.RunPython.noop)]
