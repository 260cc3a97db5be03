"""Editors and administrators work on the texts of all offices, whichever they belong to, and publish without review."""

from django.db import migrations

GROUPS = ("Newsroom editors", "Administrators")
PERMISSIONS = {
    "all_offices": "Can work on the texts of all offices and see limited drafts",
    "skip_review": "Can publish without the review that is asked for, giving a reason",
}


def let_them_work_for_all(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="users", model="user"
    )
    permissions = [
        apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )[0]
        for codename, name in PERMISSIONS.items()
    ]
    for name in GROUPS:
        group = apps.get_model("auth", "Group").objects.filter(name=name).first()
        if group is None:
            print(f"\n  The group “{name}” is not there by this name: this migration gives it nothing.", end="")
        else:
            group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [("editorial", "0006_editors_show_the_banner"), ("users", "0004_all_offices")]
    operations = [migrations.RunPython(let_them_work_for_all, migrations.RunPython.noop)]
