"""Languages by their names."""

import pytest
from django.conf import settings
from django.utils import translation

from iom import languages


@pytest.mark.parametrize(
    ("code", "name"),
    [("ar", "العربية"), ("fr", "Français"), ("en", "English"), ("es", "Español"), ("ru", "Русский"), ("zh", "中文")],
)
def test_a_language_is_found_by_the_name_its_readers_know(code, name):
    assert languages.own_name(code) == name


@pytest.mark.parametrize(("interface", "name"), [("fr", "arabe"), ("en", "Arabic")])
def test_a_language_is_named_in_the_readers_own(interface, name):
    with translation.override(interface):
        assert languages.name("ar") == name


def test_a_code_without_a_name_stands_for_itself():
    assert languages.name("qq") == "qq"


@pytest.mark.parametrize(
    ("code", "direction"), [("ar", "rtl"), ("fa", "rtl"), ("ur", "rtl"), ("fr", "ltr"), ("zh", "ltr")]
)
def test_a_language_says_which_way_it_is_read(code, direction):
    assert languages.direction(code) == direction


@pytest.mark.parametrize("interface", ["fr", "en"])
def test_every_language_of_the_choices_has_names_and_they_are_in_order(interface):
    with translation.override(interface):
        choices = languages.choices()

    assert {code for code, _name in choices} == set(languages.CODES)
    assert all(name != code for code, name in choices)
    assert all(languages.own_name(code) != code for code in languages.CODES)
    assert choices == sorted(choices, key=lambda pair: pair[1])


def test_the_switch_names_each_language_in_itself():
    assert settings.LANGUAGES == [("fr", "Français"), ("en", "English")]


@pytest.mark.parametrize(("code", "territory"), [("en", "GB"), ("fr", None), ("es", None), ("pt-br", "BR")])
def test_a_language_is_written_in_the_manner_of_the_territory_that_its_file_names(code, territory):
    assert languages.cldr(code).territory == territory
