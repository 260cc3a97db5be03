from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import RichText

from iom.core.blocks import plain_text
from iom.core.blocks.rich_text import RunningTextBlock


class ParagraphBlock(RunningTextBlock):
    """One or more paragraphs and lists."""

    def get_preview_value(self) -> RichText:
        return RichText(
            "<p>"
            + gettext("The first families left at dawn. By evening, the last of the buses had crossed the border.")
            + "</p>"
        )

    def passages(self, value: RichText) -> list[str]:
        return plain_text.rich_text(value)

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        description = _("Running text, with lists and links.")
        template = "blocks/paragraph.html"
