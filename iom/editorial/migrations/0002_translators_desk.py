"""Translators publish in their language; who writes originals, and who submits them for translation, is said apart.

A group that has been renamed keeps what it has, and is named for someone to look at. It cannot be taken back: who could
submit translations before is known nowhere else.
"""

from babel import Locale
from django.db import migrations

OFFICERS, EDITORS, ADMINISTRATORS = "Communications officers", "Newsroom editors", "Administrators"


def give_the_desk_its_roles(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    LanguageRule = apps.get_model("translation", "LanguageRule")

    def permission(app_label, model, codename):
        content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
        name = f"Can {codename.replace('_', ' ')}"
        return Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )[0]

    homes = {home.slug: home for home in apps.get_model("home", "HomePage").objects.all()}
    translators = {code: f"Translators into {Locale.parse(code, sep='-').get_display_name('en')}" for code in homes}
    groups = {group.name: group for group in Group.objects.all()}
    for name in (OFFICERS, EDITORS, ADMINISTRATORS, *translators.values()):
        if name not in groups:
            print(f"\n  The group “{name}” is not there by this name: this migration gives it nothing.", end="")
    for group in (groups[name] for name in (OFFICERS, EDITORS, ADMINISTRATORS) if name in groups):
        group.permissions.add(permission("users", "user", "write_original"))
        # localize's own amounts to publishing in every language; whoever writes originals submits them here
        group.permissions.remove(permission("wagtail_localize", "translation", "submit_translation"))
    if ADMINISTRATORS in groups:
        groups[ADMINISTRATORS].permissions.add(permission("translation", "languagerule", "change_languagerule"))

    for language, name in translators.items():
        group = groups.get(name)
        if group is None:
            continue
        LanguageRule.objects.update_or_create(locale_id=homes[language].locale_id, defaults={"translators": group})
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=group, page_id=homes[language].pk, permission=permission("wagtailcore", "page", "publish_page")
        )


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0001_roles"),
        ("translation", "0001_initial"),
        ("users", "0002_write_original"),
        ("home", "0002_homes"),
    ]
    operations = [migrations.RunPython(give_the_desk_its_roles)]
