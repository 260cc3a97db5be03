from typing import Any

from wagtail.blocks import BooleanBlock, CharBlock, ChoiceBlock, StructBlock, TextBlock, URLBlock

_EMPTY = {CharBlock: "", TextBlock: "", URLBlock: "", ChoiceBlock: "", BooleanBlock: False}


class FieldsBlock(StructBlock):
    """Several fields. One that is not stored, as in a text that is older than it, is empty: for Wagtail it is None."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for child in self.child_blocks.values():
            for kind, empty in _EMPTY.items():
                if isinstance(child, kind) and child.meta.default is None:
                    child.meta.default = empty

    def passages(self, value: Any) -> list[str]:
        """A block has none whose words belong to what is seen, such as a caption."""
        return []
