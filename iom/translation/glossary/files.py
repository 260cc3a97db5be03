"""Files of the glossary. CSV is read and written here; apps above add formats to FORMATS."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

from django.conf import settings
from django.utils.translation import gettext

from iom.core.files import Unusable
from iom.core.tables import written
from iom.core.tabular import Cell
from iom.translation.glossary.rows import Forms, Row
from iom.translation.models import Concept

LARGEST = 5 * 1024 * 1024  # bytes; 10,000 entries make some 2 MB
BETWEEN = "|"  # the terms of one cell


@dataclass(frozen=True)
class Format:
    """`suffix`: of its files' names. `read` raises Unusable. `write` takes the rows and the language of the reader."""

    suffix: str
    label: str
    content_type: str
    read: Callable[[bytes], list[Row]]
    write: Callable[[list[Row], str], bytes]


def read_csv(content: bytes) -> list[Row]:
    """The rows of a file as `write_csv` makes it, also after a spreadsheet program has written it again."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unusable(gettext("The file is not in UTF-8. Save it again in UTF-8.")) from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Unusable(gettext("This is not a CSV file, or it is damaged.")) from error
    heads = [head.strip().casefold() for head in lines[0]] if lines else []
    languages = [code for code, _name in settings.LANGUAGES if f"term_{code}" in heads]
    if not languages:
        text = gettext("The file has no column with terms, such as “%(column)s”. Download the glossary as an example.")
        raise Unusable(text % {"column": f"term_{settings.LANGUAGE_CODE}"})
    return [
        _row(dict(zip(heads, map(_plain, line), strict=False)), languages, number)
        for number, line in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in line)
    ]


def _plain(cell: str) -> str:
    """Without the apostrophe that `harmless` has put before what would be a formula."""
    return cell.strip().removeprefix("'") if cell.startswith(("'=", "'+", "'-", "'@")) else cell.strip()


def _row(cells: dict[str, str], languages: list[str], line: int) -> Row:
    def several(name: str) -> tuple[str, ...]:
        return tuple(filter(None, map(str.strip, cells.get(name, "").split(BETWEEN))))

    terms = {
        code: Forms(cells[f"term_{code}"], several(f"accepted_{code}"), several(f"not_{code}"))
        for code in languages
        if cells.get(f"term_{code}")
    }
    return Row(
        key=cells.get("id", ""),
        domain=cells.get("domain", ""),
        status=cells.get("status", "").casefold() or Concept.Status.PROPOSED,
        is_kept=cells.get("not_translated", "").casefold() in ("1", "x", "yes", "oui", "true"),
        note=cells.get("note", ""),
        terms=terms,
        where=gettext("Line %(number)d") % {"number": line},
    )


def write_csv(rows: list[Row], language: str) -> bytes:
    """A line for each concept; several terms of a cell are separated by `BETWEEN`."""
    codes = [code for code, _name in settings.LANGUAGES]
    heads = ["id", "domain", "status", "not_translated", "note"]
    heads += [f"{name}_{code}" for code in codes for name in ("term", "accepted", "not")]
    lines: list[list[Cell]] = [[*heads]]
    for row in rows:
        line: list[Cell] = [row.key, row.domain, row.status, "yes" if row.is_kept else "", row.note]
        for code in codes:
            forms = row.terms.get(code, Forms(""))
            between = f" {BETWEEN} "
            line += [forms.preferred, between.join(forms.accepted), between.join(forms.forbidden)]
        lines.append(line)
    return written(lines, language).encode()


FORMATS: dict[str, Format] = {
    "csv": Format(".csv", "CSV", "text/csv; charset=utf-8; header=present", read_csv, write_csv)
}


def read(name: str, content: bytes) -> list[Row]:
    """The rows of an uploaded file. Raises Unusable."""
    if not content.strip():
        raise Unusable(gettext("The file is empty."))
    for one in FORMATS.values():
        if name.casefold().endswith(one.suffix):
            return one.read(content)
    known = ", ".join(one.suffix for one in FORMATS.values())
    raise Unusable(gettext("Choose a file in one of these formats: %(formats)s.") % {"formats": known})
