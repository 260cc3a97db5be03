import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import TextBlock
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail_localize.segments import StringSegmentValue

from iom.core.blocks import plain_text
from iom.core.tabular import Cell, Tabular

MOST_COLUMNS_IN_THE_TEXT = 4  # of a table that is as wide as the text
_FIGURE = re.compile(r"[-+−–±<>≤≥~]?[\s\u00a0\u202f]*\d[\d\s\u00a0\u202f.,’']*(?:[\s\u00a0\u202f]*[%‰])?|[-–—…]")


class TableBlock(Tabular, TypedTableBlock):
    """Rows and columns of text, each cell a segment to translate.

    All cells have one path, as the sentences of a paragraph do: another row does not change the translations of the
    others.
    """

    text = TextBlock(label=_("Text"), required=False, rows=1)

    def get_translatable_segments(self, value: TypedTable) -> list[StringSegmentValue]:
        return [StringSegmentValue("", text) for text in _texts(value) if text.strip()]

    def restore_translated_segments(self, value: TypedTable, segments: list[StringSegmentValue]) -> TypedTable:
        words = iter(sorted(segments, key=lambda segment: segment.order))

        def restored(text: str) -> str:
            return next(words).render_text() if text.strip() else text

        return TypedTable(
            columns=[column | {"heading": restored(column["heading"])} for column in value.columns],
            row_data=[{"values": [restored(text or "") for text in row["values"]]} for row in value.row_data],
            caption=restored(value.caption),
        )

    def get_context(self, value: TypedTable, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Adds `columns` and `rows`: each text, and whether its column is one of figures; and `is_wide`."""
        rows = [[text or "" for text in row["values"]] for row in value.row_data]
        figures = [_are_figures(texts) for texts in zip(*rows, strict=True)] or [False] * len(value.columns)
        headings = [column["heading"] for column in value.columns]
        return super().get_context(value, parent_context) | {
            "columns": list(zip(headings, figures, strict=True)),
            "rows": [list(zip(row, figures, strict=True)) for row in rows],
            "is_wide": len(headings) > MOST_COLUMNS_IN_THE_TEXT,
        }

    def rows(self, value: TypedTable) -> list[list[Cell]]:
        return [[column["heading"] for column in value.columns], *(list(row["values"]) for row in value.row_data)]

    def name_of(self, value: TypedTable) -> str:
        return str(value.caption)

    def passages(self, value: TypedTable) -> list[str]:
        cells = ("\t".join(plain_text.line(str(cell or "")) for cell in row) for row in self.rows(value))
        return [value.caption, "\n".join(cells)]

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Rows and columns of text or numbers. Each column has a heading.")
        template = "blocks/table.html"
        preview_value = {
            "columns": [{"type": "text", "heading": _("Country")}, {"type": "text", "heading": _("People resettled")}],
            "rows": [{"values": [_("Canada"), "25 000"]}, {"values": [_("Norway"), "8 000"]}],
            "caption": _("Where families went"),
        }


def _are_figures(texts: Iterable[str]) -> bool:
    """Whether a column has figures alone: "25 000", "8,4 %", "–1.5", a dash for what is not known."""
    written = [text.strip() for text in texts if text.strip()]
    return any(map(str.isdigit, "".join(written))) and all(map(_FIGURE.fullmatch, written))


def _texts(value: TypedTable) -> Iterator[str]:
    """The headings, the cells row by row, and the caption."""
    yield from (column["heading"] for column in value.columns)
    for row in value.row_data:
        yield from (text or "" for text in row["values"])
    yield value.caption
