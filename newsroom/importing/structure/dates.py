"""Parses days in a text and proposes missing years. They depend on the text and its neighbours, never on today."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from newsroom.importing.remarks import remark
from newsroom.importing.structure import vocabulary
from newsroom.release import DateProposal, Remark

_MONTHS, _WEEKDAYS = vocabulary.numbers("months", 1), vocabulary.numbers("weekdays", 0)
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})\b\.?,?\s+)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_WRITTEN = [
    rf"{_WEEKDAY}(?:(?:le|the|on)\s+)?{_WEEKDAY.replace('weekday', 'weekday2')}{_DAY}(?:\s?(?:er|st|nd|rd"
    rf"|th))?(?:\s+of)?[\s-]+{_MONTH}(?:[\s,-]+{_YEAR})?",
    rf"{_WEEKDAY}{_MONTH}[\s-]+{_DAY}(?:st|nd|rd|th)?\b(?:[\s,-]+{_YEAR})?",
]
_NUMERIC = [
    r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b",
    rf"{_WEEKDAY}{_DAY}[/.-](?P<month>0?[1-9]|[12]\d|3[01])[/.-]{_YEAR}",
]
_DAY_PATTERNS = [re.compile(rf"(?<!\w){pattern}", re.IGNORECASE) for pattern in (*_WRITTEN, *_NUMERIC)]
_RELATIVE = re.compile(
    rf"\b(?P<when>{vocabulary.pattern('relative_day')})\b[\s,(]{{1,3}}(?:(?:le|on|the)\s+)?", re.IGNORECASE
)
_SHORT_DAY = re.compile(r"\(?(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>(?:19|20)\d\d))?\)?")
_OFFSETS = {"avant-hier": 2, "hier": 1, "yesterday": 1, "demain": -1, "tomorrow": -1}
_YEAR_IN_TEXT = re.compile(r"(?<![\d/-])(?:19[89]\d|20[0-4]\d)(?![\d-])")
# Years in the future of a text: « d’ici à 2030 », "2030 Agenda"
_FUTURE_YEAR = re.compile(
    r"(?:d[’']ici(?: à)?|by|until|horizon|agenda|programme|objectifs?|goals?|vision|jusqu[’']en"
    r"|in the year)\s+(?:(?:de|à|the)\s+)?(?:l[’']horizon\s+)?(?:19|20)\d\d|(?:19|20)\d\d (?:agenda|goals?)",
    re.IGNORECASE,
)
_YEAR_END = re.compile(rf"\b(?:{vocabulary.pattern('year_end')})\s+(?:de\s+)?(?P<year>(?:19|20)\d\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as printed. `weekday` is 0 for Monday; `offset` is the number of days from it to the release."""

    day: int
    month: int
    year: int | None = None
    weekday: int | None = None
    printed: str = ""
    start: int = 0
    offset: int = 0
    is_certain: bool = True  # False where day and month may be in reverse order

    @property
    def exact(self) -> date | None:
        """The date, or None where the year or the order is unknown, or the day does not exist."""
        return _date(self.year, self.month, self.day) if self.year and self.is_certain else None

    def release_date(self, named: date) -> date:
        """Returns the date of the release, if this day is the date `named`."""
        return named + timedelta(days=self.offset)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find(text: str) -> Day | None:
    """Returns the first day in the text, with or without a year, or None."""
    found = [match for pattern in _DAY_PATTERNS if (match := pattern.search(text))]
    days = map(_parse_match, sorted(found, key=lambda match: (match.start(), -match.end())))
    return next(filter(None, days), None)


def _parse_match(match: re.Match[str]) -> Day | None:
    parts = match.groupdict()
    word = (parts.get("weekday") or parts.get("weekday2") or "").casefold()
    weekday = _WEEKDAYS.get(word)
    year = int(parts["year"]) if parts["year"] else None
    day, is_certain = int(parts["day"]), True
    month = _month(parts["month"])
    if parts["month"].isdigit() and year and not match[0][:4].isdigit():
        is_certain = weekday is not None or max(day, month) > 12 or day == month
        day, month = _order_day_and_month(day, month, year, weekday)
    if not _date(year or 2000, month, day):
        return None
    return Day(day, month, year, weekday, match[0].strip(), match.start(), is_certain=is_certain)


def _month(printed: str) -> int:
    return int(printed) if printed.isdigit() else _MONTHS[printed.casefold()]


def _order_day_and_month(first: int, second: int, year: int, weekday: int | None) -> tuple[int, int]:
    """`08/03/2018` → day and month. The month comes first if weekday or calendar require it. (0, 0) is no day."""
    options = [(day, month) for day, month in ((first, second), (second, first)) if _date(year, month, day)]
    if weekday is not None:
        options = [(d, m) for d, m in options if date(year, m, d).weekday() == weekday] or options
    return options[0] if options else (0, 0)


def propose(
    text: str, printed: Day | None, neighbour_dates: tuple[date | None, date | None] = (None, None)
) -> DateProposal:
    """Proposes the date of a release, with the reason. `printed` is the dateline's day.

    `neighbour_dates` are the dates of the files before and after it.
    """
    day = printed or _find_relative_day(text)
    if day is None:
        before, after = neighbour_dates
        if before and before == after:
            return DateProposal(before, remark("files beside", day=before))
        return DateProposal(None, remark("no day"))
    if day.exact:
        return DateProposal(day.release_date(day.exact), remark("day named", day=day.printed))
    if day.year:
        return DateProposal(_date(day.year, day.month, day.day), remark("either way round", day=day.printed))
    years = sorted({int(year) for year in _YEAR_IN_TEXT.findall(_FUTURE_YEAR.sub("", text))})
    found = (
        _date_by_calendar(day, years)
        or _date_by_neighbours(day, neighbour_dates)
        or _date_by_latest_year(day, text, years)
    )
    if found is None:
        return DateProposal(None, remark("no year", day=day.printed))
    return DateProposal(day.release_date(found[0]), found[1])


def _find_relative_day(text: str) -> Day | None:
    """Returns a day that the text relates to the release: « Hier, 29 février », "yesterday (8/12)"."""
    for match in _RELATIVE.finditer(text[:1500]):
        rest = text[match.end() : match.end() + 40]
        found = next((m for pattern in (*_DAY_PATTERNS[:2], _SHORT_DAY) if (m := pattern.match(rest))), None)
        if found is None:
            continue
        day, month = int(found["day"]), _month(found["month"])
        year = int(found["year"]) if found["year"] else None
        if _date(year or 2000, month, day):
            when = match["when"].casefold()
            weekday = next((n for name, n in _WEEKDAYS.items() if len(name) > 4 and name in when), None)
            printed = (match[0] + found[0]).strip(" (,")
            return Day(day, month, year, weekday, printed, match.start(), _OFFSETS.get(when, 0))
    return None


def _date_by_calendar(day: Day, years: list[int]) -> tuple[date, Remark] | None:
    """Returns the date by the years in which 29 February exists, or the day falls on the printed weekday."""
    if not years or (day.weekday is None and (day.day, day.month) != (29, 2)):
        return None
    latest = years[-1]
    for year in (latest, latest + 1, latest + 2, latest + 3, latest - 1):
        named = _date(year, day.month, day.day)
        if named and (day.weekday is None or named.weekday() == day.weekday):
            code = "leap year" if day.weekday is None else "weekday"
            return named, remark(code, day=day.printed, year=year, latest=latest)
    return None


def _date_by_neighbours(day: Day, neighbour_dates: tuple[date | None, date | None]) -> tuple[date, Remark] | None:
    """Returns the date by the neighbours in the archive, if exactly one year fits between them."""
    before, after = neighbour_dates
    if not before or not after or before > after:
        return None
    named = (_date(year, day.month, day.day) for year in range(before.year, after.year + 1))
    fitting = [one for one in named if one and before <= day.release_date(one) <= after]
    if len(fitting) != 1:
        return None
    return fitting[0], remark("between files", day=day.printed, before=before, after=after)


def _date_by_latest_year(day: Day, text: str, years: list[int]) -> tuple[date, Remark] | None:
    """Returns the date by the latest year in the text.

    The year is the next one if the text names the end of the latest and the day is in the first half of a year.
    """
    if not years:
        return None
    latest = years[-1]
    if day.month <= 6 and any(int(found["year"]) == latest for found in _YEAR_END.finditer(text)):
        latest += 1
    named = _date(latest, day.month, day.day)
    return (named, remark("likeliest year", day=day.printed, year=latest)) if named else None
