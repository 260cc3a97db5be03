"""Translators publish in their language; who writes originals, and who submits them for translation, is said apart."""

from django.db import migrations

OFFICERS, EDITORS, ADMINISTRATORS = "Communications officers", "Newsroom editors", "Administrators"
TRANSLATORS = {"fr": "Translators into French", "en": "Translators into English"}


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

    for group in Group.objects.filter(name__in=[OFFICERS, EDITORS, ADMINISTRATORS]):
        group.permissions.add(permission("users", "user", "write_original"))
        # localize's own amounts to publishing in every language; whoever writes originals submits them here
        group.permissions.remove(permission("wagtail_localize", "translation", "submit_translation"))
    Group.objects.get(name=ADMINISTRATORS).permissions.add(permission("translation", "languagerule", "change_languagerule"))

    homes = {home.slug: home for home in apps.get_model("home", "HomePage").objects.all()}
    for language, name in TRANSLATORS.items():
        group = Group.objects.get(name=name)
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
    operations = [migrations.RunPython(give_the_desk_its_roles, migrations.RunPython.noop)]
