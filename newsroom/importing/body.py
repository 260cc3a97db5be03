"""Converts the blocks of a release to the stream data of an article's body."""

import json
import uuid
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from newsroom.release import Block, Heading, ListBlock, Paragraph, Picture, Quotation, Table

StoredBlock = dict[str, Any]  # a block in a StreamField's JSON: type, value, id


def stream_data(blocks: Iterable[Block], pictures: dict[int, int]) -> list[StoredBlock]:
    """Returns the StreamField data of the blocks. `pictures` maps the position of a block to the key of its image.

    A picture without an image gets no block; the writer reports its caption and credit as left out.
    """
    data = []
    for position, block in enumerate(blocks):
        if isinstance(block, Picture) and position not in pictures:
            continue
        type_, value = _type_and_value(block, pictures.get(position))
        data.append({"type": type_, "value": value, "id": str(uuid.uuid4())})
    return data


def _type_and_value(block: Block, picture: int | None) -> tuple[str, object]:
    match block:
        case Paragraph():
            return "paragraph", f"<p>{block.html}</p>"
        case Heading():
            return "heading", block.text
        case Quotation():
            return "quote", {
                "text": block.text,
                "speaker": block.speaker,
                "role": block.role,
                "name_changed": block.name_changed,
                "language": "",
            }
        case ListBlock():
            tag = "ol" if block.ordered else "ul"
            return "paragraph", f"<{tag}>{''.join(f'<li>{item.html}</li>' for item in block.items)}</{tag}>"
        case Table():
            return "table", _table(block)
        case Picture():
            alt = block.file.alt if block.file else ""
            return "picture", {"image": picture, "decorative": False, "alt": alt, "caption": block.caption}


def _table(table: Table) -> dict[str, object]:
    """Returns a table block's value. The first row becomes the headings; short rows are padded with empty cells."""
    width = max(map(len, table.rows))
    rows = [[*row, *[""] * (width - len(row))] for row in table.rows]
    return {
        "columns": [{"type": "text", "heading": " ".join(text.split())} for text in rows[0]],
        "rows": [{"values": row} for row in rows[1:]],
        "caption": "",
    }


def keep_block_ids(blocks: list[StoredBlock], previous: list[StoredBlock]) -> list[StoredBlock]:
    """Gives the blocks the ids of the matching previous blocks, because translations refer to these ids."""
    before = [_serialize(block) for block in previous]
    after = [_serialize(block) for block in blocks]
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag in ("equal", "replace"):
            for old, new in zip(previous[start:end], blocks[first:last], strict=False):
                if old["type"] == new["type"]:
                    new["id"] = old["id"]
    return blocks


def _serialize(block: StoredBlock) -> str:
    return json.dumps([block["type"], block["value"]], sort_keys=True, default=str)
