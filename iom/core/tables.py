"""The tables and key figures of a page as CSV files, each at an address of its own below the page.

A file is written as spreadsheet programs of its language read it: with a byte order mark, and with semicolons where
the language writes decimals with a comma. Numbers have no separators of thousands.
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
from iom.core.files import as_attachment
from iom.core.spreadsheets import harmless
from iom.core.tabular import Cell, Tabular

_KEY = 8  # characters of a block's key, which is the same in all languages
_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"


def route(block: StreamValue.StreamChild) -> str:
    """`csv-1f0c2d3e`: where the block has its file, below the page; empty where it has none."""
    return f"csv-{block.id[:_KEY]}" if block.id and isinstance(block.block, Tabular) else ""


def routes(body: StreamValue) -> dict[str, dict[str, Any]]:
    """The routes of all that have one, without reading their content."""
    blocks = body.stream_block.child_blocks
    return {
        f"csv-{child['id'][:_KEY]}": {"table": child["id"]}
        for child in body.raw_data
        if child.get("id") and isinstance(blocks.get(child["type"]), Tabular)
    }


def respond(page: Any, key: str) -> HttpResponse:
    """The file of the block with this key, in the active language, which is the page's."""
    block = next((child for child in page.body if child.id == key), None)
    if block is None:
        raise Http404
    headers = as_attachment(file_name(page, block)) | {
        "Link": f'<{page.full_url}>; rel="canonical"',
        "X-Robots-Tag": "noindex",
    }
    content = written(block.block.rows(block.value), get_language() or page.locale.language_code)
    return HttpResponse(content.encode(), content_type="text/csv; charset=utf-8; header=present", headers=headers)


def file_name(page: Any, block: StreamValue.StreamChild) -> str:
    """`mobile-clinics-bogota-the-first-four-weeks.csv`"""
    said = block.block.name_of(block.value) or gettext("Table")
    return f"{page.slug[:80]}-{slugify(string_to_ascii(said.replace('’', ' ')))[:60].strip('-')}".strip("-") + ".csv"


def written(rows: list[list[Cell]], language: str) -> str:
    """The rows as CSV with a byte order mark. No cell is a formula."""
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
                is_number = grouped.fullmatch(text)
                yield harmless(re.sub(rf"[{re.escape(group)}{_SPACES}]", "", text) if is_number else text)

    file = StringIO()
    csv.writer(file, delimiter=";" if decimal == "," else ",").writerows(map(list, map(cells, rows)))
    return f"\ufeff{file.getvalue()}"
