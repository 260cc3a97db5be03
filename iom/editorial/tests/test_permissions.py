"""Permissions that depend on more than the role: home pages, own drafts, people who have left (see also matrix.py)."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from iom.core.admin_visibility import Reader
from iom.navigation.tests.pairs import at, pair, restrict
from iom.navigation.visibility import is_below_private
from iom.tests.factories import ArticleFactory
from iom.translation.models import TranslationState
from iom.translation.tests import desk
from iom.translation.tests.screen import segment as desk_segment
from iom.translation.workflow import detach
from iom.translation.workflow.writing import write
from iom.users.models import User
from newsroom.models import NewsArticle

NOBODY, EVERYONE = set(), {"officer", "editor", "admin", "translator.fr", "translator.en"}
STAFF, CHIEFS = {"officer", "editor", "admin"}, {"editor", "admin"}


def user(account):
    return User.objects.get(email=f"{account}@example.org")


def may(page, action):
    """Returns the accounts that may do the action, and checks that the page's class makes no difference."""
    answers = []
    for loaded in (page, Page.objects.get(pk=page.pk)):
        answers.append(
            {name for name in EVERYONE if getattr(loaded.permissions_for_user(user(name)), f"can_{action}")()}
        )
    assert answers[0] == answers[1]
    return answers[0]


@pytest.mark.parametrize(
    ("action", "accounts"),
    [
        ("edit", CHIEFS),
        ("publish", CHIEFS),
        ("set_view_restrictions", CHIEFS),
        ("reorder_children", CHIEFS),
        ("unpublish", NOBODY),
        ("delete", NOBODY),
        ("move", NOBODY),
    ],
)
@pytest.mark.parametrize("home", ["/fr/", "/en/"])
def test_who_may_do_what_with_a_home_page(db, home, action, accounts):
    """The English one is a translation."""
    translators = {"translator.en"} if home == "/en/" and action in ("edit", "publish") else NOBODY
    assert may(at(home), action) == accounts | translators


@pytest.mark.parametrize("action", ["unpublish", "delete", "move"])
def test_not_even_a_superuser_takes_a_home_page_down(db, action):
    superuser = User.objects.create_superuser("root@example.org", "x")

    assert not getattr(at("/fr/").permissions_for_user(superuser), f"can_{action}")()


def test_officers_add_articles_and_translators_do_not(db):
    assert may(at("/fr/actualites/"), "add_subpage") == STAFF
    assert may(at("/en/news/"), "add_subpage") == STAFF


def test_an_officer_deletes_a_draft_of_ones_own_that_was_never_published(db):
    officer = user("officer")
    own, of_another = ArticleFactory(live=False, owner=officer), ArticleFactory(live=False, owner=user("editor"))
    NewsArticle.objects.filter(pk__in=[own.pk, of_another.pk]).update(first_published_at=None)

    assert "officer" in may(NewsArticle.objects.get(pk=own.pk), "delete")
    assert "officer" not in may(NewsArticle.objects.get(pk=of_another.pk), "delete")


def test_what_was_once_published_is_no_longer_deleted_by_its_author(db):
    article = ArticleFactory(live=False, owner=user("officer"))
    article.save_revision().publish()
    NewsArticle.objects.get(pk=article.pk).unpublish()

    assert "officer" not in may(NewsArticle.objects.get(pk=article.pk), "delete")


def test_someone_who_has_left_may_do_nothing(db):
    User.objects.update(is_active=False)

    for action in ("edit", "publish", "unpublish", "delete", "move"):
        assert may(pair()[0], action) == NOBODY
        assert may(at("/fr/"), action) == NOBODY


@pytest.mark.parametrize("account", ["officer", "translator.fr"])
def test_the_editor_of_a_home_page_opens_for_editors_only(sign_in, account):
    address = reverse("wagtailadmin_pages:edit", args=[at("/fr/").pk])

    assert sign_in(account).get(address).status_code == 302
    assert sign_in("editor").get(address).status_code == 200


@pytest.mark.parametrize(("is_detached", "is_recorded_as_owner"), [(False, False), (True, False), (False, True)])
def test_nobody_deletes_a_translators_draft_for_having_written_the_original(
    sign_in, is_detached, is_recorded_as_owner
):
    officer = user("officer")
    original = ArticleFactory(title="Titre", owner=officer, body=desk.body("Un."))
    original.save_revision(user=officer).publish(user=officer)
    state = TranslationState.objects.get(original=original.pk)
    write(state, desk_segment(state, "title"), "Title", user("translator.en"))
    if is_detached:
        detach.detach(state)
    if is_recorded_as_owner:  # as Wagtail copies it
        Page.objects.filter(pk=state.page_id).update(owner=officer)
    else:
        assert Page.objects.get(pk=state.page_id).owner_id is None

    assert may(NewsArticle.objects.get(pk=state.page_id), "delete") == CHIEFS
    client = sign_in("officer")
    client.post(reverse("wagtailadmin_pages:delete", args=[state.page_id]))
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={state.page_id}")
    assert Page.objects.filter(pk=state.page_id).exists()


def test_who_may_only_add_pages_does_not_edit_the_translation_of_a_page_of_theirs(db):
    """Wagtail lets users who may add pages edit and delete their own pages."""
    writer = User.objects.create_user("writer@example.org", "x")
    group = Group.objects.create(name="Writers")
    writer.groups.add(group)
    for codename in ("access_admin", "write_original"):
        group.permissions.add(Permission.objects.get(codename=codename))
    for home in ("/fr/", "/en/"):
        GroupPagePermission.objects.create(
            group=group,
            page=at(home),
            permission=Permission.objects.get(codename="add_page", content_type__app_label="wagtailcore"),
        )
    original = ArticleFactory(title="Titre", owner=writer, body=desk.body("Un."), live=False)
    state = desk.submit(original, "en")

    mine = NewsArticle.objects.get(pk=original.pk).permissions_for_user(writer)
    theirs = NewsArticle.objects.get(pk=state.page_id).permissions_for_user(writer)
    assert (mine.can_edit(), theirs.can_edit(), theirs.can_delete()) == (True, False, False)
    assert not policy_registry.get_by_type(Page).user_has_permission_for_instance(writer, "change", state.page)


def knows_all(account):
    return policy_registry.get_by_type(Page).can_view_all(user(account))


def test_lists_need_no_condition_for_users_who_see_all_pages(db):
    assert {account for account in EVERYONE if knows_all(account)} == STAFF
    all_pages = set(Page.objects.values_list("pk", flat=True))
    for account in EVERYONE:
        known = policy_registry.get_by_type(Page).explorable_instances(user(account))
        assert (set(known.values_list("pk", flat=True)) == all_pages) == (account in STAFF)


@pytest.mark.parametrize("action", ["add", "change", "publish", "lock", "unlock", "bulk_delete"])
@pytest.mark.parametrize("account", ["officer", "editor", "admin"])
@pytest.mark.parametrize("top", ["/fr/", "/en/", "root"])
def test_who_writes_originals_has_permissions_for_the_pages_that_wagtail_says(db, account, action, top):
    """Tests users with permissions on all home pages, on all but one, and on the root."""
    ArticleFactory(owner=user(account))
    permissions = GroupPagePermission.objects.filter(group__user=user(account))
    if top == "root":
        permissions.filter(page=at("/fr/")).update(page=Page.objects.get(depth=1))
    elif top == "/en/":
        permissions.filter(page=at("/en/"), permission__codename__startswith=action).delete()
    found, expected = (
        set(one.instances_user_has_any_permission_for(user(account), {action}).values_list("pk", flat=True))
        for one in (policy_registry.get_by_type(Page), PagePermissionPolicy())
    )
    assert found == expected


@pytest.mark.parametrize("numchild", [2, 1])  # which a faulty write may leave
def test_without_a_permission_on_each_home_page_there_are_pages_to_hide(db, numchild):
    draft = ArticleFactory(live=False)
    Page.objects.filter(depth=1).update(numchild=numchild)
    home = Page.objects.get(depth=2, locale=draft.locale)
    GroupPagePermission.objects.filter(page=home, group__user=user("officer")).delete()
    assert not knows_all("officer")
    known = policy_registry.get_by_type(Page).explorable_instances(user("officer"))
    assert draft.pk not in known.values_list("pk", flat=True)


def test_someone_who_has_left_sees_no_page(db):
    User.objects.filter(email="officer@example.org").update(is_active=False)
    assert not knows_all("officer")


def test_private_texts_are_those_of_private_pages_their_translations_and_all_below_them(db):
    section, article = at("/en/our-work/"), ArticleFactory()
    reader = user("translator.en")
    for page in (None, article, section):
        if page:
            restrict(page)
        below = Page.objects.filter(is_below_private()).values_list("translation_key", flat=True)
        assert Reader(reader).private_texts == set(below)
    assert {article.translation_key, at("/fr/notre-travail/partenariats/").translation_key} <= set(below)
