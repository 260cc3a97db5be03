"""What leaves the admin as CSV or XLSX: Wagtail's reports and ours, each through the one place where Wagtail writes.

To a spreadsheet a cell that begins with one of `FORMULA` is a formula, which may fetch and run. Wagtail writes it as
text into XLSX, and as it is into CSV.
"""

import re
from collections.abc import Iterable
from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# A number, or that of a telephone: harmless as it is, and with a mark nobody could count with it.
NUMBER = re.compile(r"[+-]\d+(?:[ \u00a0\u202f.,]\d+)*")

_write_csv_row = SpreadsheetExportMixin.write_csv_row
_stream_csv = SpreadsheetExportMixin.stream_csv


def harmless(value: Any) -> Any:
    """The value; a text that would be a formula comes with the apostrophe by which spreadsheets know text."""
    if isinstance(value, str) and value.startswith(FORMULA) and not NUMBER.fullmatch(value):
        return f"'{value}"
    return value


class _HarmlessWriter:
    """A writer of CSV for whom every cell is harmless."""

    def __init__(self, writer: Any) -> None:
        self.writer = writer

    def writerow(self, row: dict[str, Any]) -> Any:
        return self.writer.writerow({name: harmless(value) for name, value in row.items()})


def write_csv_row(self: Any, writer: Any, row_dict: dict[str, Any]) -> Any:
    return _write_csv_row(self, _HarmlessWriter(writer), row_dict)


def stream_csv(self: Any, queryset: Any) -> Iterable[bytes]:
    """Made at once: a stream is read when the request is over, and with it the language of its reader."""
    return list(_stream_csv(self, queryset))


SpreadsheetExportMixin.write_csv_row = write_csv_row
SpreadsheetExportMixin.stream_csv = stream_csv
