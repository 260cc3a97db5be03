"""Dates in forms, as the language of the user writes them: Wagtail's are « 2026-11-25 » in all languages."""

from typing import Any

from django.utils.formats import get_format
from wagtail.admin.datetimepicker import to_datetimepicker_format
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput


def write_as_the_language_does() -> None:
    for widget in (AdminDateInput, AdminDateTimeInput):
        widget.format = _Format()
        widget.js_format = _ScriptFormat()


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
