"""The days that are named in what is typed: « 12 octobre 2023 », “Oct. 12th, 2023”, 2023-10-12, 12/10/2023."""

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

SHORTEST_MONTH = 3  # letters of a month that is not written out
AHEAD = 6  # words among which the three of a day stand: « 12 de octubre de 2023 »
_DAY = re.compile(r"(\d\d?)[^\W\d]{0,2}")  # 12th, 1er
_YEAR = re.compile(r"(?:19|20)\d\d")


def facet_of(moment: datetime) -> Facet:
    """The day that readers see of it."""
    return "day", timezone.localtime(moment, timezone.get_default_timezone()).date().isoformat()


def printed(found: Iterable[Word], language: str) -> tuple[list[Word], dict[Key, list[Facet]]]:
    """The words, with each day as pages of the language print it; and what a day is to the index, by its key."""
    kept: list[Word] = []
    days: dict[Key, list[Facet]] = {}
    for word in found:
        kept.append(word)
        near = range(max(0, len(kept) - AHEAD), len(kept))
        said = [place for place in near if not kept[place].is_stop_word or _month(kept[place].form, language)][-3:]
        if len(said) == 3 and (day := _day([kept[place].form for place in said], language)):
            text = format_date(day, "long", locale=languages.cldr(language))
            kept[said[0] :] = words(text, language)
            days[key_of(text, language)] = [("day", day.isoformat())]
    return kept, days


def _day(forms: Sequence[str], language: str) -> date | None:
    """Day, month and year; year, month and day; or month, day and year, where the month is a word."""
    first, second, third = forms
    if _YEAR.fullmatch(first):
        first, third = third, first
    elif _month(first, language):
        first, second = second, first
    day = _DAY.fullmatch(first)
    month = _month(second, language) or (int(second) if second.isdecimal() else 0)
    try:
        return date(int(third), month, int(day[1])) if day and _YEAR.fullmatch(third) else None
    except ValueError:  # there is no such day
        return None


@cache
def _months(language: str) -> dict[str, int]:
    return {folded(name): number for number, name in get_month_names("wide", locale=languages.cldr(language)).items()}


@lru_cache(maxsize=10_000)
def _month(form: str, language: str) -> int:
    """The number of the month that begins so; 0 where none does."""
    begun = folded(form)
    is_word = len(begun) >= SHORTEST_MONTH
    return next((number for name, number in _months(language).items() if is_word and name.startswith(begun)), 0)
