import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from iom.users.models import User


@pytest.mark.parametrize(
    "password",
    [
        "password1234!",
        "Passw0rd2026!!",
        "qwertyuiop12",
        "aaaaaaaaaaaa",
        "abc123abc123abc123",
        "iloveyou-monkey",
        "Migration2026!",
        "IOM-Newsroom-2026",
        "Genève.Suisse.1",
        "MotDePasse2026",
        "Azertyuiop1!",
        "123456789012",
        "dragon dragon dragon",
    ],
)
def test_what_guessers_try_first_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, User(email="c.dupont@example.org"))


@pytest.mark.parametrize(
    "password",
    [
        "plum-carriage-ocean-42",
        "three dragons read newspapers",
        "Xk9!vbn3pqzz",
        "839201748265",  # digits alone, at random
        "une tortue mange son vélo",
        "سلام وسلامللهطويل",
        "p" * 64 + "лошадь" * 20,
    ],
)
def test_what_is_long_and_of_ones_own_is_accepted(password):
    validate_password(password, User(email="c.dupont@example.org"))


def test_ones_own_name_is_no_password():
    with pytest.raises(ValidationError):
        validate_password("camille.dupont", User(email="camille.dupont@example.org"))
