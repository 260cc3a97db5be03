"""`S` in a date format: the ordinal of the first day in the interface's language. Django's is English only."""

from typing import Any

from django.utils.dateformat import DateFormat

from iom import languages

_english_suffix = DateFormat.S


def _suffix(shown: Any) -> str:
    first = languages.first_of_month()
    if not first:
        return str(_english_suffix(shown))
    return first.removeprefix("1") if shown.data.day == 1 else ""


DateFormat.S = _suffix  # type: ignore[assignment, method-assign]
