"""The blocks of a release as the data of an article's body, each with the id that it is known by."""

import json
import uuid
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from newsroom.release import Block, Heading, ListBlock, Paragraph, Picture, Quotation, Table

StoredBlock = dict[str, Any]  # as a StreamField stores it: type, value, id


def stored(blocks: Iterable[Block], pictures: dict[int, int]) -> list[StoredBlock]:
    """StreamField data. `pictures`: by the place of a block, the key of the picture made of its file.

    A picture without a file has no block; the writer notes its caption and credit.
    """
    made = []
    for place, block in enumerate(blocks):
        if isinstance(block, Picture) and place not in pictures:
            continue
        type_, value = _type_and_value(block, pictures.get(place))
        made.append({"type": type_, "value": value, "id": str(uuid.uuid4())})
    return made


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
    """The first row becomes the headings; short rows are filled up."""
    width = max(map(len, table.rows))
    rows = [[*row, *[""] * (width - len(row))] for row in table.rows]
    return {
        "columns": [{"type": "text", "heading": " ".join(text.split())} for text in rows[0]],
        "rows": [{"values": row} for row in rows[1:]],
        "caption": "",
    }


def with_known_ids(blocks: list[StoredBlock], known: list[StoredBlock]) -> list[StoredBlock]:
    """The blocks with the ids that they had before: translations refer to them."""
    before = [_shape(block) for block in known]
    after = [_shape(block) for block in blocks]
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag in ("equal", "replace"):
            for old, new in zip(known[start:end], blocks[first:last], strict=False):
                if old["type"] == new["type"]:
                    new["id"] = old["id"]
    return blocks


def _shape(block: StoredBlock) -> str:
    return json.dumps([block["type"], block["value"]], sort_keys=True, default=str)
