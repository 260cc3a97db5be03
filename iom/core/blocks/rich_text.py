from typing import Any

from wagtail.blocks import RichTextBlock
from wagtail.rich_text import RichText
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

from iom import links
from iom.core import inline_markup

# The features within a sentence, and all features of rich text
INLINE = ["bold", "italic", "superscript", "subscript", "other-language"]
FEATURES = [*INLINE, "ol", "ul", "link", "document-link"]

_LOCALIZE_BLOCK = RichTextBlock()  # for a RunningTextBlock, localize would call its methods again


class RunningTextBlock(RichTextBlock):
    """Rich text that translators get in whole sentences, whatever inline markup they contain."""

    def __init__(self, features: list[str] = FEATURES, **kwargs: Any) -> None:
        super().__init__(features=features, validators=[links.check_rich_text], **kwargs)

    def value_from_form(self, value: str) -> RichText:
        return super().value_from_form(links.normalize_keys(value))

    def to_python(self, value: str | None) -> RichText:
        return RichText(links.remove_unsafe_links(value or ""))

    def get_translatable_segments(self, value: RichText) -> list[StringSegmentValue]:
        extractor = StreamFieldSegmentExtractor(None)
        return extractor.handle_block(_LOCALIZE_BLOCK, RichText(inline_markup.encode(value.source)))

    def restore_translated_segments(self, value: RichText, segments: list[StringSegmentValue]) -> RichText:
        writer = StreamFieldSegmentsWriter(None, None, None)
        source = inline_markup.decode(writer.handle_block(_LOCALIZE_BLOCK, value, segments).source)
        return RichText(links.remove_unsafe_links(source))
