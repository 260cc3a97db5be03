"""Administrators manage collections: Wagtail asks for it at a collection, where 0001 gave it for the model."""

from django.db import migrations

GROUP = "Administrators"


def give_collections(apps, schema_editor):
    group = apps.get_model("auth", "Group").objects.filter(name=GROUP).first()
    if group is None:
        print(f"\n  The group “{GROUP}” is not there by this name: this migration gives it nothing.", end="")
        return
    root = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailcore", model="collection"
    )
    for action in ("add", "change", "delete"):
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=f"{action}_collection", defaults={"name": f"Can {action} collection"}
        )
        apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
            group=group, collection=root, permission=permission
        )


class Migration(migrations.Migration):
    dependencies = [("editorial", "0002_translators_desk")]
    operations = [migrations.RunPython(give_collections)]
