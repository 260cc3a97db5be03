from wagtail.blocks import CharBlock
from wagtail_localize.segments import StringSegmentValue


class SharedCharBlock(CharBlock):
    """Text that is the same in every language, such as a person's name. It is never a segment to translate."""

    def get_translatable_segments(self, value: str) -> list[StringSegmentValue]:
        return []

    def restore_translated_segments(self, value: str, segments: list[StringSegmentValue]) -> str:
        return value
