"""Tables of a page: the grid that their cells fill, and whether a table is one or a page's layout."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from newsroom.importing.readers.passages import Kind, Passage
from newsroom.importing.remarks import remark
from newsroom.release import Remark

LONGEST_CELL = 160  # characters of a paragraph
MOST_IN_A_CELL = 4  # paragraphs or lines
WIDEST, HIGHEST = 60, 1000  # columns and rows that a cell may take
LARGEST = 20_000  # places for texts
_DEEPEST_HEAD = 3  # rows
_CITED = 60  # characters of a table that a remark cites


@dataclass(slots=True)
class Cell:
    """A cell as its tag says. `start`: where it begins among the passages."""

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
        return len(self.passages) <= MOST_IN_A_CELL and all(
            one.kind in (Kind.PARAGRAPH, Kind.LINE) and len(one.text) <= LONGEST_CELL for one in self.passages
        )


def cell(tag: str, values: dict[str, str], start: int) -> Cell:
    """The cell that a tag opens."""
    rows = HIGHEST if values.get("rowspan", "").strip() == "0" else _span(values.get("rowspan", ""), HIGHEST)
    return Cell(start, _span(values.get("colspan", ""), WIDEST), rows, tag == "th")


def _span(text: str, most: int) -> int:
    digits = text.strip()[:4]
    return max(1, min(int(digits), most)) if digits.isascii() and digits.isdigit() else 1


def read(rows: list[list[Cell]], passages: list[Passage]) -> tuple[Passage | None, list[Remark]]:
    """The table of these cells, and what an officer should look at; none where it is a page's layout.

    `passages`: all of the page so far; they end with those of the table's last cell.
    """
    cells = [one for row in rows for one in row]
    for one, end in zip(cells, [*(one.start for one in cells[1:]), len(passages)], strict=True):
        one.passages = passages[one.start : end]
    inside = passages[cells[0].start :]
    is_outside = all(one.outside for one in inside)
    is_table = max(map(len, rows)) > 1 and sum(_filled(row) > 0 for row in rows) > 1
    grid = _grid(rows) if is_table and all(one.is_short for one in cells) else []
    if not grid:
        is_layout = any(one.kind in (Kind.HEADING, Kind.TABLE) for one in inside) or is_outside
        told = is_table and not is_layout and sum(_filled(row) > 1 for row in rows) > 1
        return None, [remark("table dissolved", words=_cited(cells))] if told else []
    notes = [] if is_outside else list(_notes(cells))
    return Passage(Kind.TABLE, rows=tuple(map(tuple, grid)), outside=is_outside), notes


def _filled(row: list[Cell]) -> int:
    return sum(bool(one.passages) for one in row)


def _cited(cells: list[Cell]) -> str:
    return " · ".join(" ".join(one.text.split()) for one in cells if one.passages)[:_CITED]


def _notes(cells: list[Cell]) -> Iterable[Remark]:
    if any(one.is_merged and one.passages for one in cells):
        yield remark("merged cells", words=_cited(cells))
    links = [span.href for one in cells for passage in one.passages for span in passage.spans if span.href]
    if links:
        yield remark("links of a table", addresses=list(dict.fromkeys(links))[:10])


def _grid(rows: list[list[Cell]]) -> list[list[str]]:
    """The text at each place: of a merged cell, words at all its places, and a figure once, so that no sum changes.

    Two rows of headings, of which the upper one groups columns, become one. Empty where the table is too large.
    """
    if sum(one.columns * min(one.rows, len(rows)) for row in rows for one in row) > LARGEST:
        return []
    places: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        x = 0
        for one in row:
            while (y, x) in places:
                x += 1
            is_alone = y > 0 and len(row) == 1  # it names the rows below
            is_repeated = not is_alone and (one.is_heading or y == 0 or not any(map(str.isdigit, one.text)))
            for down in range(min(one.rows, len(rows) - y)):
                for across in range(one.columns):
                    is_first = not down and not across
                    places.setdefault((y + down, x + across), one.text if is_first or is_repeated else "")
            x += one.columns
            if x > WIDEST:
                return []
    width = max(x for _y, x in places) + 1
    grid = [[places.get((y, x), "") for x in range(width)] for y in range(len(rows))]
    depth = _depth_of_head(rows)
    head = [" – ".join(dict.fromkeys(filter(None, column))) for column in zip(*grid[:depth], strict=True)]
    return [row for row in [head, *grid[depth:]] if any(row)]


def _depth_of_head(rows: list[list[Cell]]) -> int:
    """How many rows are headings: more than one where a cell of the first groups columns, and the second names them.

    It does where a heading of the first goes on in it, where it has headings alone, or where it has no name itself.
    """
    if not any(one.columns > 1 for one in rows[0]) or len(rows) < 3 or not rows[1]:
        return 1
    below = max(one.rows for one in rows[0])
    is_nameless = bool(rows[0][0].passages and not rows[1][0].passages)
    if below == 1 and (is_nameless or all(one.is_heading for one in rows[1])):
        below = 2
    return below if below <= min(_DEEPEST_HEAD, len(rows) - 1) else 1
