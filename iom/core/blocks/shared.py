from typing import Any

from wagtail.blocks import CharBlock


class SharedCharBlock(CharBlock):
    """Text that is the same in every language, such as a person's name: never a segment to translate."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        return []

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        return value
