"""The moment of a publication, as the user's clock and the site's show it."""

from datetime import UTC, datetime, tzinfo
from typing import Any

from babel.dates import get_timezone_location
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, to_locale

TWICE = "twice"  # the code of the error for an hour that occurs twice


def place_of(zone: tzinfo) -> str:
    """The city after which people call a time zone, in the interface's language; Geneva for the site's own."""
    if str(zone) == str(timezone.get_default_timezone()):
        return gettext("Geneva")
    locale = to_locale(get_language() or "en")
    return str(get_timezone_location(str(zone), locale=locale, return_city=True))


def in_words(moment: datetime) -> str:
    """“3 December 2026, 10:00 (Nairobi), 08:00 (Geneva)”; once, where both clocks are the same."""
    zones = [timezone.get_current_timezone()]
    ours = timezone.get_default_timezone()
    if str(ours) != str(zones[0]):
        zones.append(ours)
    days = {timezone.localtime(moment, zone).date() for zone in zones}
    parts = []
    for number, zone in enumerate(zones):
        form = "TIME_FORMAT" if number and len(days) == 1 else "DATETIME_FORMAT"
        parts.append(f"{date_format(timezone.localtime(moment, zone), form)} ({place_of(zone)})")
    return ", ".join(parts)


def readings(hour: datetime) -> list[datetime]:
    """The moments at which the user’s clock shows `hour`: none to two."""
    zone = timezone.get_current_timezone()
    moments = [hour.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    return [one for one in dict.fromkeys(moments) if one.astimezone(zone).replace(tzinfo=None) == hour]


def choices(moments: list[datetime]) -> list[tuple[str, str]]:
    """Each by its difference to UTC on the user’s clock, as `MomentInput` takes it, and in words."""
    return [(timezone.localtime(one).isoformat()[-6:], in_words(one)) for one in moments]


def no_such_hour() -> str:
    place = place_of(timezone.get_current_timezone())
    return gettext("This hour does not exist in %(place)s: the clocks go forward. Choose another.") % {"place": place}


def occurs_twice() -> str:
    place = place_of(timezone.get_current_timezone())
    return gettext("This hour occurs twice in %(place)s: the clocks go back. Choose which.") % {"place": place}


class MomentInput(forms.DateTimeInput):
    """The browser's own calendar and clock. With an hour that occurs twice comes the difference to UTC."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value, offset = super().value_from_datadict(data, files, name), data.get(f"{name}_offset")
        return f"{value}{offset}" if value and offset else value


class MomentField(forms.DateTimeField):
    """Does not guess an hour that does not exist, or exists twice."""

    widget = MomentInput

    def to_python(self, value: Any) -> datetime | None:
        try:
            hour = parse_datetime(value) if isinstance(value, str) else None
        except ValueError:
            hour = None
        if hour is None or hour.tzinfo:
            return super().to_python(value)
        try:
            moments = readings(hour)
        except OverflowError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if not moments:
            raise ValidationError(no_such_hour())
        if len(moments) > 1:
            raise ValidationError(occurs_twice(), code=TWICE)
        return moments[0]
