import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import RichText

from iom.core.blocks import plain_text
from iom.core.blocks.rich_text import RunningTextBlock

_BLANK = re.compile(r"<p(?: [^>]*)?>(?:\s|&nbsp;|<br/?>)*</p>")


class ParagraphBlock(RunningTextBlock):
    """One or more paragraphs and lists, without the blank lines that the command “/” leaves."""

    def value_from_datadict(self, data: Mapping[str, str], files: Mapping[str, Any], prefix: str) -> RichText:
        value = super().value_from_datadict(data, files, prefix)
        return RichText(_BLANK.sub("", value.source))

    def get_preview_value(self) -> RichText:
        return RichText(
            "<p>"
            + gettext("The first families left at dawn. By evening, the last of the buses had crossed the border.")
            + "</p>"
        )

    def passages(self, value: RichText) -> list[str]:
        return plain_text.split_rich_text(value)

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        description = _("Running text, with lists and links.")
        template = "blocks/paragraph.html"
