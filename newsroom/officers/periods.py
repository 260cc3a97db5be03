"""The months and weeks of the calendar, formatted for the language of the interface."""

import re
from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from babel.dates import format_date, format_interval
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iom.languages import first_of_month, interface_locale

WEEK = timedelta(days=7)
_FIRST = re.compile(r"\b1\b")
FIRST_YEAR, LAST_YEAR = 1900, 2200


class Scale(models.TextChoices):
    MONTH = "month", _("Month")
    WEEK = "week", _("Week")
    LIST = "list", _("List")


def start_of_day(day: date) -> datetime:
    """The first moment of a day in the user's time zone."""
    return timezone.make_aware(datetime.combine(day, time()))


def parse_day(text: str) -> date:
    """Parses a day from an address, such as 2026-12-24. Returns today for any other text and for a distant year."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else timezone.localdate()


@dataclass(frozen=True)
class Period:
    """A month, as a table or a list, or a week. `day` is any of its days."""

    scale: Scale
    day: date

    @property
    def first(self) -> date:
        return self.weeks[0][0] if self.scale == Scale.WEEK else self.day.replace(day=1)

    @property
    def next(self) -> date:
        """The first day after the period."""
        if self.scale == Scale.WEEK:
            return self.first + WEEK
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def previous(self) -> date:
        """The last day before the period."""
        return self.first - timedelta(days=1)

    @property
    def weeks(self) -> list[list[date]]:
        """The weeks with a day of the month, or the one week. CLDR says with which day a week begins."""
        weeks = Calendar(interface_locale().first_week_day).monthdatescalendar(self.day.year, self.day.month)
        return [week for week in weeks if self.scale != Scale.WEEK or self.day in week]

    @property
    def days(self) -> list[date]:
        """The days of the weeks; of a list, only those of the month."""
        days = [day for week in self.weeks for day in week]
        return days if self.scale != Scale.LIST else [day for day in days if day.month == self.day.month]

    @property
    def name(self) -> str:
        locale = interface_locale()
        if self.scale == Scale.WEEK:
            text = format_interval(self.first, self.next - timedelta(days=1), "yMMMMd", locale=locale)
            return _FIRST.sub(first_of_month() or "1", text)  # CLDR has « 25 nov. – 1 déc. »
        return format_date(self.first, "LLLL yyyy", locale=locale)


def weekday_names() -> list[tuple[str, str]]:
    """Returns the name and the abbreviation of each day of the week, in the order of the locale."""
    locale = interface_locale()
    names, short = locale.days["stand-alone"]["wide"], locale.days["stand-alone"]["abbreviated"]
    order = [(locale.first_week_day + number) % 7 for number in range(7)]
    return [(names[day], short[day]) for day in order]
