"""Makes the admin's CSV exports safe to open: Wagtail's reports and ours.

A spreadsheet program reads a cell that begins with one of `FORMULA_PREFIXES` as a formula, which may fetch data and
run code. Wagtail writes it as text into XLSX, but unchanged into CSV.
"""

import re
from collections.abc import Iterable
from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Numbers and telephone numbers are safe, and must stay numbers.
NUMBER = re.compile(r"[+-]\d+(?:[ \u00a0\u202f.,]\d+)*")

_preprocess_field_value = SpreadsheetExportMixin.preprocess_field_value
_stream_csv = SpreadsheetExportMixin.stream_csv


def escape_formula(value: Any) -> Any:
    """Returns the value; a text that would be a formula begins with an apostrophe, which marks text."""
    if isinstance(value, str) and value.startswith(FORMULA_PREFIXES) and not NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def preprocess_field_value(self: Any, field: str, value: Any, export_format: str) -> Any:
    value = _preprocess_field_value(self, field, value, export_format)
    return escape_formula(value) if export_format == self.FORMAT_CSV else value


def stream_csv(self: Any, queryset: Any) -> Iterable[bytes]:
    """Builds the file during the request. A stream is read later, when the reader's language is no longer active."""
    return list(_stream_csv(self, queryset))


SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value
SpreadsheetExportMixin.stream_csv = stream_csv
