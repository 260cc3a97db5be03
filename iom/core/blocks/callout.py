from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructValue

from iom.core.blocks import plain_text
from iom.core.blocks.rich_text import RunningTextBlock
from iom.core.blocks.struct import FieldsBlock


class CalloutBlock(FieldsBlock):
    """A note, a definition or a warning beside the text."""

    title = CharBlock(label=_("Title"), required=False)
    text = RunningTextBlock(label=_("Text"))

    def get_preview_value(self) -> StructValue:
        text = "<p>" + gettext("Resettlement is free of charge. Nobody may ask you for money.") + "</p>"
        return self.normalize({"title": gettext("Good to know"), "text": text})

    def passages(self, value: StructValue) -> list[str]:
        return [value["title"], *plain_text.split_rich_text(value["text"])]

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        description = _("A passage that stands out from the text.")
        template = "blocks/callout.html"
