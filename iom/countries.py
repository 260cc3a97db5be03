"""Names of countries and areas of the United Nations, for lists and sentences, and their regions (`m49.toml`).

Languages that the table lacks use CLDR's names. Codes are ISO 3166-1 alpha-2.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language, pgettext_lazy

_TABLE = tomllib.loads(Path(__file__).with_name("m49.toml").read_text("utf-8"))
_AREAS: dict[str, dict[str, str]] = {
    code: area for region in _TABLE["region"].values() for listed in region.values() for code, area in listed.items()
}

REGION_NAMES = {
    "africa": pgettext_lazy("region", "Africa"),
    "americas": pgettext_lazy("region", "Americas"),
    "asia": pgettext_lazy("region", "Asia"),
    "europe": pgettext_lazy("region", "Europe"),
    "oceania": pgettext_lazy("region", "Oceania"),
}
REGIONS: dict[str, frozenset[str]] = {
    region: frozenset(code for listed in _TABLE["region"][region].values() for code in listed)
    for region in REGION_NAMES
}
SUBREGIONS = [frozenset(listed) for region in REGION_NAMES for listed in _TABLE["region"][region].values()]


def region_of(code: str) -> str:
    """Returns the key of the region; empty for Antarctica."""
    return next((region for region, codes in REGIONS.items() if code in codes), "")


def subregion_of(code: str) -> frozenset[str]:
    """Returns the codes of the countries in the same subregion, itself included; empty for Antarctica."""
    return next((codes for codes in SUBREGIONS if code in codes), frozenset())


def all_names(language: str) -> dict[str, tuple[str, str]]:
    """Returns the short and the official name of each country and area by code. Default: the interface's language."""
    return _all_names(language or get_language() or settings.LANGUAGE_CODE)


@cache
def _all_names(language: str) -> dict[str, tuple[str, str]]:
    return {code: (short_name(code, language), official_name(code, language)) for code in _AREAS}


def official_name(code: str, language: str = "") -> str:
    """Returns the name for lists, such as "Bolivia (Plurinational State of)", by default in the interface's language.

    As all names, it is empty for a code that is not in the table.
    """
    return _AREAS.get(code, {}).get(f"{_column(language)}_list") or short_name(code, language)


def short_name(code: str, language: str = "") -> str:
    """Returns the name for titles and maps, without an article: "Bolivia", "Netherlands"."""
    name = name_in_text(code, language)
    return name.removeprefix(_article(name, _column(language)))


def name_in_text(code: str, language: str = "") -> str:
    """Returns the name with the article that a sentence needs: "the Netherlands", « les Pays-Bas »."""
    area = _AREAS.get(code)
    return "" if area is None else area.get(_column(language)) or _cldr(language).territories[code]


def in_country(code: str) -> str:
    """Returns the name with a preposition: "in the Netherlands", « aux Pays-Bas ».

    The name is in brackets in a language for which the table has no prepositions.
    """
    column, name = _column(), name_in_text(code)
    if column not in _TABLE["in"]:
        return f"({name})"
    article = _article(name, column)
    return _AREAS[code].get(f"{column}_in") or _TABLE["in"][column][article] + name.removeprefix(article)


def _article(name: str, column: str) -> str:
    return max(filter(name.startswith, _TABLE["in"].get(column, ())), key=len, default="")


def _column(language: str = "") -> str:
    return _cldr(language).language


def _cldr(language: str = "") -> Locale:
    return _locale(language or get_language() or settings.LANGUAGE_CODE)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


# For the setting COUNTRIES_OVERRIDE. None removes Taiwan, which the standard does not list.
UNITED_NATIONS_NAMES: dict[str, Any] = {code: lazy(official_name, str)(code) for code in _AREAS} | {"TW": None}
