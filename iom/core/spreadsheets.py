"""Makes CSV files safe to open: Wagtail's reports and ours.

A spreadsheet program reads a cell that begins with one of `FORMULA_PREFIXES` as a formula, which may fetch data and
run code. Wagtail writes it as text into XLSX, but unchanged into CSV.

A program in another language splits a line at other signs than the file does. It then ignores quotation marks inside
a part, so that a line break ends the line. A part of a cell must thus be no formula either.
"""

import re
from collections.abc import Iterable
from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Numbers and telephone numbers are safe, and must stay numbers. A hyphen alone is an empty cell.
_NUMBER = r"(?:-|[+-]\d+(?:[ \u00a0\u202f.,]\d+)*)"
_IS_NUMBER = re.compile(_NUMBER)
_START = r"[;,\t\r\n][ \u00a0\u202f\"]*"  # of a part: a sign at which programs split a line
_FORMULA_IN_PART = re.compile(rf"({_START})(?=[=+\-@＝＋－＠])(?!{_NUMBER}[ \u00a0\u202f\"]*(?:[;,\t\r\n]|$))")
_ESCAPED = re.compile(rf"(^|{_START})'(?=[=+\-@\t\r\n＝＋－＠])")

_preprocess_field_value = SpreadsheetExportMixin.preprocess_field_value
_stream_csv = SpreadsheetExportMixin.stream_csv


def escape_formula(value: Any) -> Any:
    """Returns the value. In a text, what would be a formula begins with an apostrophe, which marks text."""
    if not isinstance(value, str):
        return value
    text = _FORMULA_IN_PART.sub(r"\1'", value)
    return f"'{text}" if text.startswith(FORMULA_PREFIXES) and not _IS_NUMBER.fullmatch(text) else text


def unescape_formula(text: str) -> str:
    """Returns the text without the apostrophes that `escape_formula` adds."""
    return _ESCAPED.sub(r"\1", text)


def preprocess_field_value(self: Any, field: str, value: Any, export_format: str) -> Any:
    value = _preprocess_field_value(self, field, value, export_format)
    return escape_formula(value) if export_format == self.FORMAT_CSV else value


def stream_csv(self: Any, queryset: Any) -> Iterable[bytes]:
    """Builds the file during the request. A stream is read later, when the reader's language is no longer active."""
    return list(_stream_csv(self, queryset))


SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value
SpreadsheetExportMixin.stream_csv = stream_csv
