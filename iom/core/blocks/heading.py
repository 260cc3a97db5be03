from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock

from iom.core.blocks import plain_text


class HeadingBlock(CharBlock):
    """A heading between paragraphs."""

    def passages(self, value: str) -> list[str]:
        return [plain_text.single_line(value)]

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Divides a long text into parts. All headings are at the level below the title of the page.")
        template = "blocks/heading.html"
        preview_value = _("A promise kept")
