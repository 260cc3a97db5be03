"""The date of an article: date and time, or noon in the default time zone (Zurich) if only the day is known."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_NOON = datetime.time(12)
_MINUTE = datetime.timedelta(minutes=1)


def noon(day: datetime.date) -> datetime.datetime:
    """Returns the moment that stands for a day, in the default time zone and not in that of the user."""
    return _moment(day, _NOON)


def from_form(date: datetime.datetime) -> datetime.datetime:
    """Converts a date from a form. Noon in the user's time zone means that only the day is known."""
    entered = timezone.localtime(date)
    return noon(entered.date()) if entered.time() == _NOON else date


def to_form(date: datetime.datetime) -> datetime.datetime:
    """Converts a date for a form. If only the day is known, it becomes noon in the user's time zone."""
    return timezone.make_aware(datetime.datetime.combine(day_of(date), _NOON)) if is_day_only(date) else date


def modified_at(
    updated: datetime.datetime | None,
    corrected: Iterable[datetime.date | None],
    published: datetime.datetime | None,
) -> datetime.datetime | None:
    """Returns when a text last changed: at its update or at a later correction.

    Only the day of a correction is known. If `published`, the last publication, was on that day, its time counts.
    """
    return max(filter(None, [updated, *(clamp_to_day(day, published) for day in corrected if day)]), default=None)


def clamp_to_day(day: datetime.date, moment: datetime.datetime | None) -> datetime.datetime:
    """Returns the moment if it is on the day, the day's last minute if it is later, else the beginning of the day."""
    begin, end = _moment(day), _moment(day + datetime.timedelta(days=1)) - _MINUTE
    return begin if moment is None else min(max(moment, begin), end)


def day_of(moment: datetime.datetime) -> datetime.date:
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def refuse_future(day: datetime.date) -> None:
    """Raises ValidationError for a day that has not begun in the default time zone."""
    if day > day_of(timezone.now()):
        raise ValidationError(_("Enter a date that is not in the future."))


def publication_date(date: datetime.datetime | None, published: datetime.datetime) -> datetime.datetime:
    """Returns the date of a text that was first published at `published`. `date` is the one that its author entered.

    It is `published` if there is no date, or if the date is only the day of `published`, whose time is known too. Else
    it is `date`.
    """
    if date is None or (is_day_only(date) and day_of(date) == day_of(published)):
        return published
    return date


def place_in_lists(date: datetime.datetime | None, published: datetime.datetime | None) -> datetime.datetime | None:
    """Returns the moment by which lists order a text: its date, or its first publication if only the day is known.

    A text published before its day gets the beginning of the day. A text published after it gets the day's last
    minute, plus a microsecond for each minute since, so that the order of publication counts.
    """
    if date is None or published is None or not is_day_only(date):
        return date
    day = day_of(date)
    begin, end = _moment(day), _moment(day + datetime.timedelta(days=1))
    if published < end:
        return max(published, begin)
    return end - _MINUTE + datetime.timedelta(microseconds=min((published - end) // _MINUTE, 59_999_999))


def date_or_moment(moment: datetime.datetime | None) -> datetime.datetime | datetime.date | None:
    """Returns the moment, or its day if only the day is known, so that structured data has no invented time."""
    return day_of(moment) if moment is not None and is_day_only(moment) else moment


def is_day_only(date: datetime.datetime) -> bool:
    return timezone.localtime(date, timezone.get_default_timezone()).time() == _NOON


def _moment(day: datetime.date, time: datetime.time = datetime.time()) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, time), timezone.get_default_timezone())
