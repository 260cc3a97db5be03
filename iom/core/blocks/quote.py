from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, ChoiceBlock, StructBlock, StructValue, TextBlock

from iom import languages
from iom.core.blocks import plain_text
from iom.core.blocks.shared import SharedCharBlock


class QuoteValue(StructValue):
    @property
    def paragraphs(self) -> list[str]:
        return [part for part in self["text"].split("\n\n") if part.strip()]

    @property
    def on_lines(self) -> tuple[list[str], str, str, bool]:
        """The paragraphs, the speaker, the role and whether the name was changed, for a text without markup."""
        line = plain_text.line
        speaker = line(self["speaker"].replace("*", ""))
        return [line(part) for part in self.paragraphs], speaker, line(self["role"]), self["name_changed"]


class QuoteBlock(StructBlock):
    """A quotation, word for word."""

    text = TextBlock(
        label=_("Quoted words"),
        required_on_save=True,
        help_text=_("Without quotation marks; a blank line separates paragraphs."),
    )
    speaker = SharedCharBlock(
        label=_("Who"), required=False, help_text=_("The person’s name, the same in all languages.")
    )
    role = CharBlock(label=_("Function and office"), required=False)
    name_changed = BooleanBlock(label=_("Name changed"), required=False)
    language = ChoiceBlock(
        label=_("Language of the words"),
        choices=languages.choices,
        required=False,
        help_text=_("Only where the words are left in another language than the page’s."),
    )

    def passages(self, value: QuoteValue) -> list[str]:
        return plain_text.quotation(*value.on_lines)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        label_format = "{speaker} {text}"
        description = _("Someone’s words, set apart, with name and function.")
        template = "blocks/quote.html"
        preview_value = {
            "text": _("We worked through the night so that nobody had to wait another day."),
            "speaker": "Mariam*",
            "role": _("Volunteer at the reception centre"),
            "name_changed": True,
        }
        value_class = QuoteValue
