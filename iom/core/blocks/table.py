import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import TextBlock
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail_localize.segments import StringSegmentValue

from iom.core.blocks import plain_text
from iom.core.tabular import Cell, Tabular

MAX_COLUMNS_IN_TEXT_WIDTH = 4  # a table with more columns is wider than the text
_FIGURE = re.compile(r"[-+−–±<>≤≥~]?[\s\u00a0\u202f]*\d[\d\s\u00a0\u202f.,’']*(?:[\s\u00a0\u202f]*[%‰])?|[-–—…]")


class TableBlock(Tabular, TypedTableBlock):
    """Rows and columns of text, each cell a segment to translate.

    All cells have the same path, like the sentences of a paragraph. A new row therefore does not change the
    translations of other cells.
    """

    text = TextBlock(label=_("Text"), required=False, rows=1)

    def get_translatable_segments(self, value: TypedTable) -> list[StringSegmentValue]:
        return [StringSegmentValue("", text) for text in _get_texts(value) if text.strip()]

    def restore_translated_segments(self, value: TypedTable, segments: list[StringSegmentValue]) -> TypedTable:
        words = iter(sorted(segments, key=lambda segment: segment.order))

        def restore(text: str) -> str:
            return next(words).render_text() if text.strip() else text

        return TypedTable(
            columns=[column | {"heading": restore(column["heading"])} for column in value.columns],
            row_data=[{"values": [restore(text or "") for text in row["values"]]} for row in value.row_data],
            caption=restore(value.caption),
        )

    def get_context(self, value: TypedTable, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Adds `columns` and `rows`, which pair each text with whether its column contains figures, and `is_wide`."""
        rows = [[text or "" for text in row["values"]] for row in value.row_data]
        figures = [_has_only_figures(texts) for texts in zip(*rows, strict=True)] or [False] * len(value.columns)
        headings = [column["heading"] for column in value.columns]
        return super().get_context(value, parent_context) | {
            "columns": list(zip(headings, figures, strict=True)),
            "rows": [list(zip(row, figures, strict=True)) for row in rows],
            "is_wide": len(headings) > MAX_COLUMNS_IN_TEXT_WIDTH,
        }

    def rows(self, value: TypedTable) -> list[list[Cell]]:
        return [[column["heading"] for column in value.columns], *(list(row["values"]) for row in value.row_data)]

    def table_title(self, value: TypedTable) -> str:
        return str(value.caption)

    def passages(self, value: TypedTable) -> list[str]:
        cells = ("\t".join(plain_text.single_line(str(cell or "")) for cell in row) for row in self.rows(value))
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


def _has_only_figures(texts: Iterable[str]) -> bool:
    """Whether a column has only figures: "25 000", "8,4 %", "–1.5", and dashes for unknown values."""
    texts_present = [text.strip() for text in texts if text.strip()]
    return any(map(str.isdigit, "".join(texts_present))) and all(map(_FIGURE.fullmatch, texts_present))


def _get_texts(value: TypedTable) -> Iterator[str]:
    """Yields the headings, the cells row by row, and the caption."""
    yield from (column["heading"] for column in value.columns)
    for row in value.row_data:
        yield from (text or "" for text in row["values"])
    yield value.caption
