"""Attempts to guess the current password in the form that changes it are limited."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from iom.tests.html_forms import forms
from iom.users.limits import LIMITED_FORMS, PAUSE
from iom.users.models import User
from iom.users.tests.people import PASSWORD

ACCOUNT = reverse("wagtailadmin_account")
NEW = "plum-carriage-ocean-42"
MOST = LIMITED_FORMS["wagtailadmin_account"].per_client


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


def save(client, old="", new="", **values):
    page = client.get(ACCOUNT).content
    (form,) = [form for form in forms(page, ACCOUNT) if form.inputs(name="password-old_password")]
    passwords = {"password-old_password": old, "password-new_password1": new, "password-new_password2": new}
    return client.post(form.action, form.values | passwords | values)


def noted():
    return ModelLogEntry.objects.filter(action="account.wrong_password").count()


def test_whoever_guesses_is_stopped_and_told_so_and_each_guess_is_in_the_log(officer):
    for number in range(MOST):
        answer = save(officer, f"guess {number}", NEW)
        assert answer.status_code == 200
        assert noted() == number + 1
    answer = save(officer, PASSWORD, NEW, **{"name_email-first_name": "Zoé"})

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= PAUSE
    content = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "Trop de tentatives. Réessayez dans" in content
    assert 'value="Zoé"' in content  # what was typed is kept
    assert noted() == MOST
    user = User.objects.get(email="officer@example.org")
    assert user.check_password(PASSWORD)
    assert user.first_name != "Zoé"


def test_the_right_password_forgets_a_few_mistakes(officer):
    passwords = [PASSWORD, NEW]
    for _time in range(3):
        for _mistake in range(MOST - 1):
            assert save(officer, "wrong", NEW).status_code == 200
        assert save(officer, *passwords).status_code == 302
        passwords.reverse()
    assert User.objects.get(email="officer@example.org").check_password(passwords[0])


def test_a_form_without_a_new_password_is_never_limited(officer):
    for _time in range(MOST + 2):
        assert save(officer, **{"name_email-first_name": "Zoé"}).status_code == 302
    assert User.objects.get(email="officer@example.org").first_name == "Zoé"


def test_another_session_without_the_second_factor_frees_nothing(officer, sign_in, settings):
    for _time in range(MOST):
        save(officer, "wrong", NEW)
    settings.REQUIRE_SECOND_FACTOR = "everybody"
    sent = {"password-old_password": "wrong", "password-new_password1": NEW, "password-new_password2": NEW}
    assert sign_in("officer").post(ACCOUNT, sent).status_code == 302  # it leads to the second factor
    settings.REQUIRE_SECOND_FACTOR = "nobody"
    assert save(officer, PASSWORD, NEW).status_code == 429
