import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from iom.contacts.models import PressContact
from iom.phones import PhoneField, international, normalise
from iom.tests.factories import OfficeFactory


@pytest.mark.parametrize(
    "typed",
    [
        "+20 1024938965",
        "+20 10 2493 8965",
        "+20-10-2493-8965",
        "+20 (10) 24938965",
        " +201024938965 ",
        "tel:+201024938965",
    ],
)
def test_a_number_is_kept_in_one_form_however_it_is_typed(typed):
    assert normalise(typed) == "+201024938965"


@pytest.mark.parametrize(
    "typed", ["022 717 91 11", "717", "+41", "+41 22 717", "+999 123 456 789", "+41 22 717 91 11 11 11", "hello"]
)
def test_what_is_no_number_with_its_country_is_refused_with_an_example(typed):
    with translation.override("en"):
        with pytest.raises(ValidationError) as refusal:
            normalise(typed)
        message = refusal.value.messages[0]

    assert typed in message
    assert "country code" in message
    assert "+41 22 717 91 11" in message.replace("\N{NO-BREAK SPACE}", " ")


def test_the_examples_in_french_are_written_as_numbers_are_shown():
    with translation.override("fr"):
        with pytest.raises(ValidationError) as refusal:
            normalise("717")
        for text in (refusal.value.messages[0], str(PressContact._meta.get_field("phone").help_text)):
            assert international("+41227179111") in text


@pytest.mark.parametrize("typed", ["+41 22 717 91 11 ext. 5", "+41227179111;ext=5", "+41 22 717 91 11 x 5"])
def test_an_extension_is_kept_and_shown_in_the_readers_language(typed):
    kept = normalise(typed)
    assert kept == normalise(kept) == "+41227179111;ext=5"
    for language, shown in (("en", "+41 22 717 91 11 ext. 5"), ("fr", "+41 22 717 91 11 poste 5")):
        with translation.override(language):
            assert international(kept).replace("\N{NO-BREAK SPACE}", " ") == shown
            assert normalise(international(kept)) == kept


def test_a_number_is_shown_as_one_dials_it_from_abroad_on_one_line():
    assert international("+201024938965").replace("\N{NO-BREAK SPACE}", "·") == "+20·10·24938965"


def test_every_model_keeps_numbers_in_the_same_form(db):
    office = OfficeFactory.build(phone="+41 22 717 91 11")
    office.full_clean()

    assert office.phone == "+41227179111"


def test_a_bad_number_is_an_error_of_its_own_field(db):
    with pytest.raises(ValidationError) as refusal:
        OfficeFactory.build(phone="717").full_clean()

    assert set(refusal.value.error_dict) == {"phone"}


def test_a_number_may_be_left_out():
    assert PhoneField(blank=True).clean("", None) == ""
