from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import RichTextBlock
from wagtail.rich_text import RichText

FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class ParagraphBlock(RichTextBlock):
    """One or more paragraphs and lists."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(features=FEATURES, **kwargs)

    def get_preview_value(self) -> RichText:
        return RichText(
            "<p>"
            + gettext("The first families left at dawn. By evening, the last of the buses had crossed the border.")
            + "</p>"
        )

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        description = _("Running text, with lists and links.")
        template = "blocks/paragraph.html"
