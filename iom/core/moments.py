"""Formats and reads the date and time of a publication in two time zones: the user's and the site's."""

from datetime import UTC, datetime, tzinfo
from typing import Any

from babel.dates import get_timezone_location
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, to_locale

AMBIGUOUS = "twice"  # the error code for an hour that occurs twice


def get_zone_city(zone: tzinfo) -> str:
    """Returns the city that names a time zone, in the interface's language; Geneva for the site's own zone."""
    if str(zone) == str(timezone.get_default_timezone()):
        return gettext("Geneva")
    locale = to_locale(get_language() or "en")
    return str(get_timezone_location(str(zone), locale=locale, return_city=True))


def format_moment(moment: datetime) -> str:
    """Returns “3 December 2026, 10:00 (Nairobi), 08:00 (Geneva)”; one time if both zones are the same."""
    zones = [timezone.get_current_timezone()]
    site_zone = timezone.get_default_timezone()
    if str(site_zone) != str(zones[0]):
        zones.append(site_zone)
    days = {timezone.localtime(moment, zone).date() for zone in zones}
    parts = []
    for number, zone in enumerate(zones):
        form = "TIME_FORMAT" if number and len(days) == 1 else "DATETIME_FORMAT"
        parts.append(f"{date_format(timezone.localtime(moment, zone), form)} ({get_zone_city(zone)})")
    return ", ".join(parts)


def get_possible_moments(hour: datetime) -> list[datetime]:
    """Returns the moments at which the user's clock shows the naive `hour`: none, one or two."""
    zone = timezone.get_current_timezone()
    moments = [hour.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    return [one for one in dict.fromkeys(moments) if one.astimezone(zone).replace(tzinfo=None) == hour]


def get_moment_choices(moments: list[datetime]) -> list[tuple[str, str]]:
    """Returns the UTC offset of each moment, as `MomentInput` reads it, and the moment as text."""
    return [(timezone.localtime(one).isoformat()[-6:], format_moment(one)) for one in moments]


def missing_hour_message() -> str:
    place = get_zone_city(timezone.get_current_timezone())
    return gettext("This hour does not exist in %(place)s: the clocks go forward. Choose another.") % {"place": place}


def ambiguous_hour_message() -> str:
    place = get_zone_city(timezone.get_current_timezone())
    return gettext("This hour occurs twice in %(place)s: the clocks go back. Choose which.") % {"place": place}


class MomentInput(forms.DateTimeInput):
    """The browser's own date and time input. `<name>_offset` has the UTC offset of an hour that occurs twice."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value, offset = super().value_from_datadict(data, files, name), data.get(f"{name}_offset")
        return f"{value}{offset}" if value and offset else value


class MomentField(forms.DateTimeField):
    """A date and time in the user's time zone. It refuses an hour that does not exist or occurs twice."""

    widget = MomentInput

    def to_python(self, value: Any) -> datetime | None:
        try:
            hour = parse_datetime(value) if isinstance(value, str) else None
        except ValueError:
            hour = None
        if hour is None or hour.tzinfo:
            return super().to_python(value)
        try:
            moments = get_possible_moments(hour)
        except OverflowError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if not moments:
            raise ValidationError(missing_hour_message())
        if len(moments) > 1:
            raise ValidationError(ambiguous_hour_message(), code=AMBIGUOUS)
        return moments[0]
