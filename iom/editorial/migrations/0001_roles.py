"""The groups of people who work on the site, each with no more than its work needs. See docs/architecture.md.

It cannot be taken back: whom the groups that it removes let do what is known nowhere else.
"""

from babel import Locale
from django.db import migrations

OFFICERS, EDITORS, ADMINISTRATORS = "Communications officers", "Newsroom editors", "Administrators"

# (app label, model, codenames); "*" stands for add, change, delete and view.
ADMIN_ACCESS = ("wagtailadmin", "admin", ["access_admin"])
PERMISSIONS = {
    OFFICERS: [
        ADMIN_ACCESS,
        ("contacts", "presscontact", ["add_presscontact", "change_presscontact", "view_presscontact"]),
        ("contacts", "office", ["view_office"]),
        ("newsroom", "topic", ["view_topic"]),
    ],
    EDITORS: [
        ADMIN_ACCESS,
        ("users", "user", ["retire_page", "edit_home"]),
        ("contacts", "presscontact", "*"),
        ("contacts", "office", "*"),
        ("contacts", "contactsettings", ["change_contactsettings"]),
        ("newsroom", "topic", "*"),
        ("wagtailredirects", "redirect", "*"),
    ],
    ADMINISTRATORS: [
        ADMIN_ACCESS,
        ("users", "user", "*"),
        ("users", "user", ["retire_page", "edit_home"]),
        ("auth", "group", "*"),
        ("contacts", "presscontact", "*"),
        ("contacts", "office", "*"),
        ("contacts", "contactsettings", ["change_contactsettings"]),
        ("newsroom", "topic", "*"),
        ("wagtailredirects", "redirect", "*"),
        ("wagtailcore", "site", "*"),
        ("wagtailcore", "collection", "*"),
        ("wagtailcore", "workflow", "*"),
        ("wagtailcore", "task", "*"),
        ("wagtail_localize", "translation", ["submit_translation"]),
    ],
}
# What each may do below the home pages.
PAGES = {
    OFFICERS: ["add", "change", "publish"],
    EDITORS: ["add", "change", "publish", "lock", "unlock", "bulk_delete"],
    ADMINISTRATORS: ["add", "change", "publish", "lock", "unlock", "bulk_delete"],
}
# What each may do with the pictures (first) and documents of every collection.
FILES = {
    OFFICERS: ["add", "choose"],
    EDITORS: ["add", "change", "choose"],
    ADMINISTRATORS: ["add", "change", "choose"],
}


def make_roles(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    HomePage = apps.get_model("home", "HomePage")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    collection = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)

    def permission(app_label, model, codename):
        # Django makes permissions only after all migrations have run; it keeps those it finds.
        content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
        name = f"Can {codename.replace('_', ' ')}"
        return Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )[0]

    homes = {home.slug: home for home in HomePage.objects.all()}
    translators = {code: f"Translators into {Locale.parse(code, sep='-').get_display_name('en')}" for code in homes}
    permissions = PERMISSIONS | {name: [ADMIN_ACCESS] for name in translators.values()}
    files = FILES | {name: ["choose"] for name in translators.values()}
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in permissions}
    for name, grants in permissions.items():
        for app_label, model, codenames in grants:
            if codenames == "*":
                codenames = [f"{action}_{model}" for action in ("add", "change", "delete", "view")]
            groups[name].permissions.add(*(permission(app_label, model, codename) for codename in codenames))

    page_grants = [(name, action, home) for name, actions in PAGES.items() for action in actions for home in homes.values()]
    page_grants += [(name, "change", homes[language]) for language, name in translators.items()]
    for name, action, home in page_grants:
        GroupPagePermission.objects.get_or_create(
            group=groups[name], page_id=home.pk, permission=permission("wagtailcore", "page", f"{action}_page")
        )
    for name, actions in files.items():
        for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
            for action in actions:
                GroupCollectionPermission.objects.get_or_create(
                    group=groups[name], collection=collection, permission=permission(app_label, model, f"{action}_{model}")
                )

    # Wagtail's own groups give way where nobody is in them, and its workflow is answered by the newsroom's editors.
    # Once that is done, or where they have been renamed, there is nothing to do.
    for task in apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(groups__name="Moderators"):
        task.groups.set([groups[EDITORS]])
        task.name = "Relecture · Review"
        task.save()
        apps.get_model("wagtailcore", "Workflow").objects.filter(workflow_tasks__task_id=task.pk).update(
            name="Relecture · Review"
        )
    Group.objects.filter(name__in=["Moderators", "Editors"], user=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_homes"),
        ("contacts", "0001_initial"),
        ("newsroom", "0001_initial"),
        ("users", "0001_initial"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]
    operations = [migrations.RunPython(make_roles)]
