"""Dates in the admin, as the language of the user writes them: Wagtail's are « 2026-11-25 » in all languages."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.formats import date_format, get_format
from django.utils.timezone import localtime
from wagtail.admin.compare import FieldComparison, register_comparison_class
from wagtail.admin.datetimepicker import to_datetimepicker_format
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput


def write_as_the_language_does() -> None:
    for widget in (AdminDateInput, AdminDateTimeInput):
        widget.format = _Format()
        widget.js_format = _ScriptFormat()
    for field in (models.DateField, models.DateTimeField):
        register_comparison_class(field, comparison_class=DateComparison)


class _Format:
    """How a value stands in its field: to the minute, in the first manner that the language knows."""

    def __get__(self, widget: Any, owner: Any = None) -> Any:
        return self if widget is None else self._of(widget)

    def __set__(self, widget: Any, value: str) -> None:
        """Wagtail's own, from its settings, is left out."""

    @staticmethod
    def _of(widget: Any) -> str:
        return next(one for one in get_format(widget.format_key) if "%S" not in one and "%f" not in one)


class _ScriptFormat(_Format):
    """The same for the script that shows a calendar."""

    @staticmethod
    def _of(widget: Any) -> str:
        return to_datetimepicker_format(_Format._of(widget))


class DateComparison(FieldComparison):
    """Of two versions; Wagtail's shows « 2026-11-27 06:59:39.556122+00:00 »."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.val_a, self.val_b = (_written(getattr(self, name)) for name in ("val_a", "val_b"))


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return date_format(localtime(value), "DATETIME_FORMAT")
    return date_format(value, "DATE_FORMAT")
