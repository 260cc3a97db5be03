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
            places = {str(child.id): (n, child.block, child.value) for n, child in enumerate(value)}
            return StreamBlockValidationError(block_errors=_numbered(places, within))
        case ListBlock() if not here:
            places = {str(child.id): (n, child.block, child.value) for n, child in enumerate(value.bound_blocks)}
            return ListBlockValidationError(block_errors=_numbered(places, within))
    return ValidationError([message for _path, message in wrong])


def _numbered(places: dict[str, tuple[int, Any, Any]], within: dict[str, Wrong]) -> dict[int, ValidationError]:
    found = {}
    for key in places.keys() & within.keys():
        number, block, value = places[key]
        found[number] = errors_in(block, value, within[key])
    return found
