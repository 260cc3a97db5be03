"""Parts of blocks that are the same in every language."""

from typing import Any

from wagtail.blocks import CharBlock


class SharedCharBlock(CharBlock):
    """A person's name or the like: text that is never a segment to translate."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        return []

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        return value
