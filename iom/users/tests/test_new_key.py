"""After a change of SECRET_KEY, codes of apps and recovery codes stay valid, and none causes an error."""

import logging
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from iom.users.models import User
from iom.users.tests.people import CODE, code, confirm, enter, set_up_app, sign_in


@pytest.fixture
def changed(settings, db, django_capture_on_commit_callbacks):
    """The secret of the app of an officer, and the recovery codes, made before SECRET_KEY was changed."""
    caches["default"].clear()
    client, _leads = sign_in("officer")
    with django_capture_on_commit_callbacks(execute=True):
        made = set_up_app(client)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    caches["limits"].clear()  # codes that were used, and attempts
    return made


def entered(text: str) -> int:
    client, leads = sign_in("officer")
    assert leads == reverse("mfa_authenticate")
    return enter(client, text)


def test_once_they_are_encrypted_again_the_old_key_is_not_needed(changed, settings):
    secret, codes = changed
    assert entered(codes[0]) == 302  # before, too
    told = StringIO()
    call_command("encrypt_second_factors", stdout=told)
    settings.SECRET_KEY_FALLBACKS = []

    assert told.getvalue().startswith("2 second factors ")
    assert entered(code(secret)) == 302
    assert entered(codes[1]) == 302
    assert entered(codes[0]) == 200  # it was used before


def test_without_the_old_key_a_code_is_wrong_and_new_recovery_codes_can_be_made(changed, settings, caplog):
    secret, codes = changed
    settings.SECRET_KEY_FALLBACKS = []
    assert entered(code(secret)) == entered(codes[0]) == 200
    officer = User.objects.get(email="officer@example.org")
    assert {line.levelno for line in caplog.records if "SECRET_KEY_FALLBACKS" in line.message} == {logging.ERROR}

    client = Client(headers={"accept-language": "fr"})
    client.force_login(officer)
    assert "Il ne reste aucun code." in client.get(reverse("mfa_index")).content.decode()
    confirm(client)
    made = client.post(reverse("mfa_generate_recovery_codes"), follow=True).content.decode()
    assert entered(CODE.findall(made)[0]) == 302


def test_where_a_key_is_missing_the_command_fails_and_names_the_account(changed, settings):
    settings.SECRET_KEY_FALLBACKS = []
    before = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    officer = User.objects.get(email="officer@example.org")
    with pytest.raises(CommandError, match=rf"SECRET_KEY_FALLBACKS.* {officer.pk}\."):
        call_command("encrypt_second_factors", stdout=StringIO())
    assert list(Authenticator.objects.order_by("pk").values_list("data", flat=True)) == before
