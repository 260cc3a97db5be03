"""Countries as the United Nations name them, and the regions that they belong to."""

import pytest
from django.utils import translation
from django_countries import countries

from iom.countries import REGION_NAMES, REGIONS, SUBREGIONS, UNITED_NATIONS_NAMES, region_of, subregion_of

# Codes of ISO 3166-1 that stand in no region of the filters: territories, dependencies and special areas that are neither
# Member States, nor observers, nor a place where the organisation files news. M49 counts them under the State they
# depend on or as areas.
IN_NO_REGION = {
    "Antarctica and uninhabited islands": "AQ BV HM TF GS UM",
    "territories of Australia and New Zealand": "CC CX NF CK NU TK PN",
    "territories of Denmark, Finland, Norway and the Netherlands": "FO GL AX SJ AW BQ CW SX",
    "territories of France": "BL GF GP MF MQ NC PF PM RE WF YT",
    "territories of the United Kingdom": "AI BM FK GG GI IM IO JE KY MS SH TC VG",
    "territories of the United States": "AS GU MP VI",
    "regions of China": "HK MO",
}


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
        ("GB", "Royaume-Uni", "United Kingdom"),
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
    ],
)
def test_a_country_is_named_as_the_united_nations_name_it(code, french, english):
    with translation.override("fr"):
        assert countries.name(code) == french
    with translation.override("en"):
        assert countries.name(code) == english


def test_no_country_has_an_english_name_among_the_french_ones():
    with translation.override("fr"):
        french = {code: str(name) for code, name in UNITED_NATIONS_NAMES.items() if name}
    with translation.override("en"):
        english = {code: str(name) for code, name in UNITED_NATIONS_NAMES.items() if name}
    the_same_in_both = {"BS", "BZ", "GT", "NR", "CG", "CI", "CV", "GY", "IQ", "MM", "SV", "SZ", "TL", "TR", "VN"}

    assert {code for code in french if french[code] == english[code]} <= the_same_in_both


def test_what_is_no_separate_entry_of_the_united_nations_is_not_offered():
    assert "TW" not in countries


def test_every_region_has_a_name():
    assert REGIONS.keys() == REGION_NAMES.keys()
    with translation.override("en"):
        assert str(REGION_NAMES["africa"]) == "Africa"


def test_no_country_is_in_two_regions():
    listed = [code for codes in REGIONS.values() for code in codes]

    assert len(listed) == len(set(listed))


def test_every_country_is_in_a_region_except_those_listed_with_their_reason():
    in_a_region = {code for codes in REGIONS.values() for code in codes}
    excepted = {code for codes in IN_NO_REGION.values() for code in codes.split()}
    known = {code for code, _name in countries}

    assert in_a_region <= known
    assert known - in_a_region == excepted


@pytest.mark.parametrize(
    ("code", "region"),
    [("EG", "africa"), ("HT", "americas"), ("TR", "asia"), ("CY", "asia"), ("UA", "europe"), ("FJ", "oceania")],
)
def test_a_country_is_in_the_region_of_the_statistics_of_the_united_nations(code, region):
    assert code in REGIONS[region]


def test_a_territory_outside_the_list_has_no_region_and_no_neighbours():
    assert region_of("HT") == "americas"
    assert region_of("GP") == ""
    assert subregion_of("GP") == frozenset()


def test_neighbours_are_the_countries_of_the_same_subregion():
    assert {"CR", "PA"} <= subregion_of("PA")
    assert subregion_of("CA") == {"CA", "US"}
    assert sorted(code for codes in SUBREGIONS for code in codes) == sorted(
        code for codes in REGIONS.values() for code in codes
    )
