"""The date of an article: the release's own moment, or noon where only its day is known, in Zurich."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_NOON = datetime.time(12)
_MINUTE = datetime.timedelta(minutes=1)


def noon(day: datetime.date) -> datetime.datetime:
    """The moment that stands for a day. The time zone of the user does not count."""
    return _moment(day, _NOON)


def as_entered(date: datetime.datetime) -> datetime.datetime:
    """What a user means by the moment that they have entered: noon, by their clock, is the day alone."""
    entered = timezone.localtime(date)
    return noon(entered.date()) if entered.time() == _NOON else date


def as_shown(date: datetime.datetime) -> datetime.datetime:
    """What a form shows a user: for a day alone, its noon by their clock."""
    return timezone.make_aware(datetime.datetime.combine(day_of(date), _NOON)) if is_day_only(date) else date


def modified_at(
    updated: datetime.datetime | None,
    corrected: Iterable[datetime.date | None],
    published: datetime.datetime | None,
) -> datetime.datetime | None:
    """When a text was last changed: at its update, or at a later correction, of which the day alone is known.

    `published`: its last publication, which was that of a correction where it was on the same day.
    """
    return max(filter(None, [updated, *(within(day, published) for day in corrected if day)]), default=None)


def within(day: datetime.date, moment: datetime.datetime | None) -> datetime.datetime:
    """The moment, where it is on the day; the day's last minute for a later one, else its beginning."""
    begin, end = _moment(day), _moment(day + datetime.timedelta(days=1)) - _MINUTE
    return begin if moment is None else min(max(moment, begin), end)


def day_of(moment: datetime.datetime) -> datetime.date:
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def refuse_future(day: datetime.date) -> None:
    """Raises ValidationError for a day that has not begun at the organization."""
    if day > day_of(timezone.now()):
        raise ValidationError(_("Enter a date that is not in the future."))


def at_publication(date: datetime.datetime | None, published: datetime.datetime) -> datetime.datetime:
    """The date of a text that was first published at `published`, where `date` is what its author has written.

    That moment, where nothing is written; and where no more than its day is, since then the hour is known too.
    """
    if date is None or (is_day_only(date) and day_of(date) == day_of(published)):
        return published
    return date


def place_in_lists(date: datetime.datetime | None, published: datetime.datetime | None) -> datetime.datetime | None:
    """The moment by which lists order a text: its date, or its first publication where only the day is known.

    A text published before its day stands at the day's beginning; one published later in the day's last minute, in
    the order of publication: a microsecond for each minute since.
    """
    if date is None or published is None or not is_day_only(date):
        return date
    day = day_of(date)
    begin, end = _moment(day), _moment(day + datetime.timedelta(days=1))
    if published < end:
        return max(published, begin)
    return end - _MINUTE + datetime.timedelta(microseconds=min((published - end) // _MINUTE, 59_999_999))


def known_part(moment: datetime.datetime | None) -> datetime.datetime | datetime.date | None:
    """The moment, or its day where no more is known: machines are told no hour that nobody has written."""
    return day_of(moment) if moment is not None and is_day_only(moment) else moment


def is_day_only(date: datetime.datetime) -> bool:
    return timezone.localtime(date, timezone.get_default_timezone()).time() == _NOON


def _moment(day: datetime.date, time: datetime.time = datetime.time()) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, time), timezone.get_default_timezone())
