"""The tables and key figures of a page as CSV files, each at an address of its own below the page.

A file has the form that spreadsheet programs of its language read: a byte order mark, and semicolons where the
language writes decimals with a comma. Numbers have no thousands separators.
"""

import csv
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from babel.numbers import get_decimal_symbol, get_group_symbol
from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language, gettext
from wagtail.blocks.stream_block import StreamValue
from wagtail.coreutils import string_to_ascii

from iom import languages
from iom.core.files import attachment_header
from iom.core.spreadsheets import escape_formula
from iom.core.tabular import Cell, Tabular

_ID_LENGTH = 8  # first characters of a block's id, which is the same in all languages
_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"


def get_route(block: StreamValue.StreamChild) -> str:
    """Returns the route of the block's file below the page, such as `csv-1f0c2d3e`; empty if it has none."""
    return f"csv-{block.id[:_ID_LENGTH]}" if block.id and isinstance(block.block, Tabular) else ""


def get_routes(body: StreamValue) -> dict[str, dict[str, Any]]:
    """Returns the arguments of the view by route, for all blocks that have a file. It reads no content of blocks."""
    blocks = body.stream_block.child_blocks
    return {
        f"csv-{child['id'][:_ID_LENGTH]}": {"table": child["id"]}
        for child in body.raw_data
        if child.get("id") and isinstance(blocks.get(child["type"]), Tabular)
    }


def render_csv(page: Any, block_id: str) -> HttpResponse:
    """Returns the file of the block, in the active language, which is the page's. Raises Http404."""
    block = next((child for child in page.body if child.id == block_id), None)
    if block is None:
        raise Http404
    headers = attachment_header(get_file_name(page, block)) | {
        "Link": f'<{page.full_url}>; rel="canonical"',
        "X-Robots-Tag": "noindex",
    }
    content = format_csv(block.block.rows(block.value), get_language() or page.locale.language_code)
    return HttpResponse(content.encode(), content_type="text/csv; charset=utf-8; header=present", headers=headers)


def get_file_name(page: Any, block: StreamValue.StreamChild) -> str:
    """Returns a name such as `mobile-clinics-bogota-the-first-four-weeks.csv`."""
    title = block.block.table_title(block.value) or gettext("Table")
    return f"{page.slug[:80]}-{slugify(string_to_ascii(title.replace('’', ' ')))[:60].strip('-')}".strip("-") + ".csv"


def format_csv(rows: list[list[Cell]], language: str) -> str:
    """Returns the rows as CSV with a byte order mark. No cell is a formula."""
    locale = languages.cldr(language)
    decimal, group = get_decimal_symbol(locale), get_group_symbol(locale)
    grouped = re.compile(rf"[+-]?\d{{1,3}}(?:[{re.escape(group)}{_SPACES}]\d{{3}})+(?:{re.escape(decimal)}\d+)?")

    def cells(row: list[Cell]) -> Iterator[str]:
        for cell in row:
            if isinstance(cell, date):
                yield cell.isoformat()
            elif isinstance(cell, int | Decimal):
                yield f"{Decimal(cell).normalize():f}".replace(".", decimal)
            else:
                text = (cell or "").strip()
                has_separators = grouped.fullmatch(text)
                yield escape_formula(re.sub(rf"[{re.escape(group)}{_SPACES}]", "", text) if has_separators else text)

    file = StringIO()
    csv.writer(file, delimiter=";" if decimal == "," else ",").writerows(map(list, map(cells, rows)))
    return f"\ufeff{file.getvalue()}"
