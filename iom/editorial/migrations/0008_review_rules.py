"""Administrators say which texts need a review."""

from django.db import migrations

GROUP = "Administrators"


def let_them_keep_the_rules(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="newsroom", model="reviewrule"
    )
    group = apps.get_model("auth", "Group").objects.filter(name=GROUP).first()
    if group is None:
        print(f"\n  The group “{GROUP}” is not there by this name: this migration gives it nothing.", end="")
        return
    for action in ("add", "change", "delete", "view"):
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=f"{action}_reviewrule", defaults={"name": f"Can {action} review rule"}
        )
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("editorial", "0007_offices"), ("newsroom", "0016_review_rules")]
    operations = [migrations.RunPython(let_them_keep_the_rules, migrations.RunPython.noop)]
