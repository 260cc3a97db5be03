"""The five roles: each may do what its work needs, and nothing else."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Workflow

from iom.navigation.tests.pairs import at
from iom.users.models import User

OFFICERS, EDITORS, ADMINISTRATORS = "Communications officers", "Newsroom editors", "Administrators"
INTO_FRENCH, INTO_ENGLISH = "Translators into French", "Translators into English"
ALL = {OFFICERS, EDITORS, ADMINISTRATORS, INTO_FRENCH, INTO_ENGLISH}
RUN = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}
# What each may do below the French and the English home page.
PAGES = {
    OFFICERS: ({"add", "change", "publish"}, {"add", "change", "publish"}),
    EDITORS: (RUN, RUN),
    ADMINISTRATORS: (RUN, RUN),
    INTO_FRENCH: ({"change", "publish"}, set()),
    INTO_ENGLISH: (set(), {"change", "publish"}),
}
FILES = {
    OFFICERS: {"add", "choose"},
    EDITORS: {"add", "change", "choose"},
    ADMINISTRATORS: {"add", "change", "choose"},
    INTO_FRENCH: {"choose"},
    INTO_ENGLISH: {"choose"},
}


def holders(permission):
    """Returns the groups that have the permission."""
    app_label, codename = permission.split(".")
    return set(
        Group.objects.filter(
            permissions__codename=codename, permissions__content_type__app_label=app_label
        ).values_list("name", flat=True)
    )


def test_there_are_these_roles_and_no_others(db):
    assert set(Group.objects.values_list("name", flat=True)) == ALL


@pytest.mark.parametrize("group", PAGES)
@pytest.mark.parametrize(("home", "place"), [("fr", 0), ("en", 1)])
def test_what_a_role_may_do_below_each_home_page(db, group, home, place):
    found = GroupPagePermission.objects.filter(group__name=group, page__url_path=f"/{home}/")

    assert {
        codename.removesuffix("_page") for codename in found.values_list("permission__codename", flat=True)
    } == PAGES[group][place]


def test_no_role_may_do_anything_above_the_home_pages_or_on_single_pages(db):
    assert set(GroupPagePermission.objects.values_list("page__url_path", flat=True)) == {"/fr/", "/en/"}


@pytest.mark.parametrize("group", FILES)
@pytest.mark.parametrize("kind", ["image", "document"])
def test_what_a_role_may_do_with_pictures_and_documents(db, group, kind):
    found = GroupCollectionPermission.objects.filter(
        group__name=group, collection=Collection.get_first_root_node(), permission__content_type__model=kind
    )

    assert {
        codename.removesuffix(f"_{kind}") for codename in found.values_list("permission__codename", flat=True)
    } == FILES[group]


@pytest.mark.parametrize(
    ("permission", "groups"),
    [
        ("wagtailadmin.access_admin", ALL),
        ("wagtail_localize.submit_translation", set()),  # it amounts to publishing in every language
        ("users.write_original", {OFFICERS, EDITORS, ADMINISTRATORS}),
        ("translation.change_languagerule", {ADMINISTRATORS}),
        ("users.retire_page", {EDITORS, ADMINISTRATORS}),
        ("users.edit_home", {EDITORS, ADMINISTRATORS}),
        ("users.add_user", {ADMINISTRATORS}),
        ("users.change_user", {ADMINISTRATORS}),
        ("auth.change_group", {ADMINISTRATORS}),
        ("wagtailcore.change_site", {ADMINISTRATORS}),
        ("wagtailcore.add_workflow", {ADMINISTRATORS}),
        ("contacts.add_presscontact", {OFFICERS, EDITORS, ADMINISTRATORS}),
        ("contacts.change_presscontact", {OFFICERS, EDITORS, ADMINISTRATORS}),
        ("contacts.delete_presscontact", {EDITORS, ADMINISTRATORS}),
        ("contacts.change_office", {EDITORS, ADMINISTRATORS}),
        ("contacts.change_contactsettings", {EDITORS, ADMINISTRATORS}),
        ("banner.change_banner", {EDITORS, ADMINISTRATORS}),
        ("newsroom.change_topic", ALL),  # translators their own language alone
        ("translation.view_concept", ALL),
        ("translation.change_concept", ALL - {OFFICERS}),
        ("translation.delete_concept", {EDITORS, ADMINISTRATORS}),
        ("newsroom.add_topic", {EDITORS, ADMINISTRATORS}),
        ("aboutus.change_countrytext", ALL),
        ("newsroom.view_topic", {OFFICERS, EDITORS, ADMINISTRATORS}),
        ("wagtailredirects.add_redirect", {EDITORS, ADMINISTRATORS}),
    ],
)
def test_who_holds_a_permission(db, permission, groups):
    assert holders(permission) == groups


def test_a_permission_that_roles_are_given_exists_once(db):
    """Django creates permissions after migrations: nobody would have a second one of the same name."""
    for codename in (
        "submit_translation",
        "retire_page",
        "edit_home",
        "write_original",
        "access_admin",
        "change_contactsettings",
        "change_banner",
    ):
        assert Permission.objects.filter(codename=codename).count() == 1, codename


def test_translators_have_nothing_but_the_admin_the_pages_of_their_language_and_texts_in_it(db):
    for group in (INTO_FRENCH, INTO_ENGLISH):
        held = Group.objects.get(name=group).permissions.values_list("codename", flat=True)
        glossary = {"add_concept", "change_concept", "view_concept"}
        assert set(held) == {"access_admin", "change_topic", "change_countrytext"} | glossary


def test_nobody_of_the_demonstration_is_a_superuser(db):
    assert not User.objects.filter(is_superuser=True).exists()


def test_what_is_submitted_for_review_is_answered_by_the_editors(db):
    workflow = Workflow.objects.get(active=True)
    (task,) = [task.specific for task in workflow.tasks]

    assert isinstance(task, GroupApprovalTask)
    assert [group.name for group in task.groups.all()] == [EDITORS]
    assert at("/fr/actualites/").get_workflow() == at("/en/who-we-are/").get_workflow() == workflow
