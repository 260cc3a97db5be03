"""From the blocks of a TOML file to the data of a StreamField, in one language, with ids that both languages share.

A table of a block has the words of each language below its code, and beside them what is the same in all languages.
Records and pages are named by their keys.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from wagtail.blocks import Block, ChooserBlock, DecimalBlock, FieldBlock, ListBlock, RichTextBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from iom.core.blocks import BodyBlock
from iom.demo.content import Table, identity
from iom.demo.records import Library

_PAGE_LINK = re.compile(r'<a linktype="page" key="([a-z0-9-]+)">')
_BLOCKS = BodyBlock().child_blocks


@dataclass
class Body:
    """Builds the body of the page `key` in `language`; `library` gives the records and pages that it names."""

    key: str
    language: str
    original: str
    library: Library

    def build(self, blocks: list[Table]) -> list[Table]:
        """StreamField data."""
        return [
            {"type": block["type"], "value": self._of_table(block, number), "id": self._id(number)}
            for number, block in enumerate(blocks)
        ]

    def _id(self, *place: object) -> str:
        return str(identity("/".join([self.key, *map(str, place)])))

    def _of_table(self, table: Table, number: int) -> object:
        block = _BLOCKS[table["type"]]
        return self._value(block, table if isinstance(block, StructBlock) else table[self.language], number)

    def _value(self, block: Block, data: Any, *place: object) -> object:
        """What the editor stores of `data`; None stands for a field that is left empty."""
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
                return self.library.named(block.model_class, data, self.original).pk
            case DecimalBlock():
                return str(data)
        if isinstance(data, date):
            return data.isoformat()
        return data.strip() if isinstance(data, str) else data

    def _html(self, html: str) -> str:
        """The rich text as the editor stores it: links by the id of the page, no line breaks between tags."""

        def link(match: re.Match[str]) -> str:
            return f'<a linktype="page" id="{self.library.page(match[1], self.original).pk}">'

        return _PAGE_LINK.sub(link, re.sub(r">\s*\n\s*<", "><", html.strip()))
