"""Dates and times in the format of the user's language: Wagtail has « 2026-11-25 » and « 14:30 » in all languages."""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format, get_format
from django.utils.timezone import localtime
from wagtail.admin.datetimepicker import to_datetimepicker_format
from wagtail.admin.templatetags import wagtailadmin_tags
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

_timesince_last_update = wagtailadmin_tags.timesince_last_update


def use_localized_formats() -> None:
    for widget in (AdminDateInput, AdminDateTimeInput):
        widget.format = _Format()
        widget.js_format = _ScriptFormat()
    wagtailadmin_tags.register.simple_tag(_format_last_update, name="timesince_last_update")


def _format_last_update(last_update: datetime, **options: Any) -> str:
    """Returns what Wagtail's tag returns, but a time of today as the language writes it."""
    text, moment = str(_timesince_last_update(last_update, **options)), localtime(last_update)
    if moment.date() != localtime().date():
        return text
    return text.replace(f"{moment:%H:%M}", date_format(moment, "TIME_FORMAT"), 1)


class _Format:
    """The format of a field's value: the language's first format without seconds."""

    def __get__(self, widget: Any, owner: Any = None) -> Any:
        return self if widget is None else self._get_format(widget)

    def __set__(self, widget: Any, value: str) -> None:
        """Ignores the format of Wagtail's settings."""

    @staticmethod
    def _get_format(widget: Any) -> str:
        return next(one for one in get_format(widget.format_key) if "%S" not in one and "%f" not in one)


class _ScriptFormat(_Format):
    """The same format for the script of the calendar."""

    @staticmethod
    def _get_format(widget: Any) -> str:
        return to_datetimepicker_format(_Format._get_format(widget))
