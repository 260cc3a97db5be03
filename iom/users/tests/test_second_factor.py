"""Users who need a second factor cannot open the admin without one, and nobody is locked out for good."""

import re
from contextlib import suppress
from itertools import product
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from wagtail.log_actions import LogContext
from wagtail.models import ModelLogEntry

from iom.editorial.tests.admin_urls import addresses
from iom.users.models import User
from iom.users.tests.people import code, confirm, enter, set_up_app, sign_in

NEEDED = {"admin": True, "officer": True, "editor": True, "translator.fr": True, "translator.en": True}
WAY_OUT = {"wagtailadmin_logout"}


@pytest.fixture
def required(settings, db):
    settings.REQUIRE_SECOND_FACTOR = "publishers"
    caches["default"].clear()


def examples(name: str, parameters: tuple[str, ...]) -> list[str]:
    """Addresses of that name, with values of each kind that its parameters take; the objects need not exist."""
    if "/" in name:  # it has no name, but a route
        return ["/admin/" + re.sub(r"<[^>]+>", "1", name)]
    found = []
    for values in product((1, "x", "wagtailcore", uuid4()), repeat=len(parameters)):
        with suppress(NoReverseMatch):
            found.append(reverse(name, kwargs=dict(zip(parameters, values, strict=True))))
    return found[:1]


def test_no_address_of_the_admin_opens_before_it(required):
    """By the URL configuration: one that is added is covered."""
    client, _leads = sign_in("admin")
    security, wrong, asked = reverse("mfa_index"), [], 0
    for name, parameters in set(addresses()):
        if name in WAY_OUT or name.startswith(("test404", "^")):
            continue
        assert examples(name, parameters), (name, parameters)
        address = examples(name, parameters)[0]
        for method in (client.get, client.post):
            asked += 1
            answer = method(address)
            if answer.status_code != 302 or answer["Location"].partition("?")[0] != security:
                wrong.append((name, answer.status_code))
    assert wrong == []
    assert asked > 500


@pytest.mark.parametrize("account", NEEDED)
def test_users_who_publish_or_administer_need_one(required, account):
    client, _leads = sign_in(account)
    opened = client.get("/admin/").status_code == 200
    assert opened is not NEEDED[account]


def test_whoever_may_only_propose_needs_none_unless_everybody_does(required, settings):
    person = User.objects.create_user("visitor@example.org", "demonstration")
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client, _leads = sign_in("visitor")
    assert client.get("/admin/").status_code == 200

    settings.REQUIRE_SECOND_FACTOR = "everybody"
    assert client.get("/admin/").status_code == 302


def test_an_authenticator_app_opens_the_admin_now_and_at_the_next_sign_in(
    required, django_capture_on_commit_callbacks
):
    client, _leads = sign_in("officer")
    assert client.get("/admin/")["Location"].startswith(reverse("mfa_index"))
    with django_capture_on_commit_callbacks(execute=True):
        secret, _codes = set_up_app(client)
    asked = client.get("/admin/pages/")["Location"]
    assert asked.startswith(reverse("mfa_reauthenticate"))
    answer = client.post(asked, {"code": code(secret, 1)})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/pages/")
    assert client.get("/admin/").status_code == 200

    caches["limits"].clear()
    again, leads = sign_in("officer")
    assert leads == reverse("mfa_authenticate")
    assert not again.session.get("_auth_user_id")  # nobody yet
    assert again.get("/admin/").status_code == 302
    assert enter(again, code(secret)) == 302
    assert again.get("/admin/").status_code == 200
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))  # it is encrypted
    assert ["officer@example.org"] in [letter.to for letter in mail.outbox]


def test_a_wrong_code_opens_nothing_and_ten_are_too_many(required):
    client, _leads = sign_in("officer")
    secret, _codes = set_up_app(client)
    client, _leads = sign_in("officer")
    for _time in range(10):
        assert enter(client, "000000") == 200
    assert enter(client, code(secret)) == 429  # it is right, but has to wait
    assert not client.session.get("_auth_user_id")


@pytest.fixture
def away(settings):
    """The cache of that name, whose server does not answer."""

    def away(name: str, backend: str) -> None:
        server = {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1", "OPTIONS": {"socket_connect_timeout": 0.5}}
        settings.CACHES = settings.CACHES | {name: server}

    return away


def test_a_used_code_does_not_count_again_while_the_cache_is_away(required, away):
    client, _leads = sign_in("officer")
    secret, _codes = set_up_app(client)
    away("default", "iom.caching.backends.AvailableRedisCache")
    used = code(secret, 1)
    for expected in (302, 200):
        client, _leads = sign_in("officer")
        assert enter(client, used) == expected


def test_nobody_confirms_anything_while_attempts_cannot_be_counted(required, away):
    client, _leads = sign_in("officer")
    client.raise_request_exception = False
    away("limits", "django.core.cache.backends.redis.RedisCache")
    assert client.post(reverse("account_reauthenticate"), {"password": "demonstration"}).status_code == 503
    away("limits", "django.core.cache.backends.locmem.LocMemCache")
    assert client.get(reverse("mfa_activate_totp")).status_code == 302  # it was not confirmed


def test_codes_are_counted_where_nothing_is_lost_while_the_cache_is_away(required, monkeypatch):
    """allauth's own count is in a cache that answers as if nothing were kept while its server is away."""
    monkeypatch.setattr("allauth.mfa.base.forms.check_rate_limit", lambda user: lambda: None)
    client, _leads = sign_in("officer")
    secret, _codes = set_up_app(client)
    for _browser in range(6):
        client, _leads = sign_in("officer")
        answers = [enter(client, "000000") for _time in range(10)]
    assert answers[-1] == 429
    assert enter(client, code(secret)) == 429


def test_a_recovery_code_counts_once(required):
    client, _leads = sign_in("officer")
    _secret, codes = set_up_app(client)
    for expected in (302, 200):
        client, _leads = sign_in("officer")
        assert enter(client, codes[0]) == expected
        assert (client.get("/admin/").status_code == 200) is (expected == 302)


def test_the_last_one_of_whoever_needs_one_cannot_be_removed(required, settings):
    client, _leads = sign_in("officer")
    set_up_app(client)
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 200
    assert Authenticator.objects.filter(user__email="officer@example.org", type="totp").exists()

    settings.REQUIRE_SECOND_FACTOR = "nobody"
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.filter(user__email="officer@example.org").exists()


def test_an_administrator_helps_whoever_has_lost_everything(required, settings):
    client, _leads = sign_in("officer")
    set_up_app(client)
    settings.REQUIRE_SECOND_FACTOR = "nobody"
    officer = User.objects.get(email="officer@example.org")
    address = reverse("wagtailusers_users:security", args=[officer.pk])
    for account in ("officer", "editor"):
        helper, _leads = sign_in(account)
        assert helper.post(address, {"remove_factors": ""}, follow=True).status_code in (200, 403)
    assert Authenticator.objects.filter(user=officer).exists()

    administrator, _leads = sign_in("admin")
    confirm(administrator)
    assert "Fermer toutes les sessions" in administrator.get(address).content.decode()
    assert administrator.post(address, {"remove_factors": ""}).status_code == 302

    assert not Authenticator.objects.filter(user=officer).exists()
    assert client.get("/admin/").status_code == 302  # signed out
    client, leads = sign_in("officer")
    assert leads == "/admin/"


def test_everything_that_happens_to_an_account_is_in_the_log(required, django_capture_on_commit_callbacks):
    officer = User.objects.get(email="officer@example.org")
    sign_in("officer", "wrong")
    client, _leads = sign_in("officer")
    with django_capture_on_commit_callbacks(execute=True):
        secret, _codes = set_up_app(client)
    client, _leads = sign_in("officer")
    enter(client, "000000")
    client.post(reverse("wagtailadmin_password_reset"), {"email": "officer@example.org"})
    here, _leads = sign_in("officer")
    caches["limits"].clear()
    enter(here, code(secret))
    here.post(reverse("account_logout"))
    group = officer.groups.get()
    with LogContext(user=User.objects.get(email="admin@example.org")):
        officer.groups.remove(group)
    officer.is_superuser = True
    officer.save()

    entries = ModelLogEntry.objects.filter(object_id=str(officer.pk), content_type__model="user")
    actions = list(entries.order_by("timestamp", "pk").values_list("action", flat=True))
    for action in ("wrong_password", "sign_in", "factor_added", "wrong_code", "link_asked", "groups", "changed"):
        assert f"account.{action}" in actions, action
    with override("en"):
        assert entries.filter(action="account.sign_in").latest("pk").message.endswith("(password, authenticator app)")
        assert entries.get(action="account.changed").message.endswith("(all rights)")
    assert entries.filter(action="account.sign_out").count() == 1
    assert str(group) in entries.filter(action="account.groups").latest("timestamp").message


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password", "account_set_password"])
def test_accounts_are_made_and_changed_in_the_admin_alone(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_new_password_ends_all_other_sessions(db):
    here, _leads = sign_in("officer")
    there, _leads = sign_in("officer")
    officer = User.objects.get(email="officer@example.org")
    officer.set_password("another long password")
    officer.save()
    assert here.get("/admin/").status_code == there.get("/admin/").status_code == 302


def test_one_sees_ones_sessions_and_ends_the_others(db):
    here, _leads = sign_in("officer")
    there, _leads = sign_in("officer", client=Client(headers={"user-agent": "A browser elsewhere"}))
    page = here.get(reverse("usersessions_list")).content.decode()
    assert "A browser elsewhere" in page

    assert here.post(reverse("usersessions_list"))["Location"].startswith(reverse("account_reauthenticate"))
    assert there.get("/admin/").status_code == 200
    confirm(here)
    here.post(reverse("usersessions_list"))

    assert there.get("/admin/").status_code == 302
    assert here.get("/admin/").status_code == 200
    assert "A browser elsewhere" not in here.get(reverse("usersessions_list")).content.decode()


def test_changes_to_the_account_ask_for_the_password_again(db):
    client, _leads = sign_in("officer")
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        assert client.get(reverse(name))["Location"].startswith(reverse("account_reauthenticate"))
    confirm(client)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(db, address):
    answer = Client().post(
        reverse("account_login"), {"login": "officer@example.org", "password": "demonstration", "next": address}
    )
    assert answer["Location"] == "/admin/"


def test_whoever_has_used_all_recovery_codes_is_told_and_may_make_new_ones(
    required, django_capture_on_commit_callbacks
):
    client, _leads = sign_in("officer")
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
    codes = Authenticator.objects.get(type="recovery_codes")
    codes.data |= {"used_mask": 2**10 - 1}
    codes.save()

    page = client.get(reverse("mfa_index"), headers={"accept-language": "fr"}).content.decode()
    assert "Il ne reste aucun code." in page
    assert "Il reste un code" not in page
    assert f'class="button" href="{reverse("mfa_generate_recovery_codes")}"' in page
