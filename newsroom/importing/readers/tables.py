"""Reads HTML tables: fills the grid of their cells, and tells tables of data from tables for layout."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from newsroom.importing.readers.passages import Kind, Passage
from newsroom.importing.remarks import remark
from newsroom.release import Remark

MAX_PARAGRAPH_LENGTH = 160  # characters of a paragraph in a cell
MAX_CELL_PARAGRAPHS = 4  # paragraphs or lines of a cell
MAX_COLUMNS, MAX_ROWS = 60, 1000  # that a cell may span; a table may have as many columns
MAX_GRID_SIZE = 20_000  # cells of the grid
_MAX_HEADING_ROWS = 3
_EXCERPT_LENGTH = 60  # characters of a table that a remark quotes


@dataclass(slots=True)
class Cell:
    """A table cell. `start` is the index of its first passage."""

    start: int
    columns: int = 1
    rows: int = 1
    is_heading: bool = False
    passages: list[Passage] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(passage.plain for passage in self.passages)

    @property
    def is_merged(self) -> bool:
        return self.columns > 1 or self.rows > 1

    @property
    def is_short(self) -> bool:
        return len(self.passages) <= MAX_CELL_PARAGRAPHS and all(
            one.kind in (Kind.PARAGRAPH, Kind.LINE) and len(one.text) <= MAX_PARAGRAPH_LENGTH for one in self.passages
        )


def make_cell(tag: str, values: dict[str, str], start: int) -> Cell:
    """Returns the cell of an opening tag. `rowspan=0` means all rows below."""
    rows = MAX_ROWS if values.get("rowspan", "").strip() == "0" else _parse_span(values.get("rowspan", ""), MAX_ROWS)
    return Cell(start, _parse_span(values.get("colspan", ""), MAX_COLUMNS), rows, tag == "th")


def _parse_span(text: str, maximum: int) -> int:
    digits = text.strip()[:4]
    return max(1, min(int(digits), maximum)) if digits.isascii() and digits.isdigit() else 1


def read(rows: list[list[Cell]], passages: list[Passage]) -> tuple[Passage | None, list[Remark]]:
    """Returns the table of these cells, or None for a table for layout; and remarks for the officer.

    `passages` are all passages of the page so far; the last ones are those of the table's last cell.
    """
    cells = [one for row in rows for one in row]
    for one, end in zip(cells, [*(one.start for one in cells[1:]), len(passages)], strict=True):
        one.passages = passages[one.start : end]
    inside = passages[cells[0].start :]
    is_outside = all(one.outside for one in inside)
    is_table = max(map(len, rows)) > 1 and sum(_count_filled(row) > 0 for row in rows) > 1
    grid = _fill_grid(rows) if is_table and all(one.is_short for one in cells) else []
    if not grid:
        is_layout = any(one.kind in (Kind.HEADING, Kind.TABLE) for one in inside) or is_outside
        is_data = is_table and not is_layout and sum(_count_filled(row) > 1 for row in rows) > 1
        return None, [remark("table dissolved", words=_excerpt(cells))] if is_data else []
    notes = [] if is_outside else list(_find_remarks(cells))
    return Passage(Kind.TABLE, rows=tuple(map(tuple, grid)), outside=is_outside), notes


def _count_filled(row: list[Cell]) -> int:
    return sum(bool(one.passages) for one in row)


def _excerpt(cells: list[Cell]) -> str:
    return " · ".join(" ".join(one.text.split()) for one in cells if one.passages)[:_EXCERPT_LENGTH]


def _find_remarks(cells: list[Cell]) -> Iterable[Remark]:
    if any(one.is_merged and one.passages for one in cells):
        yield remark("merged cells", words=_excerpt(cells))
    links = [span.href for one in cells for passage in one.passages for span in passage.spans if span.href]
    if links:
        yield remark("links of a table", addresses=list(dict.fromkeys(links))[:10])


def _fill_grid(rows: list[list[Cell]]) -> list[list[str]]:
    """Returns the text of each grid cell; empty if the table is too large.

    The text of a merged cell is repeated in all its grid cells, but a figure stands once, so that no sum changes.
    Two rows of headings become one if the upper row groups columns.
    """
    if sum(one.columns * min(one.rows, len(rows)) for row in rows for one in row) > MAX_GRID_SIZE:
        return []
    texts = _texts_by_place(rows)
    width = max(x for _y, x in texts) + 1
    if width > MAX_COLUMNS:
        return []
    grid = [[texts.get((y, x), "") for x in range(width)] for y in range(len(rows))]
    depth = _count_heading_rows(rows)
    head = [" – ".join(dict.fromkeys(filter(None, column))) for column in zip(*grid[:depth], strict=True)]
    return [row for row in [head, *grid[depth:]] if any(row)]


def _texts_by_place(rows: list[list[Cell]]) -> dict[tuple[int, int], str]:
    """Returns the text of each grid cell by row and column."""
    places: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        x = 0
        for one in row:
            while (y, x) in places:
                x += 1
            is_alone = y > 0 and len(row) == 1  # a title of the rows below
            is_repeated = not is_alone and (one.is_heading or y == 0 or not any(map(str.isdigit, one.text)))
            for down in range(min(one.rows, len(rows) - y)):
                for across in range(one.columns):
                    is_first = not down and not across
                    places.setdefault((y + down, x + across), one.text if is_first or is_repeated else "")
            x += one.columns
    return places


def _count_heading_rows(rows: list[list[Cell]]) -> int:
    """Returns the number of heading rows: more than one if a cell of the first row groups columns named below it.

    This is so if a heading of the first row spans the next, if the second row has headings only, or if the first cell
    of the second row is empty.
    """
    if not any(one.columns > 1 for one in rows[0]) or len(rows) < 3 or not rows[1]:
        return 1
    below = max(one.rows for one in rows[0])
    is_nameless = bool(rows[0][0].passages and not rows[1][0].passages)
    if below == 1 and (is_nameless or all(one.is_heading for one in rows[1])):
        below = 2
    return below if below <= min(_MAX_HEADING_ROWS, len(rows) - 1) else 1
