"""Countries as the United Nations name them, where CLDR's names (which django-countries carries) differ, and regions.

Names: the United Nations terminology database (UNTERM), short forms. Regions: the M49 standard of the United Nations
Statistics Division. Codes: ISO 3166-1 alpha-2.
"""

from babel import Locale
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language, pgettext_lazy

from iom.locale import own_words

_NAMES = {
    "BN": pgettext_lazy("country", "Brunei Darussalam"),
    "BO": pgettext_lazy("country", "Bolivia (Plurinational State of)"),
    "BS": pgettext_lazy("country", "Bahamas"),
    "BY": pgettext_lazy("country", "Belarus"),
    "BZ": pgettext_lazy("country", "Belize"),
    "CD": pgettext_lazy("country", "Democratic Republic of the Congo"),
    "CG": pgettext_lazy("country", "Congo"),
    "CI": pgettext_lazy("country", "Côte d’Ivoire"),
    "CV": pgettext_lazy("country", "Cabo Verde"),
    "CZ": pgettext_lazy("country", "Czechia"),
    "FM": pgettext_lazy("country", "Micronesia (Federated States of)"),
    "GB": pgettext_lazy("country", "United Kingdom"),
    "GT": pgettext_lazy("country", "Guatemala"),
    "GY": pgettext_lazy("country", "Guyana"),
    "IQ": pgettext_lazy("country", "Iraq"),
    "IR": pgettext_lazy("country", "Iran (Islamic Republic of)"),
    "KN": pgettext_lazy("country", "Saint Kitts and Nevis"),
    "KP": pgettext_lazy("country", "Democratic People’s Republic of Korea"),
    "KR": pgettext_lazy("country", "Republic of Korea"),
    "LA": pgettext_lazy("country", "Lao People’s Democratic Republic"),
    "MD": pgettext_lazy("country", "Republic of Moldova"),
    "MH": pgettext_lazy("country", "Marshall Islands"),
    "MK": pgettext_lazy("country", "North Macedonia"),
    "MM": pgettext_lazy("country", "Myanmar"),
    "NG": pgettext_lazy("country", "Nigeria"),
    "NL": pgettext_lazy("country", "Netherlands (Kingdom of the)"),
    "NR": pgettext_lazy("country", "Nauru"),
    "PS": pgettext_lazy("country", "State of Palestine"),
    "RU": pgettext_lazy("country", "Russian Federation"),
    "SA": pgettext_lazy("country", "Saudi Arabia"),
    "SB": pgettext_lazy("country", "Solomon Islands"),
    "SV": pgettext_lazy("country", "El Salvador"),
    "SY": pgettext_lazy("country", "Syrian Arab Republic"),
    "SZ": pgettext_lazy("country", "Eswatini"),
    "TL": pgettext_lazy("country", "Timor-Leste"),
    "TR": pgettext_lazy("country", "Türkiye"),
    "TT": pgettext_lazy("country", "Trinidad and Tobago"),
    "TW": None,  # not a separate entry in United Nations usage
    "TZ": pgettext_lazy("country", "United Republic of Tanzania"),
    "US": pgettext_lazy("country", "United States of America"),
    "VA": pgettext_lazy("country", "Holy See"),
    "VC": pgettext_lazy("country", "Saint Vincent and the Grenadines"),
    "VE": pgettext_lazy("country", "Venezuela (Bolivarian Republic of)"),
    "VN": pgettext_lazy("country", "Viet Nam"),
}


def _name(code: str) -> str:
    """In the interface's language; CLDR's name where the site's catalogue has none."""
    locale = Locale.parse(get_language() or settings.LANGUAGE_CODE, sep="-")
    return own_words(_NAMES[code]) or locale.territories[code]


UNITED_NATIONS_NAMES = {code: None if name is None else lazy(_name, str)(code) for code, name in _NAMES.items()}

# One line a subregion, in the order of the standard.
_REGIONS = {
    "africa": """
        DZ EG LY MA SD TN EH
        BI KM DJ ER ET KE MG MW MU MZ RW SC SO SS UG TZ ZM ZW
        AO CM CF TD CG CD GQ GA ST
        BW SZ LS NA ZA
        BJ BF CV CI GM GH GN GW LR ML MR NE NG SN SL TG""",
    "americas": """
        AG BS BB CU DM DO GD HT JM KN LC VC TT PR
        BZ CR SV GT HN MX NI PA
        AR BO BR CL CO EC GY PY PE SR UY VE
        CA US""",
    "asia": """
        KZ KG TJ TM UZ
        CN JP MN KP KR
        BN KH ID LA MY MM PH SG TH TL VN
        AF BD BT IN IR MV NP PK LK
        AM AZ BH CY GE IQ IL JO KW LB OM QA SA PS SY TR AE YE""",
    "europe": """
        BY BG CZ HU PL MD RO RU SK UA
        DK EE FI IS IE LV LT NO SE GB
        AL AD BA HR GR VA IT MT ME MK PT SM RS SI ES
        AT BE FR DE LI LU MC NL CH""",
    "oceania": """
        AU NZ
        FJ PG SB VU
        KI MH FM NR PW
        WS TO TV""",
}

REGIONS: dict[str, frozenset[str]] = {region: frozenset(codes.split()) for region, codes in _REGIONS.items()}
SUBREGIONS = [frozenset(line.split()) for codes in _REGIONS.values() for line in codes.strip().splitlines()]
REGION_NAMES = {
    "africa": pgettext_lazy("region", "Africa"),
    "americas": pgettext_lazy("region", "Americas"),
    "asia": pgettext_lazy("region", "Asia"),
    "europe": pgettext_lazy("region", "Europe"),
    "oceania": pgettext_lazy("region", "Oceania"),
}


def region_of(code: str) -> str:
    """The key of the region; empty for a territory that is not listed here."""
    return next((region for region, codes in REGIONS.items() if code in codes), "")


def subregion_of(code: str) -> frozenset[str]:
    """The countries of the same subregion, itself included; empty for a territory without one."""
    return next((codes for codes in SUBREGIONS if code in codes), frozenset())
