"""Builds the data of a StreamField from the blocks of a TOML file, in one language.

The table of a block has the texts of each language below its code, and beside them the values for all languages.
Records and pages are named by their keys. A block has the same id in all languages.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from wagtail.blocks import Block, ChooserBlock, DecimalBlock, FieldBlock, ListBlock, RichTextBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from iom.core.blocks import BodyBlock
from iom.demo.content import Table, stable_uuid
from iom.demo.records import Library

_PAGE_LINK = re.compile(r'<a linktype="page" key="([a-z0-9-]+)">')
_BLOCKS = BodyBlock().child_blocks


@dataclass
class BodyBuilder:
    """Builds the body of the page `key` in `language`, with records and pages from `library`."""

    key: str
    language: str
    original: str
    library: Library

    def build(self, blocks: list[Table]) -> list[Table]:
        """Returns StreamField data."""
        return [
            {"type": block["type"], "value": self._block_value(block, number), "id": self._id(number)}
            for number, block in enumerate(blocks)
        ]

    def _id(self, *place: object) -> str:
        return str(stable_uuid("/".join([self.key, *map(str, place)])))

    def _block_value(self, table: Table, number: int) -> object:
        block = _BLOCKS[table["type"]]
        return self._value(block, table if isinstance(block, StructBlock) else table[self.language], number)

    def _value(self, block: Block, data: Any, *place: object) -> object:
        """Returns the stored value of `data`. None stands for an empty field."""
        match block:
            case FieldBlock() if data is None:
                return block.field.to_python(None)
            case StructBlock():
                values = data | data.get(self.language, {})
                return {
                    name: self._value(child, values.get(name), *place, name)
                    for name, child in block.child_blocks.items()
                }
            case ListBlock():
                child = block.child_block
                values = [self._value(child, one, *place, i) for i, one in enumerate(data)]
                return [{"type": "item", "value": one, "id": self._id(*place, i)} for i, one in enumerate(values)]
            case TypedTableBlock():
                columns = [{"type": "text", "heading": heading} for heading in data["columns"]]
                return {**data, "columns": columns, "rows": [{"values": row} for row in data["rows"]]}
            case RichTextBlock():
                return self._html(data)
            case ChooserBlock():
                return self.library.get(block.model_class, data, self.original).pk
            case DecimalBlock():
                return str(data)
        if isinstance(data, date):
            return data.isoformat()
        return data.strip() if isinstance(data, str) else data

    def _html(self, html: str) -> str:
        """Returns rich text as the editor stores it: links with page ids, and no line breaks between tags."""

        def link(match: re.Match[str]) -> str:
            return f'<a linktype="page" id="{self.library.page(match[1], self.original).pk}">'

        return _PAGE_LINK.sub(link, re.sub(r">\s*\n\s*<", "><", html.strip()))
