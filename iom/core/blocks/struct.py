from typing import Any

from wagtail.blocks import BooleanBlock, CharBlock, ChoiceBlock, StructBlock, TextBlock, URLBlock

_EMPTY = {CharBlock: "", TextBlock: "", URLBlock: "", ChoiceBlock: "", BooleanBlock: False}


class FieldsBlock(StructBlock):
    """Several fields. A field that an older text does not contain is empty; in Wagtail's StructBlock it is None."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for child in self.child_blocks.values():
            for kind, empty in _EMPTY.items():
                if isinstance(child, kind) and child.meta.default is None:
                    child.meta.default = empty

    def passages(self, value: Any) -> list[str]:
        """Returns the block's words as plain text; none if they only make sense beside something visible."""
        return []
