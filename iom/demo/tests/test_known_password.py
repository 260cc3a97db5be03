"""Nobody signs in to a production site with the password that README.md publishes."""

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from iom.core.checks import BEFORE_SERVING
from iom.demo.accounts import ACCOUNTS
from iom.users import KNOWN_PASSWORD
from iom.users.models import User

OTHER = "of this site alone"
ADDRESSES = sorted(email for email, *_rest in ACCOUNTS)


def passwords():
    return {user.email: user for user in User.objects.filter(email__in=ADDRESSES)}


def reported(**options):
    return [
        error for error in run_checks(tags=[BEFORE_SERVING], include_deployment_checks=True) if error.id == "iom.E011"
    ]


def test_accounts_filled_in_development_are_named(db):
    (error,) = reported()

    assert all(address in error.msg for address in ADDRESSES)
    assert "DEMO_PASSWORD" in error.hint


def test_one_account_is_enough(db):
    User.objects.exclude(email="admin@example.org").delete()

    assert reported()


@pytest.mark.parametrize("change", ["deleted", "deactivated", "own password"])
def test_accounts_that_nobody_can_enter_are_no_obstacle(db, change):
    if change == "deleted":
        User.objects.all().delete()
    elif change == "deactivated":
        User.objects.update(is_active=False)
    else:
        for user in User.objects.all():
            user.set_password(OTHER)
            user.save()

    assert not reported()


def test_the_demonstration_with_a_password_of_the_sites_own_closes_the_known_one(db, settings, capsys):
    """`make run`, then `make serve` on the same data."""
    settings.DEMO_PASSWORD = OTHER

    call_command("demo")

    assert OTHER in capsys.readouterr().out
    assert sorted(passwords()) == ADDRESSES
    assert all(user.check_password(OTHER) for user in passwords().values())
    assert not reported()


def test_a_password_that_someone_has_chosen_is_left(db, settings):
    user = User.objects.get(email="admin@example.org")
    user.set_password("chosen by its owner")
    user.save()
    settings.DEMO_PASSWORD = OTHER

    call_command("demo", verbosity=0)

    assert passwords()[user.email].check_password("chosen by its owner")


def test_a_site_without_accounts_gets_them_with_that_password(db, settings):
    User.objects.all().delete()
    settings.DEMO_PASSWORD = OTHER

    call_command("demo", verbosity=0)

    assert sorted(passwords()) == ADDRESSES
    assert not any(user.check_password(KNOWN_PASSWORD) for user in passwords().values())


@pytest.mark.parametrize("weak", ["12345678", "short", "password"])
def test_a_weak_password_is_refused_and_makes_no_account(db, settings, weak):
    User.objects.all().delete()
    settings.DEMO_PASSWORD = weak

    with pytest.raises(CommandError, match="DEMO_PASSWORD: This password is"):
        call_command("demo", verbosity=0)

    assert not User.objects.exists()
