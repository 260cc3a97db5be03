"""Texts about countries and topics: press officers write them, translators complete them, editors also delete them."""

from django.db import migrations

WRITE = ["add_countrytext", "change_countrytext", "view_countrytext"]
WRITERS = {
    "Communications officers": [*WRITE, "change_topic"],
    "Newsroom editors": [*WRITE, "delete_countrytext"],
    "Administrators": [*WRITE, "delete_countrytext"],
}
TRANSLATE = ["change_countrytext", "change_topic"]


def let_them_write(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    LanguageRule = apps.get_model("translation", "LanguageRule")

    def permission(codename):
        model = codename.partition("_")[2]
        label = {"countrytext": "aboutus", "topic": "newsroom"}[model]
        content_type, _ = ContentType.objects.get_or_create(app_label=label, model=model)
        name = f"Can {codename.replace('_', ' ')}"
        return Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )[0]

    groups = {name: Group.objects.filter(name=name).first() for name in WRITERS}
    for name, group in groups.items():
        if group is None:
            print(f"\n  The group “{name}” is not there by this name: this migration gives it nothing.", end="")
        else:
            group.permissions.add(*map(permission, WRITERS[name]))
    for rule in LanguageRule.objects.exclude(translators=None):
        rule.translators.permissions.add(*map(permission, TRANSLATE))


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0008_review_rules"),
        ("aboutus", "0010_country_texts"),
        ("translation", "0006_words"),
    ]
    operations = [migrations.RunPython(let_them_write, migrations.RunPython.noop)]
