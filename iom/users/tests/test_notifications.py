"""Users are notified of security changes to their accounts."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from iom.tests.html_forms import forms
from iom.users.models import User
from iom.users.tests.people import PASSWORD, confirm, sign_in

NEW = "plum-carriage-ocean-42"


@pytest.fixture
def officer(db):
    """Who reads English, whatever the administrator reads."""
    user = User.objects.get(email="officer@example.org")
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    return user


@pytest.fixture
def administrator(officer):
    client, _leads = sign_in("admin", client=Client(headers={"accept-language": "fr"}))
    confirm(client)
    return client


@pytest.fixture
def sent_emails(django_capture_on_commit_callbacks):
    """What is sent while a function is run, by address."""

    def run(function, *arguments):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            function(*arguments)
        return {letter.to[0]: f"{letter.subject}\n{letter.body}" for letter in mail.outbox}

    return run


def form_of(client, address, name):
    return next(form for form in forms(client.get(address).content, address) if form.inputs(name=name))


def test_a_user_is_notified_when_an_administrator_removes_the_second_factors(officer, administrator, sent_emails):
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={})
    address = reverse("wagtailusers_users:security", args=[officer.pk])
    (said,) = sent_emails(administrator.post, address, {"remove_factors": ""}).values()
    assert said.startswith("The security of your account has changed\n")
    assert "If you have not asked for this" in said
    assert "/en/-/account/security/" in said


def test_a_new_email_address_is_notified_at_both_addresses(officer, administrator, sent_emails):
    address = reverse("wagtailusers_users:edit", args=[officer.pk])
    form = form_of(administrator, address, "email")
    letters = sent_emails(administrator.post, form.action, form.values | {"email": "other@example.org"})
    assert letters.keys() == {"officer@example.org", "other@example.org"}
    assert all("The email address of your account was changed." in said for said in letters.values())

    form = form_of(administrator, address, "email")
    assert sent_emails(administrator.post, form.action, form.values | {"first_name": "Zoé"}) == {}


def test_a_new_password_is_notified_however_it_was_chosen(officer, administrator, sent_emails):
    client, _leads = sign_in("officer")
    account = reverse("wagtailadmin_account")
    form = form_of(client, account, "password-old_password")
    passwords = {"password-old_password": PASSWORD, "password-new_password1": NEW, "password-new_password2": NEW}
    (said,) = sent_emails(client.post, form.action, form.values | passwords).values()
    assert "The password of your account was changed." in said

    administrator.post(reverse("wagtailusers_users:security", args=[officer.pk]), {"send_link": ""})
    link = re.search(r"https://www\.example\.org(\S+)", mail.outbox[-1].body)[1]
    visitor = Client()
    chosen = {"new_password1": f"{NEW}-3", "new_password2": f"{NEW}-3"}
    (said,) = sent_emails(visitor.post, visitor.get(link)["Location"], chosen).values()
    assert "The password of your account was changed." in said


def test_a_new_hash_of_the_same_password_is_not_notified(officer, settings, sent_emails):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *settings.PASSWORD_HASHERS]
    before = officer.password
    assert sent_emails(sign_in, "officer") == {}
    officer.refresh_from_db()
    assert officer.password != before
    assert ModelLogEntry.objects.filter(action="account.sign_in", object_id=str(officer.pk)).exists()


def test_a_change_is_made_though_the_mail_server_is_away(officer, administrator, sent_emails, monkeypatch):
    def fails(*_letters):
        raise ConnectionRefusedError

    monkeypatch.setattr("iom.users.emails.send", fails)
    form = form_of(administrator, reverse("wagtailusers_users:edit", args=[officer.pk]), "email")
    assert sent_emails(administrator.post, form.action, form.values | {"email": "other@example.org"}) == {}
    assert User.objects.filter(email="other@example.org").exists()
