"""All ways to make a text public: those of this project, of Wagtail and of wagtail-localize."""

import re
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.actions import CopyPageAction, action_registry
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.edit_page import EditPageAction
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.models import Revision, TaskState

from iom.tests.page_forms import fill_form
from iom.tests.test_every_form import PUBLISH, edit_url
from iom.users.models import User
from newsroom.importing.tests.site import run as import_file
from newsroom.models import NewsArticle

RELEASE: list[Path] = []


def officer():
    return User.objects.get(email="officer@example.org")


def by_a_script(page, sign_in):
    page.get_latest_revision().publish()


def in_the_editor(page, sign_in):
    data = fill_form(sign_in("editor").get(edit_url(page)).context["form"], "fr", words="Written", slug=page.slug)
    sign_in("editor").post(edit_url(page), data | PUBLISH)


def in_bulk(page, sign_in):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    sign_in("admin").post(f"{address}?id={page.pk}", {"include_descendants": ""})


def by_a_workflow(page, sign_in):
    page.get_workflow().start(page, officer())
    task = TaskState.objects.get(workflow_state__object_id=str(page.pk), status="in_progress")
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    sign_in("editor").post(address, {"comment": ""})


def by_a_schedule(page, sign_in):
    revision = page.get_latest_revision()
    due = timezone.now() - timedelta(minutes=1)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=due)
    call_command("publish_scheduled", verbosity=0)


def by_going_back(page, sign_in):
    """Reverts to an earlier revision, which is published."""
    revision = page.get_latest_revision()
    page.title = "Plus tard"
    page.save_revision()
    RevertToPageRevisionAction(page, revision, user=officer()).execute(skip_permission_checks=True).publish()


def by_the_admins_api(page, sign_in):
    sign_in("admin").post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"]))


def by_an_action_of_wagtail(page, sign_in):
    """As its API of version 3 does."""
    publish = action_registry.get_action_class(type(page), "publish")
    publish(page.get_latest_revision(), user=User.objects.get(email="admin@example.org")).execute()


def by_an_edit_of_wagtail(page, sign_in):
    EditPageAction(page.get_latest_revision_as_object(), user=officer(), publish=True).execute(
        skip_permission_checks=True
    )


def by_saving_the_page(page, sign_in):
    page.get_latest_revision_as_object().save()


def by_saving_a_field(page, sign_in):
    page.get_latest_revision_as_object().save(update_fields=["title"])


# The update of a live page
UPDATES = [
    by_a_script, in_the_editor, in_bulk, by_a_workflow, by_a_schedule, by_going_back,
    by_an_action_of_wagtail, by_an_edit_of_wagtail, by_saving_the_page, by_saving_a_field,
]  # fmt: skip


def by_copying(page, sign_in):
    CopyPageAction(page, keep_live=True, update_attrs={"slug": "copy"}, user=officer()).execute(True)


def by_copying_in_the_admin(page, sign_in):
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk, "publish_copies": "on"}
    sign_in("admin").post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)


def by_copying_in_the_admins_api(page, sign_in):
    data = {"destination_page_id": page.get_parent().pk, "slug": "copy", "recursive": False, "keep_live": True}
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "copy"])
    sign_in("admin").post(address, data, content_type="application/json")


def by_an_alias(page, sign_in):
    CreatePageAliasAction(page, update_slug="copy", user=officer()).execute(skip_permission_checks=True)


def by_an_alias_in_the_admin(page, sign_in):
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk, "alias": "on"}
    sign_in("admin").post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)


def by_an_alias_in_the_admins_api(page, sign_in):
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "create_alias"])
    sign_in("admin").post(address, {"update_slug": "copy"}, content_type="application/json")


def by_adding_a_live_page(page, sign_in):
    parent = page.get_parent()
    parent.add_child(instance=NewsArticle(title="Live at once", locale=parent.locale, live=True, summary="S"))


def by_an_import(page, sign_in):
    import_file(RELEASE[-1], publish=True)


def by_the_demonstration(page, sign_in):
    page.get_parent().get_children().all().delete()
    call_command("demo", verbosity=0)


# A page that was not there before
ADDITIONS = [by_copying, by_an_alias, by_adding_a_live_page, by_an_import, by_the_demonstration]

# Ways of Wagtail's admin that are closed to everyone
CLOSED = [
    by_the_admins_api, by_copying_in_the_admin, by_copying_in_the_admins_api, by_an_alias_in_the_admin,
    by_an_alias_in_the_admins_api,
]  # fmt: skip

# Where Wagtail and localize make something public, and by which ways that is tried here. Nothing else does.
REACHED = {
    "wagtail/actions/convert_alias.py": {"test_what_an_alias_becomes_is_live_only_where_the_gate_lets_it"},
    "wagtail/actions/copy_for_translation.py": {"by_an_alias"},
    "wagtail/actions/copy_page.py": {"by_copying"},
    "wagtail/actions/create.py": {"by_a_script"},
    "wagtail/actions/create_alias.py": {"by_an_alias"},
    "wagtail/actions/edit.py": {"by_an_edit_of_wagtail"},
    "wagtail/actions/publish_page_revision.py": {"by_a_script"},
    "wagtail/actions/publish_revision.py": {"by_a_script"},
    "wagtail/admin/api/actions/convert_alias.py": {"test_what_an_alias_becomes_is_live_only_where_the_gate_lets_it"},
    "wagtail/admin/api/actions/copy.py": {"by_copying_in_the_admins_api"},
    "wagtail/admin/api/actions/create_alias.py": {"by_an_alias_in_the_admins_api"},
    "wagtail/admin/api/actions/publish.py": {"by_the_admins_api"},
    "wagtail/admin/views/generic/mixins.py": {"by_a_script"},
    "wagtail/admin/views/pages/bulk_actions/publish.py": {"in_bulk"},
    "wagtail/admin/views/pages/convert_alias.py": {"test_what_an_alias_becomes_is_live_only_where_the_gate_lets_it"},
    "wagtail/admin/views/pages/copy.py": {"by_copying_in_the_admin", "by_an_alias_in_the_admin"},
    "wagtail/admin/views/pages/create.py": {"by_a_script"},
    "wagtail/admin/views/pages/edit.py": {"in_the_editor"},
    "wagtail/api/v3/routers/pages.py": {"by_an_action_of_wagtail", "by_copying", "by_an_alias"},
    "wagtail/management/commands/publish_scheduled.py": {"by_a_schedule"},
    "wagtail/models/pages.py": {"by_a_script", "by_copying", "by_an_alias"},
    "wagtail/models/revisions.py": {"by_a_script"},
    "wagtail/workflows.py": {"by_a_workflow"},
    "wagtail_localize/models.py": {"by_saving_the_page"},
    "wagtail_localize/operations.py": {"by_saving_the_page"},
    "wagtail_localize/views/convert.py": {"by_saving_the_page"},
    "wagtail_localize/views/edit_translation.py": {"by_saving_the_page"},
    "wagtail_localize/views/update_translations.py": {"by_saving_the_page"},
}
MAKES_PUBLIC = re.compile(
    r"\.publish\(|\blive = True|keep_live=|update_aliases\(|create_alias\(|save_target\("
    r"|\b(PublishPageRevision|CopyPage|CreatePageAlias|ConvertAliasPage)Action\("
)
