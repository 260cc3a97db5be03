"""Editors and administrators show the banner of the site."""

from django.db import migrations

GROUPS = ("Newsroom editors", "Administrators")


def let_them_show_it(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="banner", model="banner"
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename="change_banner", defaults={"name": "Can change banner"}
    )
    for name in GROUPS:
        group = apps.get_model("auth", "Group").objects.filter(name=name).first()
        if group is None:
            print(f"\n  The group “{name}” is not there by this name: this migration gives it nothing.", end="")
        else:
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("editorial", "0005_editors_recommend_results"), ("banner", "0001_initial")]
    operations = [migrations.RunPython(let_them_show_it, migrations.RunPython.noop)]
