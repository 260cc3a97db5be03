from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, ChoiceBlock, StructValue, TextBlock

from iom import languages
from iom.core.blocks import plain_text
from iom.core.blocks.picture_chooser import PictureChooserBlock
from iom.core.blocks.shared import SharedCharBlock
from iom.core.blocks.struct import FieldsBlock


class QuoteValue(StructValue):
    @property
    def paragraphs(self) -> list[str]:
        return [part for part in self["text"].split("\n\n") if part.strip()]

    @property
    def plain_text_parts(self) -> tuple[list[str], str, str, bool]:
        """Paragraphs, speaker, role and whether the name was changed, as `plain_text.format_quotation` takes them."""
        line = plain_text.single_line
        speaker = line(self["speaker"].replace("*", ""))
        return [line(part) for part in self.paragraphs], speaker, line(self["role"]), self["name_changed"]


class QuoteBlock(FieldsBlock):
    """A quotation, word for word."""

    text = TextBlock(
        label=_("Words quoted"),
        required_on_save=True,
        help_text=_("Without quotation marks. Leave a blank line between paragraphs."),
    )
    speaker = SharedCharBlock(
        label=_("Speaker"), required=False, help_text=_("The name of the person, the same in all languages.")
    )
    role = CharBlock(label=_("Title and office"), required=False)
    portrait = PictureChooserBlock(label=_("Portrait"), required=False)
    name_changed = BooleanBlock(label=_("Name changed"), required=False)
    language = ChoiceBlock(
        label=_("Language of the quotation"),
        choices=languages.choices,
        required=False,
        help_text=_("Only if the quotation is not in the language of the page."),
    )

    def passages(self, value: QuoteValue) -> list[str]:
        return plain_text.format_quotation(*value.plain_text_parts)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        label_format = "{speaker} {text}"
        description = _("The words of a person, with name and title.")
        template = "blocks/quote.html"
        preview_value = {
            "text": _("We worked through the night so that nobody had to wait another day."),
            "speaker": "Mariam*",
            "role": _("Volunteer at the reception centre"),
            "name_changed": True,
        }
        value_class = QuoteValue
