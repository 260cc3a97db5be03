"""Names, directions and choices of languages."""

import pytest
from django.conf import settings
from django.utils import translation
from wagtail.rich_text.feature_registry import FeatureRegistry

from iom import languages
from iom.core.wagtail_hooks import register_language_styles


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


def test_a_language_of_one_territory_has_names(settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("pt-br", languages.own_name("pt-br"))]
    assert languages.own_name("pt-br") == "Português (Brasil)"
    for interface, name in (
        ("fr", "portugais (Brésil)"),
        ("en", "Portuguese (Brazil)"),
        ("pt-br", "português (Brasil)"),
    ):
        with translation.override(interface):
            assert languages.name("pt-br") == name


def test_every_button_of_a_language_marks_words_which_are_stored_with_it(settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("pl", "Polski")]
    features = FeatureRegistry()
    register_language_styles(features)
    rule = features.converter_rules_by_converter["contentstate"]["other-language"]
    buttons = {button["type"] for button in features.plugins_by_editor["draftail"]["other-language"].styles}

    assert "LANGUAGE_PL" in buttons
    assert buttons <= rule["to_database_format"]["style_map"].keys()
    assert "span[lang='pl']" in rule["from_database_format"]
    assert "pl" in dict(languages.choices())


def test_the_switch_names_each_language_in_itself():
    assert settings.LANGUAGES == [("fr", "Français"), ("en", "English")]


@pytest.mark.parametrize(("code", "territory"), [("en", "GB"), ("fr", None), ("es", None), ("pt-br", "BR")])
def test_a_language_is_written_in_the_manner_of_the_territory_that_its_file_names(code, territory):
    assert languages.cldr(code).territory == territory
