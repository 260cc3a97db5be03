"""Makes the admin's CSV exports safe to open: Wagtail's reports and ours.

A spreadsheet reads a cell that begins with one of `FORMULA` as a formula, which may fetch and run. Wagtail writes it
as text into XLSX, but unchanged into CSV.
"""

import re
from collections.abc import Iterable
from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# A number or a telephone number is harmless, and must stay a number.
NUMBER = re.compile(r"[+-]\d+(?:[ \u00a0\u202f.,]\d+)*")

_preprocess_field_value = SpreadsheetExportMixin.preprocess_field_value
_stream_csv = SpreadsheetExportMixin.stream_csv


def harmless(value: Any) -> Any:
    """The value; a text that would be a formula with the apostrophe by which spreadsheets know text."""
    if isinstance(value, str) and value.startswith(FORMULA) and not NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def preprocess_field_value(self: Any, field: str, value: Any, export_format: str) -> Any:
    value = _preprocess_field_value(self, field, value, export_format)
    return harmless(value) if export_format == self.FORMAT_CSV else value


def stream_csv(self: Any, queryset: Any) -> Iterable[bytes]:
    """Not streamed: a stream is read after the request, when the language of its reader is no longer active."""
    return list(_stream_csv(self, queryset))


SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value
SpreadsheetExportMixin.stream_csv = stream_csv
