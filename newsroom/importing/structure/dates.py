"""Days in words, and what year they may be of. Never today's date: the text tells, or nobody does."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from newsroom.importing.remarks import remark
from newsroom.importing.structure import vocabulary
from newsroom.release import DateProposal

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
_FULL = [re.compile(rf"(?<!\w){pattern}", re.IGNORECASE) for pattern in (*_WRITTEN, *_NUMERIC)]
_RELATIVE = re.compile(
    r"\b(?P<when>avant-hier|hier|yesterday|aujourd[’']hui|today|ce (?:lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche)"
    r"|this morning|ce matin|demain|tomorrow|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b[\s,(]{1,3}(?:(?:le|on"
    r"|the)\s+)?",
    re.IGNORECASE,
)
_SHORT = re.compile(r"\(?(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>(?:19|20)\d\d))?\)?")
_OFFSETS = {"avant-hier": 2, "hier": 1, "yesterday": 1, "demain": -1, "tomorrow": -1}
_NAMED_YEAR = re.compile(r"(?<![\d/-])(?:19[89]\d|20[0-4]\d)(?![\d-])")
# « d’ici à 2030 », "2030 Agenda": years that a text looks forward to.
_AIM = re.compile(
    r"(?:d[’']ici(?: à)?|by|until|horizon|agenda|programme|objectifs?|goals?|vision|jusqu[’']en|in the "
    r"year)\s+(?:(?:de|à|the)\s+)?(?:l[’']horizon\s+)?"
    r"(?:19|20)\d\d|(?:19|20)\d\d (?:agenda|goals?)",
    re.IGNORECASE,
)
_LATE = re.compile(
    r"\b(?:fin|late|end of|décembre|december|novembre|november)\s+(?:de\s+)?(?P<year>(?:19|20)\d\d)", re.I
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as printed. `year` and `weekday` (0: Monday) are None where not printed; `offset`: days until the "
    "release."""

    day: int
    month: int
    year: int | None = None
    weekday: int | None = None
    printed: str = ""
    start: int = 0
    offset: int = 0
    is_certain: bool = True  # not where day and month may be the other way round

    @property
    def exact(self) -> date | None:
        """The day itself where a year is printed; None where there is no such day."""
        return _date(self.year, self.month, self.day) if self.year and self.is_certain else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find(text: str) -> Day | None:
    """The first day that the text names, with or without its year."""
    found = [match for pattern in _FULL if (match := pattern.search(text))]
    days = [day for match in sorted(found, key=lambda m: (m.start(), -m.end())) if (day := _read(match))]
    return days[0] if days else None


def _read(match: re.Match[str]) -> Day | None:
    parts = match.groupdict()
    word = (parts.get("weekday") or parts.get("weekday2") or "").casefold()
    weekday = _WEEKDAYS.get(word)
    year = int(parts["year"]) if parts["year"] else None
    day, is_certain = int(parts["day"]), True
    month = _MONTHS.get(parts["month"].casefold()) or int(parts["month"] if parts["month"].isdigit() else 0)
    if parts["month"].isdigit() and year and not match[0][:4].isdigit():
        is_certain = weekday is not None or max(day, month) > 12 or day == month
        day, month = _day_first(day, month, year, weekday)
    if not 1 <= month <= 12 or not _date(year or 2000, month, day):
        return None
    return Day(day, month, year, weekday, match[0].strip(), match.start(), is_certain=is_certain)


def _day_first(first: int, second: int, year: int, weekday: int | None) -> tuple[int, int]:
    """`08/03/2018`: the day first, unless the weekday or the calendar says that it is the month. 0, 0: it does not "
    "say."""
    options = [(day, month) for day, month in ((first, second), (second, first)) if _date(year, month, day)]
    if weekday is not None:
        options = [(d, m) for d, m in options if date(year, m, d).weekday() == weekday] or options
    return options[0] if options else (0, 0)


def propose(text: str, printed: Day | None, between: tuple[date | None, date | None] = (None, None)) -> DateProposal:
    """What the date may be. `printed` is a dateline's day; `between`: the dates of the files before and after."""
    day = printed or _relative(text)
    if day is None:
        return _from_order(between) or DateProposal(None, remark("no day"))
    if day.exact:
        released = day.exact + timedelta(days=day.offset)
        return DateProposal(released, remark("day named", day=day.printed))
    if day.year:
        return DateProposal(_date(day.year, day.month, day.day), remark("either way round", day=day.printed))
    years = _years(text)
    found = _by_calendar(day, years) or _by_order(day, between) or _by_name(day, text, years)
    return found or DateProposal(None, remark("no year", day=day.printed))


def _relative(text: str) -> Day | None:
    """« Hier, 29 février », "yesterday (8/12)": a day that the release dates itself by."""
    for match in _RELATIVE.finditer(text[:1500]):
        rest = text[match.end() : match.end() + 40]
        found = next((m for pattern in (*_FULL[:2], _SHORT) if (m := pattern.match(rest))), None)
        if found is None:
            continue
        parts = found.groupdict()
        named = _MONTHS.get(parts["month"].casefold()) or int(parts["month"] if parts["month"].isdigit() else 0)
        year = int(parts["year"]) if parts.get("year") else None
        if 1 <= named <= 12 and _date(year or 2000, named, int(parts["day"])):
            when = match["when"].casefold()
            weekday = next((n for name, n in _WEEKDAYS.items() if len(name) > 4 and name in when), None)
            printed = (match[0] + found[0]).strip(" (,")
            return Day(int(parts["day"]), named, year, weekday, printed, match.start(), _OFFSETS.get(when, 0))
    return None


def _years(text: str) -> list[int]:
    return sorted({int(year) for year in _NAMED_YEAR.findall(_AIM.sub("", text))})


def _by_calendar(day: Day, years: list[int]) -> DateProposal | None:
    """By the years in which there is such a day, or in which it falls on the weekday printed."""
    if not years or (day.weekday is None and (day.day, day.month) != (29, 2)):
        return None
    latest = years[-1]
    for year in (latest, latest + 1, latest + 2, latest + 3, latest - 1):
        named = _date(year, day.month, day.day)
        if named and (day.weekday is None or named.weekday() == day.weekday):
            code = "leap year" if day.weekday is None else "weekday"
            reason = remark(code, day=day.printed, year=year, latest=latest)
            return DateProposal(named + timedelta(days=day.offset), reason)
    return None


def _by_order(day: Day, between: tuple[date | None, date | None]) -> DateProposal | None:
    """By the dates of the neighbours in the archive, where only one year fits between them."""
    before, after = between
    if not before or not after or before > after:
        return None
    fitting = [
        named
        for year in range(before.year, after.year + 1)
        if (named := _date(year, day.month, day.day)) and before <= named + timedelta(days=day.offset) <= after
    ]
    if len(fitting) != 1:
        return None
    reason = remark("between files", day=day.printed, before=before, after=after)
    return DateProposal(fitting[0] + timedelta(days=day.offset), reason)


def _by_name(day: Day, text: str, years: Iterable[int]) -> DateProposal | None:
    """By the latest year that the text names; the next one where it is named as ending, and the day is early."""
    latest = max(years, default=None)
    if latest is None:
        return None
    if day.month <= 6 and any(int(found["year"]) == latest for found in _LATE.finditer(text)):
        latest += 1
    named = _date(latest, day.month, day.day)
    if named is None:
        return None
    reason = remark("likeliest year", day=day.printed, year=latest)
    return DateProposal(named + timedelta(days=day.offset), reason)


def _from_order(between: tuple[date | None, date | None]) -> DateProposal | None:
    before, after = between
    if before and before == after:
        return DateProposal(before, remark("files beside", day=before))
    return None
