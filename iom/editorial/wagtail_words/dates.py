"""Dates in forms, in the format of the user's language: Wagtail shows « 2026-11-25 » in all languages."""

from typing import Any

from django.utils.formats import get_format
from wagtail.admin.datetimepicker import to_datetimepicker_format
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput


def use_localized_formats() -> None:
    for widget in (AdminDateInput, AdminDateTimeInput):
        widget.format = _Format()
        widget.js_format = _ScriptFormat()


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
