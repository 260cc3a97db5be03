"""Reads and writes files of the glossary. CSV is implemented here; other modules add their formats to FORMATS."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

from django.conf import settings
from django.utils.translation import gettext

from iom.core.csv_export import format_csv
from iom.core.files import UnusableFile
from iom.core.spreadsheets import unescape_formula
from iom.core.tabular import Cell
from iom.translation.glossary.rows import Row, TermForms
from iom.translation.models import Concept

MAX_FILE_SIZE = 5 * 1024 * 1024  # bytes; 10,000 entries take about 2 MB
TERM_SEPARATOR = "|"  # between the terms of a cell


@dataclass(frozen=True)
class Format:
    """A file format. `suffix`: of file names. `read` raises UnusableFile. `write` takes rows and a language code."""

    suffix: str
    label: str
    content_type: str
    read: Callable[[bytes], list[Row]]
    write: Callable[[list[Row], str], bytes]


def read_csv(content: bytes) -> list[Row]:
    """Returns the rows of a CSV file in the form of `write_csv`, even if a spreadsheet program has saved it again."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableFile(gettext("The file is not in UTF-8. Save it again in UTF-8.")) from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UnusableFile(gettext("This is not a CSV file, or it is damaged.")) from error
    heads = [head.strip().casefold() for head in lines[0]] if lines else []
    languages = [code for code, _name in settings.LANGUAGES if f"term_{code}" in heads]
    if not languages:
        text = gettext("The file has no column with terms, such as “%(column)s”. Download the glossary as an example.")
        raise UnusableFile(text % {"column": f"term_{settings.LANGUAGE_CODE}"})
    return [
        # Without the apostrophes that `escape_formula` adds
        _build_row(
            {head: unescape_formula(cell).strip() for head, cell in zip(heads, line, strict=False)}, languages, number
        )
        for number, line in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in line)
    ]


def _build_row(cells: dict[str, str], languages: list[str], line: int) -> Row:
    def split(name: str) -> tuple[str, ...]:
        return tuple(filter(None, map(str.strip, cells.get(name, "").split(TERM_SEPARATOR))))

    terms = {
        code: TermForms(cells[f"term_{code}"], split(f"accepted_{code}"), split(f"not_{code}"))
        for code in languages
        if cells.get(f"term_{code}")
    }
    columns = {"domain": "domain", "status": "status", "is_kept": "not_translated", "note": "note"}
    columns |= {f"accepted_{code}": f"accepted_{code}" for code in languages}
    columns |= {f"forbidden_{code}": f"not_{code}" for code in languages}
    absent = {name for name, column in columns.items() if column not in cells}
    return Row(
        key=cells.get("id", ""),
        domain=cells.get("domain", ""),
        status=cells.get("status", "").casefold() or Concept.Status.PROPOSED,
        is_kept=cells.get("not_translated", "").casefold() in ("1", "x", "yes", "oui", "true"),
        note=cells.get("note", ""),
        terms=terms,
        where=gettext("Line %(number)d") % {"number": line},
        absent=frozenset(absent if cells.get("status") else absent | {"status"}),
    )


def write_csv(rows: list[Row], language: str) -> bytes:
    """Returns a CSV file with a line for each concept. The terms of a cell are separated by TERM_SEPARATOR."""
    codes = [code for code, _name in settings.LANGUAGES]
    heads = ["id", "domain", "status", "not_translated", "note"]
    heads += [f"{name}_{code}" for code in codes for name in ("term", "accepted", "not")]
    lines: list[list[Cell]] = [[*heads]]
    for row in rows:
        line: list[Cell] = [row.key, row.domain, row.status, "yes" if row.is_kept else "", row.note]
        for code in codes:
            forms = row.terms.get(code, TermForms(""))
            between = f" {TERM_SEPARATOR} "
            line += [forms.preferred, between.join(forms.accepted), between.join(forms.forbidden)]
        lines.append(line)
    return format_csv(lines, language).encode()


FORMATS: dict[str, Format] = {
    "csv": Format(".csv", "CSV", "text/csv; charset=utf-8; header=present", read_csv, write_csv)
}


def read(name: str, content: bytes) -> list[Row]:
    """Returns the rows of an uploaded file, whose format follows from its name. Raises UnusableFile."""
    if not content.strip():
        raise UnusableFile(gettext("The file is empty."))
    for format in FORMATS.values():
        if name.casefold().endswith(format.suffix):
            return format.read(content)
    suffixes = ", ".join(format.suffix for format in FORMATS.values())
    raise UnusableFile(gettext("Choose a file in one of these formats: %(formats)s.") % {"formats": suffixes})
