from typing import Any

from wagtail.blocks import RichTextBlock
from wagtail.rich_text import RichText
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

from iom import links
from iom.core import inline

# What a sentence may contain, and all that rich text may contain.
INLINE = ["bold", "italic", "superscript", "subscript", "other-language"]
FEATURES = [*INLINE, "ol", "ul", "link", "document-link"]

_LOCALIZES_OWN = RichTextBlock()


class RunningTextBlock(RichTextBlock):
    """Rich text of which translators get whole sentences, whatever inline markup these contain."""

    def __init__(self, features: list[str] = FEATURES, **kwargs: Any) -> None:
        super().__init__(features=features, validators=[links.check_scripts], **kwargs)

    def value_from_form(self, value: str) -> RichText:
        return super().value_from_form(links.with_keys(value))

    def to_python(self, value: str | None) -> RichText:
        return RichText(links.without_scripts(value or ""))

    def get_translatable_segments(self, value: RichText) -> list[StringSegmentValue]:
        extractor = StreamFieldSegmentExtractor(None)
        return extractor.handle_block(_LOCALIZES_OWN, RichText(inline.hide(value.source)))

    def restore_translated_segments(self, value: RichText, segments: list[StringSegmentValue]) -> RichText:
        writer = StreamFieldSegmentsWriter(None, None, None)
        source = inline.show(writer.handle_block(_LOCALIZES_OWN, value, segments).source)
        return RichText(links.without_scripts(source))
