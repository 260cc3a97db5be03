"""The glossary: translators, newsroom editors and administrators write it, press officers read it."""

from django.db import migrations

WRITE = ["add_concept", "change_concept", "view_concept"]
GROUPS = {
    "Communications officers": ["view_concept"],
    "Newsroom editors": [*WRITE, "delete_concept"],
    "Administrators": [*WRITE, "delete_concept"],
}


def let_them_write(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    LanguageRule = apps.get_model("translation", "LanguageRule")
    content_type, _ = ContentType.objects.get_or_create(app_label="translation", model="concept")

    def permission(codename):
        name = f"Can {codename.replace('_', ' ')}"
        found = Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )
        return found[0]

    for name, codenames in GROUPS.items():
        group = Group.objects.filter(name=name).first()
        if group is None:
            print(f"\n  The group “{name}” is not there by this name: this migration gives it nothing.", end="")
        else:
            group.permissions.add(*map(permission, codenames))
    for rule in LanguageRule.objects.exclude(translators=None):
        rule.translators.permissions.add(*map(permission, WRITE))


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0009_texts_about_countries"),
        ("translation", "0010_glossary"),
    ]
    operations = [migrations.RunPython(let_them_write, migrations.RunPython.noop)]
