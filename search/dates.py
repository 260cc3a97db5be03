"""Finds the dates in a query: « 12 octobre 2023 », “Oct. 12th, 2023”, 2023-10-12, 12/10/2023."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache, lru_cache

from babel.dates import format_date, get_month_names
from django.utils import timezone

from iom import languages
from iom.listing.contents import Facet
from search.analysis import Word, folded, words
from search.names import Key, key_of

MIN_MONTH_LENGTH = 3  # letters of an abbreviated month
MAX_DATE_WORDS = 6  # words that contain the three parts of a date: « 12 de octubre de 2023 »
_DAY = re.compile(r"(\d\d?)[^\W\d]{0,2}")  # 12th, 1er
_YEAR = re.compile(r"(?:19|20)\d\d")


def day_facet(moment: datetime) -> Facet:
    """Returns the day facet of a moment, in the site's time zone, in which readers see the date."""
    return "day", timezone.localtime(moment, timezone.get_default_timezone()).date().isoformat()


def normalize_dates(found: Iterable[Word], language: str) -> tuple[list[Word], dict[Key, list[Facet]]]:
    """Returns the words, with each date as pages print it in this language, and the day facets by the dates' keys."""
    kept: list[Word] = []
    days: dict[Key, list[Facet]] = {}
    for word in found:
        kept.append(word)
        near = range(max(0, len(kept) - MAX_DATE_WORDS), len(kept))
        parts = [place for place in near if not kept[place].is_stop_word or _month_number(kept[place].form, language)]
        parts = parts[-3:]
        if len(parts) == 3 and (day := _parse_day([kept[place].form for place in parts], language)):
            text = format_date(day, "long", locale=languages.cldr(language))
            kept[parts[0] :] = words(text, language)
            days[key_of(text, language)] = [("day", day.isoformat())]
    return kept, days


def _parse_day(forms: Sequence[str], language: str) -> date | None:
    """Parses day, month and year; year, month and day; or month, day and year, where the month is a word."""
    first, second, third = forms
    if _YEAR.fullmatch(first):
        first, third = third, first
    elif _month_number(first, language):
        first, second = second, first
    day = _DAY.fullmatch(first)
    month = _month_number(second, language) or (int(second) if second.isdecimal() else 0)
    try:
        return date(int(third), month, int(day[1])) if day and _YEAR.fullmatch(third) else None
    except (ValueError, OverflowError):  # there is no such day, or no such number of a month
        return None


@cache
def _months(language: str) -> dict[str, int]:
    return {folded(name): number for number, name in get_month_names("wide", locale=languages.cldr(language)).items()}


@lru_cache(maxsize=10_000)
def _month_number(form: str, language: str) -> int:
    """Returns the number of the month that begins like `form`, or 0."""
    begun = folded(form)
    is_word = len(begun) >= MIN_MONTH_LENGTH
    return next((number for name, number in _months(language).items() if is_word and name.startswith(begun)), 0)
