"""Only a superuser changes a superuser, and nobody gives rights without the permission to do so."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from iom.users.models import User
from iom.users.tests.people import has_confirmed


@pytest.fixture
def superuser(db):
    return User.objects.create_superuser("root@example.org", "the old password")


@pytest.fixture
def officer(db):
    return User.objects.get(email="officer@example.org")


@pytest.fixture
def administrator(sign_in):
    return sign_in("admin")


def form(user, **changed):
    names = {"email": user.email, "first_name": user.first_name or "A", "last_name": user.last_name or "B"}
    return names | {"is_active": "on", "groups": [group.pk for group in user.groups.all()]} | changed


def address(name, *args):
    return reverse(f"wagtailusers_users:{name}", args=args)


def bulk(client, action, *users, **data):
    listed = "&".join(f"id={user.pk}" for user in users)
    return client.post(f"{reverse('wagtail_bulk_action', args=['users', 'user', action])}?{listed}", data)


def kept(user):
    before = {**vars(user), "groups": set(user.groups.all())}
    now = User.objects.filter(pk=user.pk).first()
    return now is not None and all(
        before[name] == value
        for name, value in {**vars(now), "groups": set(now.groups.all())}.items()
        if name != "_state"
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"email": "mine@example.org"},
        {"groups": []},
        {"is_active": ""},
        {"is_superuser": ""},
        {"first_name": "Other"},
    ],
)
@pytest.mark.parametrize("name", ["edit", "copy"])
def test_an_administrator_changes_nothing_of_a_superuser(administrator, superuser, name, changed):
    superuser.groups.add(Group.objects.first())

    administrator.post(address(name, superuser.pk), form(superuser, is_superuser="on") | changed)

    assert kept(superuser)
    assert administrator.get(address(name, superuser.pk)).status_code == 302


def test_no_list_action_of_an_administrator_reaches_a_superuser(administrator, superuser, officer):
    """The others of the list are dealt with."""
    role = Group.objects.get(name="Newsroom editors")

    bulk(administrator, "set_active_state", superuser, officer, mark_as_active=False)
    bulk(administrator, "assign_role", superuser, officer, role=role.pk)
    bulk(administrator, "delete", superuser)
    administrator.post(address("delete", superuser.pk))

    assert kept(superuser)
    officer.refresh_from_db()
    assert not officer.is_active
    assert role in officer.groups.all()


def test_the_list_offers_an_administrator_no_way_to_change_a_superuser(administrator, superuser, officer):
    content = administrator.get(address("index")).content.decode()

    assert superuser.email in content
    assert address("edit", superuser.pk) not in content
    assert address("edit", officer.pk) in content


def test_an_administrator_makes_nobody_a_superuser(administrator, officer):
    administrator.post(address("edit", officer.pk), form(officer, is_superuser="on", first_name="Changed"))
    administrator.post(address("add"), form(officer, email="new@example.org", is_superuser="on"))

    officer.refresh_from_db()
    assert officer.first_name == "Changed"
    assert User.objects.get(email="new@example.org").groups.exists()
    assert not User.objects.filter(is_superuser=True).exists()


def test_who_may_not_change_groups_puts_nobody_into_one(client, officer):
    """Who has accounts alone in hand could make an administrator of anyone."""
    clerk = User.objects.create_user("clerk@example.org", "a long enough password", first_name="C", last_name="D")
    permissions = Permission.objects.filter(codename__in=["access_admin", "add_user", "change_user"])
    clerk.user_permissions.add(*permissions)
    client.force_login(clerk)
    has_confirmed(client)
    role = Group.objects.get(name="Administrators")

    for user in (clerk, officer):
        client.post(address("edit", user.pk), form(user, groups=[role.pk], first_name="Changed"))
    client.post(
        address("add"),
        form(officer, email="new@example.org", groups=[role.pk]),
    )
    bulk(client, "assign_role", clerk, officer, role=role.pk)

    officer.refresh_from_db()
    assert officer.first_name == "Changed"
    assert User.objects.filter(email="new@example.org").exists()
    assert not role.user_set.filter(email__in=[clerk.email, officer.email, "new@example.org"]).exists()


def test_a_superuser_changes_another_and_makes_one(client, superuser, officer):
    client.force_login(User.objects.create_superuser("second@example.org", "the old password"))
    has_confirmed(client)

    client.post(address("edit", superuser.pk), form(superuser, is_superuser="on", first_name="Changed"))
    client.post(address("edit", officer.pk), form(officer, is_superuser="on"))

    assert User.objects.get(pk=superuser.pk).first_name == "Changed"
    assert User.objects.get(pk=officer.pk).is_superuser


def test_a_copy_of_an_account_is_a_new_account(administrator, officer):
    """Wagtail's own view would change the account that is copied."""
    assert administrator.get(address("copy", officer.pk)).status_code == 200

    administrator.post(address("copy", officer.pk), form(officer, first_name="Changed"))

    assert kept(officer)
