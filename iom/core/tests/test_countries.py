"""Names of countries by the United Nations, and their regions."""

import re
import tomllib

import pytest
from django.conf import settings
from django.utils import translation
from django_countries import countries
from django_countries.data import ALT_CODES, COUNTRIES

from iom.countries import (
    REGION_NAMES,
    REGIONS,
    SUBREGIONS,
    all_names,
    in_country,
    name_in_text,
    official_name,
    region_of,
    short_name,
    subregion_of,
)
from iom.maps import geometry
from iom.tests.test_house_rules import files

LANGUAGES = ("en", "fr")  # those of the table


def areas():
    """The rows of the table by code."""
    regions = tomllib.loads((settings.BASE_DIR / "iom/m49.toml").read_text("utf-8"))["region"]
    return {code: row for region in regions.values() for rows in region.values() for code, row in rows.items()}


@pytest.mark.parametrize(
    ("language", "code", "name"),
    [
        ("es", "US", "Estados Unidos"),  # CLDR’s, and neither French nor English
        ("ar", "FR", "فرنسا"),
        ("en", "CV", "Cabo Verde"),  # not CLDR’s
        ("fr", "CV", "Cabo Verde"),
    ],
)
def test_a_language_without_a_catalogue_names_countries_as_cldr_does(language, code, name):
    with translation.override(language):
        assert countries.name(code) == name


@pytest.mark.parametrize(
    ("code", "french", "english"),
    [
        ("TR", "Türkiye", "Türkiye"),
        ("CZ", "Tchéquie", "Czechia"),
        ("CI", "Côte d’Ivoire", "Côte d’Ivoire"),
        ("CD", "République démocratique du Congo", "Democratic Republic of the Congo"),
        ("CG", "Congo", "Congo"),
        ("SY", "République arabe syrienne", "Syrian Arab Republic"),
        ("PS", "État de Palestine", "State of Palestine"),
        ("IR", "Iran (République islamique d’)", "Iran (Islamic Republic of)"),
        ("VE", "Venezuela (République bolivarienne du)", "Venezuela (Bolivarian Republic of)"),
        ("KR", "République de Corée", "Republic of Korea"),
        ("TL", "Timor-Leste", "Timor-Leste"),
        ("VN", "Viet Nam", "Viet Nam"),
        ("RU", "Fédération de Russie", "Russian Federation"),
        ("SZ", "Eswatini", "Eswatini"),
        ("CV", "Cabo Verde", "Cabo Verde"),
        ("MK", "Macédoine du Nord", "North Macedonia"),
        (
            "GB",
            "Royaume-Uni de Grande-Bretagne et d’Irlande du Nord",
            "United Kingdom of Great Britain and Northern Ireland",
        ),
        ("US", "États-Unis d’Amérique", "United States of America"),
        ("TZ", "République-Unie de Tanzanie", "United Republic of Tanzania"),
        ("LA", "République démocratique populaire lao", "Lao People’s Democratic Republic"),
        ("EG", "Égypte", "Egypt"),
        ("BY", "Bélarus", "Belarus"),
        ("MM", "Myanmar", "Myanmar"),
        ("NG", "Nigéria", "Nigeria"),
        ("GY", "Guyana", "Guyana"),
        ("IQ", "Iraq", "Iraq"),
        ("MH", "Îles Marshall", "Marshall Islands"),
        ("SB", "Îles Salomon", "Solomon Islands"),
        ("TT", "Trinité-et-Tobago", "Trinidad and Tobago"),
        ("KN", "Saint-Kitts-et-Nevis", "Saint Kitts and Nevis"),
        ("SA", "Arabie saoudite", "Saudi Arabia"),
        ("SV", "El Salvador", "El Salvador"),
        ("BS", "Bahamas", "Bahamas"),
        ("VA", "Saint-Siège", "Holy See"),
        ("BL", "Saint-Barthélemy", "Saint Barthélemy"),
        ("BO", "Bolivie (État plurinational de)", "Bolivia (Plurinational State of)"),
        ("BQ", "Bonaire, Saint-Eustache et Saba", "Bonaire, Sint Eustatius and Saba"),
        ("FK", "Îles Falkland (Malvinas)", "Falkland Islands (Malvinas)"),
        ("FM", "Micronésie (États fédérés de)", "Micronesia (Federated States of)"),
        (
            "HK",
            "Chine, région administrative spéciale de Hong Kong",
            "China, Hong Kong Special Administrative Region",
        ),
        ("KG", "Kirghizistan", "Kyrgyzstan"),
        ("KP", "République populaire démocratique de Corée", "Democratic People’s Republic of Korea"),
        ("MD", "République de Moldova", "Republic of Moldova"),
        ("MO", "Chine, région administrative spéciale de Macao", "China, Macao Special Administrative Region"),
        ("NL", "Pays-Bas (Royaume des)", "Netherlands (Kingdom of the)"),
        ("PN", "Pitcairn", "Pitcairn"),
        ("RE", "La Réunion", "Réunion"),
        ("SH", "Sainte-Hélène", "Saint Helena"),
        ("SJ", "Îles Svalbard-et-Jan Mayen", "Svalbard and Jan Mayen Islands"),
        ("VI", "Îles Vierges américaines", "United States Virgin Islands"),
    ],
)
def test_a_country_is_named_as_the_united_nations_name_it(code, french, english):
    with translation.override("fr"):
        assert countries.name(code) == french
    with translation.override("en"):
        assert countries.name(code) == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_names_every_code_of_iso_3166_in_both_languages_and_taiwan_not(language):
    with translation.override(language):
        offered = {code: str(name) for code, name in countries}

    assert offered == {code: official for code, (_short, official) in all_names(language).items()}
    assert set(COUNTRIES) - set(offered) == {"TW"}
    assert all(language in area for area in areas().values())
    assert len(set(offered.values())) == len(offered)


def test_the_numbers_are_those_of_iso_3166_with_three_digits():
    assert {code: area["m49"] for code, area in areas().items()} == {
        code: f"{ALT_CODES[code][1]:03}" for code in areas()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_have_the_apostrophe_and_the_accents_of_print(language):
    for short, official in all_names(language).values():
        assert not set("'&.") & set(short + official)
        assert short[0].isupper()
        assert official[0].isupper()
        assert "Ile" not in official
        assert "Etat" not in official


@pytest.mark.parametrize(
    ("code", "french", "english"),
    [
        ("FR", "en France", "in France"),
        ("EG", "en Égypte", "in Egypt"),
        ("IR", "en Iran", "in Iran"),
        ("HT", "en Haïti", "in Haiti"),
        ("JP", "au Japon", "in Japan"),
        ("TD", "au Tchad", "in Chad"),
        ("NL", "aux Pays-Bas", "in the Netherlands"),
        ("US", "aux États-Unis d’Amérique", "in the United States of America"),
        ("PH", "aux Philippines", "in the Philippines"),
        ("CU", "à Cuba", "in Cuba"),
        ("CY", "à Chypre", "in Cyprus"),
        ("DJ", "à Djibouti", "in Djibouti"),
        ("MG", "à Madagascar", "in Madagascar"),
        ("RE", "à La Réunion", "in Réunion"),
        ("BB", "à la Barbade", "in Barbados"),
        ("TR", "en Türkiye", "in Türkiye"),
        ("CD", "en République démocratique du Congo", "in the Democratic Republic of the Congo"),
        ("PS", "dans l’État de Palestine", "in the State of Palestine"),
        ("HK", "à Hong Kong (Chine)", "in Hong Kong, China"),
        ("FK", "aux Îles Falkland (Malvinas)", "in the Falkland Islands (Malvinas)"),
    ],
)
def test_a_sentence_says_where_something_is(code, french, english):
    for language, words in (("fr", french), ("en", english)):
        with translation.override(language):
            assert in_country(code) == words


@pytest.mark.parametrize(
    ("code", "french", "english"),
    [
        ("BO", "la Bolivie", "Bolivia"),
        ("EG", "l’Égypte", "Egypt"),
        ("GB", "le Royaume-Uni", "the United Kingdom"),
        ("NL", "les Pays-Bas", "the Netherlands"),
        ("HT", "Haïti", "Haiti"),
        ("RE", "La Réunion", "Réunion"),
        ("LS", "le Lesotho", "Lesotho"),
        ("LA", "la République démocratique populaire lao", "the Lao People’s Democratic Republic"),
    ],
)
def test_a_sentence_has_the_name_with_its_article_and_a_title_without(code, french, english):
    for language, words in (("fr", french), ("en", english)):
        with translation.override(language):
            assert name_in_text(code) == words
            assert words.endswith(short_name(code))
            assert short_name(code)[0].isupper()


def test_a_language_that_the_table_lacks_puts_the_name_in_brackets():
    with translation.override("es"):
        assert f"OIM {in_country('HT')}" == "OIM (Haití)"


@pytest.mark.parametrize("naming", [official_name, short_name, name_in_text])
@pytest.mark.parametrize("code", ["", "TW", "XX"])
def test_what_is_not_in_the_table_has_no_name(naming, code):
    assert naming(code) == ""


def test_no_other_code_and_no_template_names_countries_by_cldr():
    """Search and import accept CLDR's names as other names of a country, but do not show them."""
    allowed = {"iom/countries.py", "search/names.py", "newsroom/importing/structure/places.py"}
    for file in files(".py", ".html"):
        name = str(file.relative_to(settings.BASE_DIR))
        if file.exists() and "tests" not in file.parts and name not in allowed:
            assert not re.search(r"\.territories\b|get_territory_name|get_country_display", file.read_text()), name


def test_what_is_no_separate_entry_of_the_united_nations_is_not_offered():
    assert "TW" not in countries


def test_every_region_has_a_name():
    assert REGIONS.keys() == REGION_NAMES.keys()
    with translation.override("en"):
        assert str(REGION_NAMES["africa"]) == "Africa"


def test_no_country_is_in_two_regions():
    listed = [code for codes in REGIONS.values() for code in codes]

    assert len(listed) == len(set(listed))


def test_every_country_and_area_is_in_a_region_except_antarctica():
    in_a_region = {code for codes in REGIONS.values() for code in codes}

    assert {code for code, _name in countries} - in_a_region == {"AQ"}
    assert in_a_region <= areas().keys()
    assert geometry.codes() <= in_a_region


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("EG", "africa"),
        ("HT", "americas"),
        ("TR", "asia"),
        ("CY", "asia"),
        ("UA", "europe"),
        ("FJ", "oceania"),
        ("GP", "americas"),
        ("RE", "africa"),
    ],
)
def test_a_country_is_in_the_region_of_the_statistics_of_the_united_nations(code, region):
    assert code in REGIONS[region]


def test_antarctica_has_no_region_and_no_neighbours():
    assert region_of("HT") == "americas"
    assert region_of("AQ") == ""
    assert subregion_of("AQ") == frozenset()


def test_neighbours_are_the_countries_of_the_same_subregion():
    assert {"CR", "PA"} <= subregion_of("PA")
    assert subregion_of("CA") == {"BM", "CA", "GL", "PM", "US"}
    assert sorted(code for codes in SUBREGIONS for code in codes) == sorted(
        code for codes in REGIONS.values() for code in codes
    )
