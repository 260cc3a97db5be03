"""What is wrong at places within a StreamField, as the errors that its form shows beside each."""

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

Wrong = list[tuple[tuple[str, ...], Any]]  # the rest of the path, and the message


def errors_in(block: Any, value: Any, wrong: Iterable[tuple[tuple[str, ...], Any]]) -> ValidationError:
    """One error with all messages, each at its path below `block`: ids of blocks, names of fields."""
    wrong = list(wrong)
    here = [message for path, message in wrong if not path]
    within: dict[str, Wrong] = {}
    for path, message in wrong:
        if path:
            within.setdefault(path[0], []).append((path[1:], message))
    match block:
        case StructBlock() if not here:
            found = {name: errors_in(block.child_blocks[name], value[name], part) for name, part in within.items()}
            return StructBlockValidationError(block_errors=found)
        case StreamBlock() if not here:
            return StreamBlockValidationError(block_errors=_numbered(value, within))
        case ListBlock() if not here:
            return ListBlockValidationError(block_errors=_numbered(value.bound_blocks, within))
    return ValidationError([message for _path, message in wrong])


def _numbered(children: Iterable[Any], within: dict[str, Wrong]) -> dict[int, ValidationError]:
    return {
        number: errors_in(child.block, child.value, within[key])
        for number, child in enumerate(children)
        if (key := str(child.id)) in within
    }
