import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.users.forms import UserCreationForm, UserEditForm

from iom.users.models import User


@pytest.fixture
def camille(db):
    return User.objects.create_user("Camille.Dupont@Example.org", "a long enough password")


@pytest.mark.parametrize(
    "typed", ["camille.dupont@example.org", "CAMILLE.DUPONT@EXAMPLE.ORG", "Camille.dupont@Example.ORG"]
)
def test_one_signs_in_whatever_the_case_of_the_address(client, camille, typed):
    answer = client.post(reverse("account_login"), {"login": typed, "password": "a long enough password"})

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(camille.pk)


def test_the_right_address_with_a_wrong_password_signs_nobody_in(camille):
    assert authenticate(username=camille.email, password="another password") is None


def test_an_address_is_kept_in_lower_case(camille):
    assert camille.email == "camille.dupont@example.org"


def test_an_account_without_a_password_cannot_sign_in(db):
    User.objects.create_user("nobody@example.org")

    assert authenticate(username="nobody@example.org", password="") is None
    assert not User.objects.get(email="nobody@example.org").has_usable_password()


def test_a_user_needs_an_address(db):
    with pytest.raises(ValueError, match="email"):
        User.objects.create_user("")


def test_the_database_refuses_the_same_address_in_another_case(camille):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="CAMILLE.DUPONT@example.org")])


def test_validation_refuses_the_same_address_in_another_case(camille):
    with pytest.raises(ValidationError) as refusal:
        User(email="CAMILLE.dupont@example.org", password="x").full_clean()

    assert set(refusal.value.error_dict) == {"email"}


def form_data(email):
    return {
        "email": email,
        "first_name": "Camille",
        "last_name": "Dupont",
        "groups": [],
    }


def test_the_form_for_a_new_user_refuses_an_address_taken_in_another_case(camille):
    form = UserCreationForm(form_data("CAMILLE.Dupont@example.org"))

    assert not form.is_valid()
    assert "email" in form.errors or form.non_field_errors()


def test_the_form_for_a_new_user_accepts_another_address(camille):
    form = UserCreationForm(form_data("Noor@Example.org"))

    assert form.is_valid(), form.errors
    assert form.save().email == "noor@example.org"


def test_one_may_change_the_case_of_ones_own_address(camille):
    form = UserEditForm(form_data("CAMILLE.DUPONT@example.org") | {"is_active": True}, instance=camille)

    assert form.is_valid(), form.errors
    assert form.save().email == "camille.dupont@example.org"


def test_one_may_not_take_the_address_of_another(camille):
    noor = User.objects.create_user("noor@example.org")
    form = UserEditForm(form_data("CAMILLE.DUPONT@example.org") | {"is_active": True}, instance=noor)

    assert not form.is_valid()


def test_an_administrator_made_on_the_command_line_has_every_permission(db):
    admin = User.objects.create_superuser("Root@Example.org", "a long enough password")

    assert admin.is_superuser
    assert admin.is_staff
    assert admin.email == "root@example.org"


@pytest.mark.parametrize(("language", "named"), [("fr", "Rédaction"), ("en", "Newsroom editors")])
def test_the_list_of_users_names_their_roles(sign_in, language, named):
    page = sign_in("admin").get(reverse("wagtailusers_users:index"), headers={"accept-language": language})
    html = BeautifulSoup(page.content, "html.parser")
    roles = {row.select_one(".username").text.strip(): row.text for row in html.select(".listing tbody tr")}
    assert named in roles["editor@example.org"]
    assert named not in roles["officer@example.org"]
