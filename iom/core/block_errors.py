"""Puts messages about places within a StreamField into the errors that its form shows beside each block."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import (
    ListBlock,
    ListBlockValidationError,
    StreamBlock,
    StreamBlockValidationError,
    StructBlock,
    StructBlockValidationError,
)

PathMessages = list[tuple[tuple[str, ...], Any]]  # each message with its path below a block


def build_block_error(block: Any, value: Any, messages: Iterable[tuple[tuple[str, ...], Any]]) -> ValidationError:
    """Returns one error with all messages, each at its path of block ids and field names below `block`."""
    messages = list(messages)
    here = [message for path, message in messages if not path]
    within: dict[str, PathMessages] = {}
    for path, message in messages:
        if path:
            within.setdefault(path[0], []).append((path[1:], message))
    match block:
        case StructBlock() if not here:
            found = {
                name: build_block_error(block.child_blocks[name], value[name], part) for name, part in within.items()
            }
            return StructBlockValidationError(block_errors=found)
        case StreamBlock() if not here:
            return StreamBlockValidationError(block_errors=_errors_by_index(value, within))
        case ListBlock() if not here:
            return ListBlockValidationError(block_errors=_errors_by_index(value.bound_blocks, within))
    return ValidationError([message for _path, message in messages])


def _errors_by_index(children: Iterable[Any], within: dict[str, PathMessages]) -> dict[int, ValidationError]:
    return {
        number: build_block_error(child.block, child.value, within[key])
        for number, child in enumerate(children)
        if (key := str(child.id)) in within
    }
