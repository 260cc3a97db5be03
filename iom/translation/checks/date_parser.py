"""Parses the dates and the days of the week in a text, in words and in digits, in all forms of its language."""

import re
from dataclasses import dataclass
from functools import cache

from iom.translation.checks.language_data import SPACES, language_of
from iom.translation.checks.number_parser import BLANK

_SPACE = rf"[{SPACES}]"


@dataclass(frozen=True)
class Date:
    """A date; 0 stands for a missing part. `others`: the other pairs of day and month that the digits may mean."""

    day: int
    month: int
    year: int
    text: str
    others: frozenset[tuple[int, int]] = frozenset()

    @property
    def has_letters(self) -> bool:
        return any(map(str.isalpha, self.text))

    def matches(self, other: "Date") -> bool:
        mine = self.others | {(self.day, self.month)}
        theirs = other.others | {(other.day, other.month)}
        return bool(mine & theirs) and (self.year == other.year or 0 in (self.year, other.year))


_NUMERIC_DATE = re.compile(r"\b(\d{1,2})([/.])(\d{1,2})\2(\d{4}|\d{2})\b|\b(\d{4})-(\d{2})-(\d{2})\b")


@cache
def _date_pattern(code: str) -> re.Pattern[str]:
    """Matches day month year, month day year, month year, and a month alone."""
    months = "|".join(map(re.escape, language_of(code).table["months"]))
    day = rf"(?P<{{}}>\d{{{{1,2}}}})(?:st|nd|rd|th|er)?{_SPACE}?(?:of{_SPACE})?"
    before, after = day.format("day"), r"(?P<day2>\d{1,2})(?:st|nd|rd|th)?(?!\d)"
    year = rf"(?:,?{_SPACE}(?:de{_SPACE})?(?P<year>\d{{4}})(?!\d))?"
    return re.compile(rf"(?<!\d)(?:{before})?\b(?P<month>{months})\b(?:{_SPACE}{after})?{year}")


@cache
def _weekday_pattern(code: str) -> tuple[re.Pattern[str], list[str]]:
    names = language_of(code).table["weekdays"]
    return re.compile(rf"\b({'|'.join(names)})s?\b", re.IGNORECASE), [name.lower() for name in names]


def parse_dates(text: str, code: str) -> tuple[list[Date], str]:
    """Returns the dates in a text, and the text without them."""
    language = language_of(code)
    found: list[Date] = []

    def read_digits(match: re.Match[str]) -> str:
        day, _separator, month, year, *iso = match.groups()
        if iso[0]:
            found.append(Date(int(iso[2]), int(iso[1]), int(iso[0]), match[0]))
            return BLANK
        first, second = int(day), int(month)
        if not (1 <= first <= 31 and 1 <= second <= 31):
            return match[0]
        swapped = frozenset({(second, first)}) if code.startswith("en") else frozenset()
        found.append(Date(first, second, int(year) + (2000 if len(year) == 2 else 0), match[0], swapped))
        return BLANK

    text = _NUMERIC_DATE.sub(read_digits, text)
    if "months" not in language.table:
        return found, text
    months = language.table["months"]

    def read_words(match: re.Match[str]) -> str:
        day = match["day"] or match["day2"]
        month = match["month"]
        if month in language.table["ambiguous_months"] and not (day or match["year"]):
            before = re.findall(r"[\w’'-]+", text[: match.start()])[-1:]
            if not before or before[0].lower() not in language.table["before_month"]:
                return match[0]
        found.append(Date(int(day or 0), months.index(month) + 1, int(match["year"] or 0), match[0].strip()))
        return BLANK + (f" {match['day2']} " if match["day"] and match["day2"] else " ")

    return found, _date_pattern(code).sub(read_words, text)


def find_weekdays(text: str, code: str) -> dict[int, str]:
    """Returns the days of the week in a text, by number (0 is Monday)."""
    if "weekdays" not in language_of(code).table:
        return {}
    pattern, names = _weekday_pattern(code)
    return {names.index(match[1].lower()): match[0] for match in pattern.finditer(text)}
